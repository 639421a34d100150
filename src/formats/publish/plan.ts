import type { Difference, NoSchema } from '../difference/index.js';
import type { Format } from '../format.js';
import type { Phrase } from '../messages/phrase.js';

export type RefusalCode =
  | 'not-a-zip'
  | 'too-large'
  | 'unsafe-name'
  | 'encoding'
  | 'not-well-formed'
  | 'missing-import'
  | 'http-import'
  | 'ambiguous-import'
  | 'duplicate-namespace'
  | 'not-a-schema'
  | 'description'
  | 'roots'
  | 'taken'
  | 'no-formats'
  | 'overrun';

/** Why a package cannot be published; what to do stands in the words. */
export interface Refusal extends Phrase {
  readonly code: RefusalCode;
  /** Path in the package. */
  readonly document?: string;
}

/** Something the operator should know before confirming; nothing is wrong enough to refuse. */
export interface Warning extends Phrase {
  readonly kind:
    | 'second-opinion'
    | 'sample'
    | 'guess'
    | 'contradiction'
    | 'left-out'
    | 'life-cycle'
    | 'mended'
    | 'breaking';
  readonly document?: string;
}

export interface Refused {
  readonly refusals: readonly Refusal[];
}

export function isRefused(value: unknown): value is Refused {
  return typeof value === 'object' && value !== null && 'refusals' in value;
}

/** What becomes of a format version: `unchanged` ones are left as they are. */
export type Novelty = 'new-format' | 'new-version' | 'revision' | 'unchanged';

export interface EngineVerdict extends Phrase {
  /** `untold`: the engine is not there or did not answer. */
  readonly verdict: 'accepted' | 'refused' | 'untold';
}

export interface PlannedFormat {
  readonly id: string;
  readonly version: string;
  readonly family: string;
  readonly namespace: string;
  readonly title: Phrase;
  readonly roots: Format['roots'];
  /** Path of the entry schema in the package; absent for a retired version without one. */
  readonly document?: string;
  readonly state: Format['state'];
  /** The end an operator or its description gave it: outranks the state. */
  readonly retiredFrom?: string;
  readonly novelty: Novelty;
  /** What libxml2 says, by which messages are judged, and the other engine. */
  readonly libxml2?: EngineVerdict;
  readonly second?: EngineVerdict;
  /** Fields of its description that nobody declared: guessed from names. */
  readonly guessed: readonly string[];
  readonly persons: Format['persons'];
  readonly personal: readonly string[];
  /** To the version in force of this namespace, else to the newest earlier version of this id. */
  readonly difference?: Difference | NoSchema;
  /** Fields of format.json that differ from those in force. */
  readonly described?: readonly string[];
}

export interface SampleVerdict {
  readonly document: string;
  readonly format: string;
  readonly valid: boolean;
  /** The first of what is wrong, in words. */
  readonly violations: readonly Phrase[];
}

/** Everything a publication would do. Plain data but for the artefact's bytes. */
export interface PublishPlan {
  /** Names all of this plan and what it was judged against: confirmed by it, exactly what was shown is published. */
  readonly hash: string;
  readonly formats: readonly PlannedFormat[];
  readonly warnings: readonly Warning[];
  readonly samples: readonly SampleVerdict[];
  /** Absent when nothing would change. */
  readonly artefact?: { readonly hash: string; readonly bytes: Uint8Array };
}
