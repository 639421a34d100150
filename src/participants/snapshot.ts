import { createHash } from 'node:crypto';
import canonicalJson from 'canonicalize';

/**
 * Everything a message is judged by, besides the clock: immutable, named by its hash, held by workers by hash.
 * A change is a new snapshot; the hash of the one a message was judged under stands in its leaf.
 */
export interface Snapshot {
  readonly v: 1;
  readonly participants: readonly Participant[];
  readonly rights: readonly Right[];
  readonly routes: readonly Route[];
  /** Who takes broadcasts of which format; none where absent. */
  readonly subscriptions?: readonly Subscription[];
  /** PEM of the trusted roots. */
  readonly roots: readonly string[];
  /** SHA-256 of the format catalogue the rights and routes speak of: the built-in formats with `published` and `lifeCycles` applied. */
  readonly catalogue: string;
  /** Format packages published at run time, oldest first: SHA-256 of the artefact each lies in. A later one outranks an earlier. */
  readonly published?: readonly string[];
  /** Life cycles as operators set them since, by namespace of the format version. */
  readonly lifeCycles?: Readonly<Record<string, LifeCycle>>;
  /** Names of what a start put in for the sandbox (see seedSandbox): taken away by an operator, it does not come back. */
  readonly seeded?: readonly string[];
}

/** What an operator says of a format version; instants are RFC 3339 with a zone. */
export interface LifeCycle {
  readonly state?: 'draft' | 'test' | 'active' | 'retiring' | 'retired';
  readonly activeFrom?: string;
  readonly retiredFrom?: string;
  /** Version to use instead. */
  readonly successor?: string;
}

export interface Participant {
  readonly mnemonic: string;
  readonly name: { readonly ru: string; readonly en: string };
  /** PEM certificates, several and overlapping at renewal. */
  readonly certificates: readonly string[];
  /** Those of `certificates` that the participant brought itself by a renewal: a restart must not forget them. */
  readonly renewed?: readonly string[];
  /** Its own participant codes `NNNN.NNNNNN` («Код ФРГУ»). */
  readonly codes: readonly string[];
  /** Codes of others it may speak for, each with its basis. */
  readonly delegations?: readonly Delegation[];
  /** NodeIDs it may name; absent: any. */
  readonly nodes?: readonly string[];
  readonly quota?: Quota;
  /** pull: polls its mailboxes; push: an adapter carries deliveries to it. Never both. */
  readonly mode: 'pull' | 'push';
  /** How deliveries are carried to it; defaults where absent (delivery/partner-gate). */
  readonly delivery?: CallPolicy;
  /** early: content is checked before the answer; smev: after it, as the real system does. */
  readonly contentChecks: 'early' | 'smev';
  /** Ids of formats (`10.06.S`) whose retired versions, when it still sends them, are rewritten for the current one (docs/adr/0011). */
  readonly upgrades?: readonly string[];
  /** Most unconfirmed messages of one format each mailbox holds. */
  readonly capacity: number;
  /** Algorithm of SMEVSignature for this participant. */
  readonly answers: 'ecdsa' | 'rsa';
}

/** What a partner that is pushed to asks of the gateway. */
export interface CallPolicy {
  /** Calls at once. */
  readonly concurrency?: number;
  /** Most calls a second. */
  readonly perSecond?: number;
  /** Hours without calls, GATEWAY_TZ: `HH:MM`, ISO days (1 Monday … 7 Sunday) on which they begin, every day where absent. */
  readonly maintenance?: readonly {
    readonly days?: readonly number[];
    readonly from: string;
    readonly until: string;
  }[];
}

/** When something holds: `from` inclusive, `until` exclusive, RFC 3339 with a zone; no bound where absent. */
export interface Term {
  readonly from?: string;
  readonly until?: string;
}

/** Leave to report for another body, while its term lasts. */
export interface Delegation extends Term {
  /** Participant code of the body that delegates. */
  readonly code: string;
  /** The act that delegates. */
  readonly basis: string;
}

/** What one participant may use up; without bound where absent. */
export interface Quota {
  /** Accepted sends in a minute. */
  readonly messagesPerMinute?: number;
  /** Attachment content of accepted sends in a day of GATEWAY_TZ, bytes. */
  readonly attachmentBytesPerDay?: number;
}

/** Leave to send requests of a format, with its term and legal basis. */
export interface Right extends Term {
  readonly participant: string;
  /** `{namespace}local` of the request's root element. */
  readonly format: string;
  /** What it is a leave for: a request to a provider (the default), or a broadcast to every subscriber. */
  readonly operation?: RightOperation;
  readonly basis?: string;
  /** required: every request names the service, the legal norm and the official it is made for, where its format keeps them. */
  readonly purpose?: 'required';
  /** Fingerprints (lower-case hex SHA-256) of the certificates one of which must have signed the content (ЭП-СП); absent: none need. */
  readonly personal?: readonly string[];
}

export type RightOperation = 'request' | 'broadcast';

/**
 * Which participant answers requests of a format. A format may have several providers: the route without `by` is the general
 * one, taken where nothing says which; those with `by` are found by that value alone.
 */
export interface Route extends Term {
  readonly format: string;
  readonly recipient: string;
  readonly by?: RouteMark;
  readonly basis?: string;
  /** How long the provider may take to answer, by law or agreement; no bound where absent. */
  readonly answerWithin?: AnswerTerm;
}

/** Hours from acceptance, or whole working days after the day of acceptance (production calendar, GATEWAY_TZ). */
export type AnswerTerm = { readonly hours: number } | { readonly workingDays: number };

/** The value that chooses a provider: RoutingCode or DynamicValue; or IdentifierValue. Compared exactly, 1 to 500 characters. */
export type RouteMark = { readonly dynamic: string } | { readonly identifier: string };

/** A participant that is given every broadcast of a format while its term lasts. */
export interface Subscription extends Term {
  /** `{namespace}local` of the broadcast's root element. */
  readonly format: string;
  readonly participant: string;
  readonly basis?: string;
}

/** Whether the term holds at `at` (ms since 1970). */
export function isInForce({ from, until }: Term, at: number): boolean {
  return (from === undefined || Date.parse(from) <= at) && (until === undefined || at < Date.parse(until));
}

/** The snapshot as it is stored and hashed, RFC 8785: what says the same is the same text, whoever wrote it. */
export function jsonOf(snapshot: Snapshot): string {
  return canonicalJson(snapshot) ?? '';
}

/** Lower-case hex SHA-256 of `jsonOf`. */
export function hashOf(snapshot: Snapshot): string {
  return createHash('sha256').update(jsonOf(snapshot)).digest('hex');
}
