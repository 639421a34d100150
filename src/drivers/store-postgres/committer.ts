import type { Commit } from '../../ports/index.js';
import { connectWriter, type Member } from './connect.js';
import { textOf } from './failures.js';
import { type Conflict, conflict, type Taken } from './judge-work.js';
import type { KnownMonths } from './partitions.js';
import { type BatchOutcome, settleBatch, type WritingSession, writeBatch } from './write-batch.js';

const RECONNECT_AFTER = 200;

/** The one session of a process that commits, made again when it is lost. One batch at a time. */
export class Committer {
  readonly #place: Member;
  readonly #onTroubles: () => void;
  readonly #months: KnownMonths = new Set();
  #session: WritingSession | undefined;
  #connecting: Promise<WritingSession> | undefined;
  #closed = false;

  constructor(place: Member, onTroubles: () => void) {
    this.#place = place;
    this.#onTroubles = onTroubles;
  }

  get troubles(): string[] {
    return this.#session === undefined ? ['database'] : [];
  }

  /** Rejects when the server cannot be reached at the start. */
  async open(): Promise<void> {
    this.#session = await this.#connectOnce();
  }

  /** What became of each work, once that is known. Without a connection nothing was written, and that is known at once. */
  async write(works: readonly Commit[]): Promise<(Taken | Conflict)[]> {
    const session = this.#session;
    if (session === undefined) return unwritten(works.length, 'no connection to the database');
    const results: (Taken | Conflict)[] = [];
    for (const outcome of await writeBatch(session, works)) {
      results.push(...(await this.#resultsOf(outcome)));
    }
    const detail = 'the connection to the database was lost';
    return [...results, ...unwritten(works.length - results.length, detail)];
  }

  /** Tells other processes; a word lost is made up for. */
  tell(channel: string): void {
    void this.#session?.client.query(`NOTIFY ${channel}`).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#connecting?.catch(() => undefined);
    await this.#session?.client.end().catch(() => undefined);
  }

  async #resultsOf(outcome: BatchOutcome): Promise<readonly (Taken | Conflict)[]> {
    if (outcome.kind === 'written') return outcome.results;
    if (outcome.kind === 'nothing') {
      if (outcome.lost) this.#drop();
      return unwritten(outcome.count, outcome.detail);
    }
    this.#drop();
    const written = await this.#settle(outcome.batchId);
    return written ? outcome.results : unwritten(outcome.results.length, outcome.detail);
  }

  /** Answers are withheld until this is known, however long the database is away. */
  async #settle(batchId: string): Promise<boolean> {
    for (;;) {
      const session = await this.#connect();
      try {
        return await settleBatch(session.client, batchId);
      } catch {
        this.#drop();
        await pause(RECONNECT_AFTER);
      }
    }
  }

  #drop(): void {
    const broken = this.#session;
    if (broken === undefined) return;
    this.#session = undefined;
    void broken.client.end().catch(() => undefined);
    this.#onTroubles();
    if (!this.#closed) this.#connect().catch(() => undefined);
  }

  /** One attempt after another until it succeeds; everyone waits for the same. */
  #connect(): Promise<WritingSession> {
    if (this.#session !== undefined) return Promise.resolve(this.#session);
    this.#connecting ??= this.#connectForever().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  async #connectForever(): Promise<WritingSession> {
    for (;;) {
      try {
        this.#session = await this.#connectOnce();
        this.#onTroubles();
        return this.#session;
      } catch (error) {
        if (this.#closed) throw new Error(`closed while the database was away: ${textOf(error)}`);
        await pause(RECONNECT_AFTER);
      }
    }
  }

  async #connectOnce(): Promise<WritingSession> {
    const client = await connectWriter(this.#place, 'commits', () => {
      if (this.#session?.client === client) this.#drop();
    });
    return { client, place: this.#place, months: this.#months };
  }
}

function unwritten(count: number, detail: string): Conflict[] {
  return Array.from({ length: count }, () => conflict('unavailable', detail));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
