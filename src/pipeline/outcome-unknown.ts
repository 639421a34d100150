import type { Commit, Committed, Store } from '../ports/index.js';

/** Thrown when a write's outcome is unknown: the answer is withheld and the connection cut, nothing is guessed. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

/** Commits for a caller that waits: a rejected promise becomes OutcomeUnknown, so that no answer is given. */
export async function commitOrUnknown(store: Store, work: Commit): Promise<Committed> {
  try {
    return await store.commit(work);
  } catch (error) {
    throw new OutcomeUnknown('the outcome of a commit is unknown', { cause: error });
  }
}
