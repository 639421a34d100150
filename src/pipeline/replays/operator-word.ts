import type { DeliveryEvent } from '../../delivery/index.js';
import type { Clock, KeyVault, Store, StoredDelivery, StoredMessage, Workers } from '../../ports/index.js';
import { arrow } from '../arrow.js';
import type { Job, JobResult } from '../outcome.js';
import { commitOrUnknown } from '../outcome-unknown.js';
import { deliveryLeaf } from '../records.js';
import { LOST, wasInDoubt } from './was-in-doubt.js';

/** What an operator may say of one delivery. `unknown` ends it as failed and keeps it from ever being replayed. */
export const WORDS = ['arrived', 'lost', 'unknown', 'cancel', 'return'] as const;
export type OperatorWord = (typeof WORDS)[number];

export interface OperatorWordParts {
  readonly store: Store;
  readonly workers: Workers<Job, JobResult>;
  readonly clock: Clock;
  readonly vault: KeyVault;
}

/** Who says it, and why: both stand in the journal. */
export interface Said {
  readonly by: string;
  readonly reason: string;
}

export type WordDone =
  /** `record`: index of its record; absent where the log gives it its place later. */
  | { readonly delivery: StoredDelivery; readonly record?: number }
  | {
      readonly refused: 'unknown-delivery' | 'does-not-fit' | 'returned-before' | 'unavailable';
      readonly state?: string;
    };

const EVENTS = { arrived: 'settled', lost: 'given-up', unknown: 'given-up', cancel: 'cancelled' } as const;

/** An operator's word on single deliveries: through the state machine, with a reason, on record. */
export class OperatorWords {
  readonly #parts: OperatorWordParts;
  /** Messages are sent back one after another: of two words on one message the second sees the first. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: OperatorWordParts) {
    this.#parts = parts;
  }

  async say(id: number, word: OperatorWord, said: Said): Promise<WordDone> {
    const delivery = await this.#parts.store.delivery(id);
    const message = delivery === undefined ? undefined : await this.#parts.store.message(delivery.messageId);
    if (delivery === undefined || message === undefined) return { refused: 'unknown-delivery' };
    if (word === 'return') {
      const done = this.#last.then(() => this.#return(delivery, message, said));
      this.#last = done.catch(() => undefined);
      return done;
    }
    return this.#move(delivery, message, word, said);
  }

  async #move(
    delivery: StoredDelivery,
    message: StoredMessage,
    word: Exclude<OperatorWord, 'return'>,
    { by, reason }: Said,
  ): Promise<WordDone> {
    const { store, clock, vault } = this.#parts;
    const hidden = { by, reason, word };
    const event: DeliveryEvent = { kind: EVENTS[word], cause: `${word}, ${by}: ${reason}` };
    const moved = arrow(event, message, delivery, { now: clock.now(), vault }, hidden);
    // What was given up in doubt by itself stays failed: the word only ends the doubt.
    const endsDoubt =
      moved === undefined &&
      word === LOST &&
      delivery.state === 'failed' &&
      (await wasInDoubt(delivery, message, this.#parts));
    if (moved === undefined && !endsDoubt) return { refused: 'does-not-fit', state: delivery.state };
    const leaves = moved?.leaves ?? [deliveryLeaf('settled', message, delivery, clock.now(), vault, hidden)];
    const done = await commitOrUnknown(store, { moves: moved?.moves ?? [], leaves });
    if (done.ok) return { delivery: (await store.delivery(delivery.id))!, ...recordIn(done.indexes) };
    const now = await store.delivery(delivery.id);
    return done.conflict === 'moved' && now !== undefined
      ? { refused: 'does-not-fit', state: now.state }
      : { refused: 'unavailable' };
  }

  /** Back to the sender, once a message; the delivery has ended already. */
  async #return(delivery: StoredDelivery, message: StoredMessage, { by, reason }: Said): Promise<WordDone> {
    const { store, workers, clock } = this.#parts;
    const { state } = delivery;
    if (state !== 'failed' && state !== 'not-accepted') return { refused: 'does-not-fit', state };
    if (message.kind !== 'request' && message.kind !== 'response') return { refused: 'does-not-fit', state };
    if ((await store.recordOf(message.messageId, 'returned')) !== undefined) return { refused: 'returned-before' };
    const replayed = (await store.deliveriesOf(message.messageId)).some((d) => d.replays === delivery.id);
    if (replayed) return { refused: 'does-not-fit', state: 'replayed' };
    const body = await store.body(message.bodyId);
    const made = await workers.run({
      job: 'return-for-correction',
      message,
      delivery,
      ...(body === undefined ? {} : { body }),
      by,
      reason,
      at: clock.now(),
    });
    if (!made.ok) return { refused: 'unavailable' };
    const done = await commitOrUnknown(
      store,
      (made.result as Extract<JobResult, { job: 'return-for-correction' }>).commit,
    );
    return done.ok ? { delivery, ...recordIn(done.indexes) } : { refused: 'unavailable' };
  }
}

function recordIn([record]: readonly number[]): { record?: number } {
  return record === undefined ? {} : { record };
}
