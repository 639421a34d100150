import type { REPLAYABLE } from './failure-group.js';
import type { Despite, Verdict } from './verdict.js';

/**
 * States of a replay plan.
 *
 * draft      what is to be replayed is said, nothing was looked at → dry-run | cancelled
 * dry-run    every message of it was judged as of that hour; may be judged again → dry-run | frozen | cancelled
 * frozen     the set and the plan's hash stand in the journal, nothing of it changes any more → approved | cancelled
 * approved   a second person agreed, or one broke the glass → running | cancelled
 * running    new deliveries are made, paced → paused | done | cancelled
 * paused     by a person, or by itself because too much of it fails; what was made goes on → running | cancelled
 * done       every message of the set was made anew or left out with its reason. Final.
 * cancelled  nothing more is made; what was made goes on. Final.
 *
 * Every arrow is one journal record. What the plan made is told by the deliveries, not by the plan.
 */
export const PLAN_STATES = [
  'draft',
  'dry-run',
  'frozen',
  'approved',
  'running',
  'paused',
  'done',
  'cancelled',
] as const;
export type PlanState = (typeof PLAN_STATES)[number];

/** Which deliveries a plan is about: all conditions together. */
export interface PlanFilter {
  /** Of failure groups. */
  readonly groups?: readonly string[];
  readonly states?: readonly (typeof REPLAYABLE)[number][];
  readonly recipient?: string;
  /** `{namespace}local`. */
  readonly format?: string;
  /** Bounds of when the message was queued, ms since 1970: from, inclusive; to, exclusive. */
  readonly from?: number;
  readonly to?: number;
  /** Ids of single deliveries. */
  readonly deliveries?: readonly number[];
}

export interface Plan {
  readonly id: string;
  /** From 1, by one with every change: the store compares and sets it. */
  readonly revision: number;
  readonly state: PlanState;
  readonly author: string;
  readonly reason: string;
  readonly createdAt: number;
  readonly filter: PlanFilter;
  /** Verdicts that are replayed all the same. */
  readonly despite: readonly Despite[];
  /** New deliveries a second for each partner, at most. */
  readonly perSecond: number;
  /** The plan pauses by itself when more than this share of what ended ended badly. */
  readonly stopShare: number;
  readonly dryRun?: DryRun;
  readonly frozen?: Frozen;
  readonly approval?: Approval;
  /** What break-glass leaves open until another person has looked at it. */
  readonly review?: { readonly by: string; readonly at: number; readonly note: string } | 'open';
  readonly run?: Run;
  /** Why it is paused, or how it ended. */
  readonly note?: string;
}

export interface DryRun {
  readonly at: number;
  /** Hash of the snapshot it was judged under. */
  readonly config: string;
  /** SHA-256 of the set (frozen-set). */
  readonly set: string;
  readonly total: number;
  readonly counts: Readonly<Partial<Record<Verdict, number>>>;
  readonly samples: Readonly<Partial<Record<Verdict, { delivery: number; messageId: string; why?: string }>>>;
  readonly partners: readonly PartnerOutlook[];
}

/** What a recipient of the plan is like at the hour of the dry run. */
export interface PartnerOutlook {
  readonly partner: string;
  readonly count: number;
  /** Of a partner that is called. */
  readonly breaker?: string;
  /** Of a mailbox: messages of any format that wait in it. */
  readonly waiting: number;
}

export interface Frozen {
  readonly by: string;
  readonly at: number;
  readonly reason: string;
  /** Deliveries that will be replayed. */
  readonly count: number;
  /** SHA-256 of what was frozen: see hashOfPlan. */
  readonly hash: string;
  /** More than BULK messages. */
  readonly needsSecond: boolean;
}

export interface Approval {
  readonly by: string;
  readonly at: number;
  readonly reason?: string;
  readonly breakGlass?: true;
}

export interface Run {
  readonly by: string;
  readonly startedAt: number;
  /** Place in the set up to which it is done. */
  readonly cursor: number;
  /** New deliveries made. */
  readonly made: number;
  /** Not made after all: what changed since the dry run. */
  readonly skipped: readonly { readonly delivery: number; readonly why: Verdict }[];
  readonly endedAt?: number;
}

/** A plan of more messages needs a second person. */
export const BULK = 20;
/** Deliveries one plan may look at. */
export const MOST_IN_PLAN = 50_000;
export const DEFAULT_PER_SECOND = 50;
export const DEFAULT_STOP_SHARE = 0.1;
