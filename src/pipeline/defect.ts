/**
 * A state that cannot be: a body that does not open, a message in the wrong mailbox. Never an answer to bad input
 * (those are faults, returned): it is logged for the operator, and the caller hears SMEVFailure.
 */
export class Defect extends Error {
  override readonly name = 'Defect';
}
