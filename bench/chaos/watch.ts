import type { PostgresServer } from '../../test/contracts/postgres-server.js';
import type { Member } from './gateways.js';
import { sleep } from './traffic.js';

/** How one gateway stood while it was watched: spans in which it did not answer «ready», ms since 1970. */
export interface Outage {
  readonly from: number;
  to: number;
}

const LOOK_EVERY = 100;

/** Watches readiness, signed heads and the election of the sequencer from outside. */
export class Watch {
  readonly outages = new Map<string, Outage[]>();
  /** Signed checkpoints as anybody was shown them: every one must be a prefix of the final log. */
  readonly heads = new Set<string>();
  /** What readiness said, and how often it was heard. */
  readonly said = new Map<string, number>();
  /** When the log's keeper was seen to have changed. */
  readonly takeOvers: number[] = [];
  /** Seen by every look: whether all members were ready. */
  readonly readyAt: number[] = [];
  readonly #postgres: PostgresServer;
  readonly #members: readonly Member[];
  readonly #now = new Map<string, boolean>();
  #epoch: number | undefined;
  #watching = true;
  #loops: Promise<unknown> = Promise.resolve();

  constructor(postgres: PostgresServer, members: readonly Member[]) {
    this.#postgres = postgres;
    this.#members = members;
  }

  start(): void {
    this.#loops = Promise.all([...this.#members.map((one) => this.#member(one)), this.#sequencer()]);
  }

  async stop(): Promise<void> {
    this.#watching = false;
    await this.#loops;
  }

  /** Pid of the gateway that numbers the journal; undefined when nobody does, or the database is away. */
  async leader(): Promise<number | undefined> {
    const text = `SELECT a.application_name AS name FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE l.locktype = 'advisory' AND l.granted AND a.application_name LIKE 'smev-gateway log %'`;
    const [row] = await this.#postgres.query(text).catch(() => []);
    return row === undefined ? undefined : Number(String(row.name).split(' ')[2]);
  }

  async #member({ name, url }: Member): Promise<void> {
    const spans: Outage[] = [];
    this.outages.set(name, spans);
    let open: Outage | undefined;
    for (let i = 0; this.#watching; i++) {
      const at = Date.now();
      const said = await readiness(`${url}/health/ready`);
      const isReady = said === 'ready';
      this.said.set(`${name}: ${said}`, (this.said.get(`${name}: ${said}`) ?? 0) + 1);
      this.#now.set(name, isReady);
      if (isReady) open = undefined;
      else {
        if (open === undefined) spans.push({ from: at, to: at });
        open = spans.at(-1)!;
        open.to = Date.now();
      }
      if ([...this.#now.values()].every(Boolean) && this.#now.size === this.#members.length)
        this.readyAt.push(Date.now());
      if (i % 10 === 0) await this.#keepHead(url);
      await sleep(LOOK_EVERY);
    }
  }

  async #keepHead(url: string): Promise<void> {
    try {
      const answer = await fetch(`${url}/journal/checkpoint`, { signal: AbortSignal.timeout(2_000) });
      if (answer.status === 200) this.heads.add(await answer.text());
    } catch {
      // A gateway that is away shows nothing.
    }
  }

  async #sequencer(): Promise<void> {
    while (this.#watching) {
      const [row] = await this.#postgres.query('SELECT epoch FROM gateway.tree').catch(() => []);
      const epoch = row === undefined ? undefined : Number(row.epoch);
      if (epoch !== undefined && this.#epoch !== undefined && epoch !== this.#epoch) this.takeOvers.push(Date.now());
      this.#epoch = epoch ?? this.#epoch;
      await sleep(LOOK_EVERY);
    }
  }
}

/** `ready`, what is wrong, or `no answer`. */
async function readiness(url: string): Promise<string> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    const { troubles } = (await answer.json()) as { troubles: readonly string[] };
    return answer.status === 200 ? 'ready' : troubles.join(' ');
  } catch {
    return 'no answer';
  }
}
