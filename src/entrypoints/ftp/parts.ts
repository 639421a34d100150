import type { Clock, FileStore, KeyVault, Log } from '../../ports/index.js';

export interface FtpParts {
  readonly files: FileStore;
  readonly vault: KeyVault;
  readonly clock: Clock;
  readonly log: Log;
  readonly host: string;
  readonly port: number;
  /** Ports of data connections, both ends inclusive; any free one when absent. */
  readonly passive?: readonly [first: number, last: number];
  /** Control connections at once; 256 when absent, 32 of one address. */
  readonly connections?: number;
  /** Milliseconds a connection may say nothing; 60,000 when absent. */
  readonly patience?: number;
}
