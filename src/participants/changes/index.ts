/**
 * Changes of the snapshot, pure: each makes another one or says why not. Whoever puts one in force judges the result first.
 * May import: the rest of participants. Start at Change (change.ts).
 */
export { addCertificate, removeCertificate } from './certificates.js';
export { type Change, withField } from './change.js';
export { delegate, endDelegation } from './delegations.js';
export { addParticipant, changeParticipant, type ParticipantPatch, removeParticipant } from './participants.js';
export { grant, revoke } from './rights.js';
export { addRoute, removeRoute, subscribe, unsubscribe } from './routes.js';
