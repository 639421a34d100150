import type { Clock, Log, Store, StoredBody, StoredDelivery, StoredMessage, Workers } from '../ports/index.js';
import type { FileDesk, FileFacts } from './file-desk.js';
import { fileReferences } from './file-references.js';
import type { Job, JobResult } from './outcome.js';

export interface LateCheckParts {
  readonly store: Store;
  readonly workers: Workers<Job, JobResult>;
  readonly clock: Clock;
  readonly log: Log;
  readonly files: Pick<FileDesk, 'look' | 'claim'>;
  /** Push deliveries that passed are due: wakes the dispatcher. */
  passed(delivery: StoredDelivery): void;
}

const RETRY_AFTER = 1_000;
const BATCH = 32;

/** Checks content after the answer, for participants set so: moves a delivery from checking to queued, or refused with a status. */
export class LateChecks {
  readonly #parts: LateCheckParts;
  #running: Promise<void> | undefined;
  /** Messages whose files are being read, or wait for it. */
  readonly #reading = new Set<string>();
  #reader: Promise<void> = Promise.resolve();
  #again = false;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: LateCheckParts) {
    this.#parts = parts;
  }

  /** Looks for work now; called at the start and after each commit that left something to check. */
  wake(): void {
    this.#again = true;
    if (this.#running !== undefined || this.#stopped) return;
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
      if (this.#again && !this.#stopped) this.wake();
    });
  }

  async close(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
    await this.#reader;
  }

  async #run(): Promise<void> {
    this.#again = false;
    try {
      for (;;) {
        const batch = await this.#parts.store.checkingDeliveries(BATCH);
        const ids = [...new Set(batch.map((d) => d.messageId))].filter((id) => !this.#reading.has(id));
        if (ids.length === 0) return;
        const settled = await Promise.all(ids.map((id) => this.#check(id)));
        if (!settled.every(Boolean)) return this.#retryLater();
        if (batch.length < BATCH || this.#stopped) return;
      }
    } catch (error) {
      this.#parts.log.error({ error: String(error) }, 'late checks stopped; they go on by themselves');
      this.#retryLater();
    }
  }

  #retryLater(): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => this.wake(), RETRY_AFTER);
  }

  /** All deliveries of a message at once: its content is judged once, and its sender told once. */
  async #check(messageId: string): Promise<boolean> {
    const { store } = this.#parts;
    const message = await store.message(messageId);
    const body = message === undefined ? undefined : await store.body(message.bodyId);
    if (message === undefined || body === undefined) return this.#failed(messageId, 'the body is missing');
    if (fileReferences(message).length > 0) {
      this.#readLater(message, body);
      return true;
    }
    return this.#judge(message, body, []);
  }

  /** Files take their time to read: one message after another, beside those that bring none. */
  #readLater(message: StoredMessage, body: StoredBody): void {
    const { messageId } = message;
    this.#reading.add(messageId);
    const read = async (): Promise<boolean> =>
      this.#stopped || this.#judge(message, body, await this.#parts.files.look(message));
    this.#reader = this.#reader
      .then(read)
      .catch((error) => this.#failed(messageId, String(error)))
      .then((settled) => {
        this.#reading.delete(messageId);
        if (settled) this.wake();
        else this.#retryLater();
      });
  }

  async #judge(message: StoredMessage, body: StoredBody, files: readonly FileFacts[]): Promise<boolean> {
    const { store, workers, clock } = this.#parts;
    const { messageId } = message;
    const deliveries = (await store.deliveriesOf(messageId)).filter((d) => d.state === 'checking');
    if (deliveries.length === 0) return true;
    const done = await workers.run({ job: 'check-late', message, body, deliveries, files, at: clock.now() });
    if (!done.ok) return this.#failed(messageId, `${done.why} ${done.detail ?? ''}`);
    const { commit, passed } = done.result as Extract<JobResult, { job: 'check-late' }>;
    // Before the commit: whoever is told of a file finds it unchanged. A crash between leaves a claim that the next check makes again.
    if (passed && !(await this.#parts.files.claim(message, files, clock.now())))
      return this.#failed(messageId, 'a file changed while it was checked');
    const committed = await store.commit(commit);
    if (!committed.ok) return this.#failed(messageId, `${committed.conflict} ${committed.detail ?? ''}`);
    for (const { id } of deliveries) {
      const now = await store.delivery(id);
      if (now?.state === 'queued' && now.road === 'push') this.#parts.passed(now);
    }
    return true;
  }

  #failed(messageId: string, why: string): false {
    this.#parts.log.error({ messageId, why }, 'a late check was not made; it is tried again');
    return false;
  }
}
