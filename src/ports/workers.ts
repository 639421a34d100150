/**
 * Threads that do the heavy, pure work (parse, verify, validate, seal, sign). A job is answered exactly once:
 * with its result, or with why there is none. Nothing durable happens in a job, so running one again is harmless.
 */
export interface Workers<Job, Result> {
  /** `transfer` moves the buffers instead of copying them: the caller must not touch them again. */
  run(job: Job, transfer?: readonly ArrayBuffer[]): Promise<WorkerAnswer<Result>>;
  /** Waits for what runs, then ends the threads. */
  close(): Promise<void>;
}

export type WorkerAnswer<Result> =
  | { readonly ok: true; readonly result: Result }
  /** busy: the queue in front is full · overrun: past its deadline, the thread was replaced · crashed: the thread died under it */
  | { readonly ok: false; readonly why: 'busy' | 'overrun' | 'crashed'; readonly detail?: string };
