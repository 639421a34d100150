import type { Catalogue } from '../../formats/index.js';
import type { GostCheckpoint } from '../../journal/index.js';
import type { Directory } from '../../participants/index.js';
import type {
  InForce,
  Job,
  JobResult,
  Limits,
  OperatorWords,
  Publications,
  Renewals,
  Replays,
} from '../../pipeline/index.js';
import type { Clock, KeyVault, Log, Store, Workers } from '../../ports/index.js';

/** What the paths need of the running gateway. */
export interface ApiParts {
  readonly store: Store;
  readonly workers: Workers<Job, JobResult>;
  /** Of the snapshot in force: asked anew each time. */
  readonly directory: Directory;
  /** Of the snapshot in force: asked anew each time. */
  readonly catalogue: Catalogue;
  /** The snapshot in force, and the way to another one. */
  readonly inForce: InForce;
  readonly publications: Publications;
  /** The sandbox runs: rights need no legal basis. */
  readonly sandbox: boolean;
  readonly clock: Clock;
  readonly vault: KeyVault;
  readonly log: Log;
  readonly limits: Limits;
  /** The token of the host's operator. */
  readonly operatorToken: string;
  /** Name and key by which checkpoints verify (C2SP vkey). */
  readonly verifierKey: string;
  /** Checkpoints with a GOST line; absent where the gateway has no GOST key. */
  readonly gostCheckpoint?: GostCheckpoint;
  /** PEM of the gateway's own certificates: those it signs with, and those it will sign with. */
  readonly certificates: { readonly current: readonly string[]; readonly next: readonly string[] };
  readonly renewals: Renewals;
  readonly operatorWords: OperatorWords;
  readonly replays: Replays;
  /** What is not well now, empty when ready: names without personal data. */
  troubles(): readonly string[];
  /** What is not well either, but keeps nothing from being taken in: a balancer goes on sending here. */
  weaknesses(): readonly string[];
}
