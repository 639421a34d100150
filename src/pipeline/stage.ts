import type { Fault } from '../faults/index.js';
import type { Operation } from '../message/index.js';
import type { World } from './world.js';

/**
 * A stage adds knowledge or refuses. `forgiven` is what would be known had the fault been forgiven: preflight goes on
 * with it to list the faults behind; the gateway itself never does.
 */
export interface Refusal<Out> {
  readonly refused: Fault;
  readonly forgiven?: Out;
  /** The very same octets are stored already: the refusal goes on record without keeping them again. */
  readonly repeats?: true;
}

export type Stage<In, Out> = (known: In, world: World) => Out | Refusal<Out> | Promise<Out | Refusal<Out>>;

export function refuse<Out>(refused: Fault, forgiven?: Out): Refusal<Out> {
  return forgiven === undefined ? { refused } : { refused, forgiven };
}

export function isRefusal(value: unknown): value is Refusal<unknown> {
  return typeof value === 'object' && value !== null && 'refused' in value;
}

/** One row of the table: a stage and the operations it runs for. */
export interface Row {
  readonly stage: Stage<never, unknown>;
  readonly operations: ReadonlySet<Operation>;
}

const COLUMNS: readonly (readonly Operation[])[] = [
  ['SendRequest'],
  ['SendResponse'],
  ['GetRequest', 'GetResponse'],
  ['GetStatus'],
  ['Ack'],
  ['GetIncomingQueueStatistics'],
];

/** `marks`: one cell a column, `x` where the stage runs; a space is a decision. */
export function row<In, Out>(stage: Stage<In, Out>, ...marks: readonly ('x' | ' ')[]): Row {
  const operations = COLUMNS.flatMap((column, i) => (marks[i] === 'x' ? column : []));
  return { stage: stage as Stage<never, unknown>, operations: new Set(operations) };
}
