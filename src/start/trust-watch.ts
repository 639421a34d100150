import { BroadcastChannel } from 'node:worker_threads';
import { stateOfTrustFolder } from '../drivers/trust-files/index.js';
import type { Job, JobResult, TrustReport } from '../pipeline/index.js';
import type { Clock, Log, Workers } from '../ports/index.js';
import type { TrustMaterial } from '../signature/index.js';

export interface TrustWatchParts {
  readonly folder: string;
  readonly channel: string;
  readonly workers: Workers<Job, JobResult>;
  readonly clock: Clock;
  readonly log: Log;
  /** The material as it is now. */
  read(): TrustMaterial;
  /** Told of new material: threads started later must begin with it. */
  renewed(material: TrustMaterial): void;
}

const LOOK_EVERY = 60_000;
const REPORT_EVERY = 24 * 3_600_000;

/** Looks at the trust folder once a minute, hands what changed to the threads, and reports on certificates once a day. */
export class TrustWatch {
  readonly #parts: TrustWatchParts;
  readonly #channel: BroadcastChannel;
  readonly #timers: readonly NodeJS.Timeout[];
  #state: string;

  constructor(parts: TrustWatchParts) {
    this.#parts = parts;
    this.#channel = new BroadcastChannel(parts.channel);
    this.#state = stateOfTrustFolder(parts.folder);
    this.#timers = [setInterval(() => this.look(), LOOK_EVERY), setInterval(() => void this.report(), REPORT_EVERY)];
    void this.report();
  }

  /** True when the folder had changed; the threads judge by the new material from their next job on. */
  look(): boolean {
    const state = stateOfTrustFolder(this.#parts.folder);
    if (state === this.#state) return false;
    this.#state = state;
    const material = this.#parts.read();
    this.#parts.renewed(material);
    this.#channel.postMessage(material);
    const { intermediates, lists, responses } = material;
    this.#parts.log.info(
      { intermediates: intermediates.length, lists: lists.length, responses: responses.length },
      'the trust folder changed and is in force',
    );
    void this.report();
    return true;
  }

  /** Logs certificates that end soon, files that cannot be read, and participants that are or will be refused. */
  async report(): Promise<TrustReport | undefined> {
    const { workers, clock, log } = this.#parts;
    const done = await workers.run({ job: 'trust-report', at: clock.now() });
    if (!done.ok || done.result.job !== 'trust-report') return undefined;
    const { report } = done.result;
    for (const rejected of report.rejected) log.error({ ...rejected }, 'a file of the trust folder cannot be read');
    for (const warning of report.warnings) log.warn({ ...warning }, 'a certificate ends soon or has ended');
    for (const trouble of report.troubles.filter((t) => t.code !== 'revocation-unchecked'))
      log.error({ ...trouble }, 'a participant’s certificate is refused, or lives on data that ran out');
    const unchecked = report.troubles.filter((t) => t.code === 'revocation-unchecked').length;
    if (unchecked > 0)
      log.info({ certificates: unchecked }, 'revocation is not checked: their issuers have no list here');
    return report;
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#channel.close();
  }
}
