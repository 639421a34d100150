import { GREATEST_AGE, waitBefore } from '../delivery/index.js';
import type {
  Clock,
  Dispatcher,
  KeyVault,
  Log,
  NewLeaf,
  PartnerAdapter,
  PartnerAnswer,
  Store,
  StoredDelivery,
  StoredMessage,
  Workers,
} from '../ports/index.js';
import type { Job, JobResult } from './outcome.js';
import type { Reception } from './reception.js';
import { deliveryLeaf } from './records.js';

export interface OutboundParts {
  readonly store: Store;
  readonly workers: Workers<Job, JobResult>;
  readonly dispatcher: Dispatcher;
  readonly adapters: ReadonlyMap<string, PartnerAdapter>;
  readonly reception: Reception;
  readonly clock: Clock;
  readonly vault: KeyVault;
  readonly log: Log;
  readonly random: () => number;
  readonly newMessageId: () => string;
  /** Milliseconds one call of a partner may take. */
  readonly callLimit: number;
}

/** How often due deliveries are looked for besides the signals: a lost signal costs at most this. */
const RECONCILE_EVERY = 1_000;
const BATCH = 100;

/**
 * The push side: due delivery → opened in a worker → the partner's adapter → its answer, which comes in by the front
 * door as a signed SendResponse, in one commit with the delivery's end.
 */
export class Outbound {
  readonly #parts: OutboundParts;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(parts: OutboundParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    await this.#parts.dispatcher.start((id) => this.#handle(id));
    await this.#reconcile();
  }

  async close(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#parts.dispatcher.close();
  }

  /** The store is the truth: whatever is due there is scheduled again, known to the dispatcher or not. */
  async #reconcile(): Promise<void> {
    const { store, dispatcher, clock, log } = this.#parts;
    try {
      for (const d of await store.dueDeliveries(clock.now(), BATCH))
        await dispatcher.schedule(d.id, d.recipient, clock.now());
    } catch (error) {
      log.error({ error: String(error) }, 'due deliveries could not be read');
    }
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#reconcile(), RECONCILE_EVERY);
  }

  async #handle(deliveryId: number): Promise<void> {
    const { store, adapters, clock, log } = this.#parts;
    const delivery = await store.delivery(deliveryId);
    const adapter = delivery === undefined ? undefined : adapters.get(delivery.recipient);
    if (delivery === undefined || adapter === undefined) return;
    if (delivery.state !== 'queued' && delivery.state !== 'in-doubt') return;
    if ((delivery.dueAt ?? 0) > clock.now()) return;
    const message = await store.message(delivery.messageId);
    if (message === undefined) return;
    if (delivery.state === 'queued' && (delivery.expiresAt ?? Number.POSITIVE_INFINITY) <= clock.now())
      return this.#expire(delivery, message);
    try {
      const answer = await this.#call(adapter, delivery, message);
      await this.#settle(delivery, message, answer);
    } catch (error) {
      log.error({ delivery: delivery.id, error: String(error) }, 'a delivery attempt failed inside the gateway');
      await this.#settle(delivery, message, { kind: 'later', cause: String(error) });
    }
  }

  /** A delivery in doubt is asked about, never sent again blindly. */
  async #call(adapter: PartnerAdapter, delivery: StoredDelivery, message: StoredMessage): Promise<PartnerAnswer> {
    const signal = AbortSignal.timeout(this.#parts.callLimit);
    if (delivery.state === 'in-doubt') return adapter.ask(message.messageId, signal);
    const body = await this.#parts.store.body(message.bodyId);
    if (body === undefined) return { kind: 'failed', cause: 'the body of the message is missing' };
    const opened = await this.#parts.workers.run({
      job: 'open-for-partner',
      message,
      body,
      at: this.#parts.clock.now(),
    });
    if (!opened.ok) return { kind: 'later', cause: `opening the body: ${opened.why}` };
    return adapter.deliver((opened.result as Extract<JobResult, { job: 'open-for-partner' }>).delivery, signal);
  }

  async #settle(delivery: StoredDelivery, message: StoredMessage, answer: PartnerAnswer): Promise<void> {
    if (answer.kind === 'answered' || answer.kind === 'rejected') return this.#answer(delivery, message, answer);
    const { clock, vault, random } = this.#parts;
    const now = clock.now();
    const tooOld = now - delivery.queuedAt > GREATEST_AGE;
    const dueAt = now + waitBefore(delivery.attempts, random);
    const leaf = (kind: Parameters<typeof deliveryLeaf>[0]): NewLeaf =>
      deliveryLeaf(kind, message, delivery, now, vault, { cause: answer.cause });
    if (answer.kind === 'failed') return this.#move(delivery, 'failed', leaf('failed'), { cause: answer.cause });
    // Given up while in doubt it is a failure for a person to settle; otherwise nothing reached the partner.
    if (tooOld) {
      const to = answer.kind === 'in-doubt' || delivery.state === 'in-doubt' ? 'failed' : 'expired';
      return this.#move(delivery, to, leaf(to), { cause: answer.cause });
    }
    if (answer.kind === 'in-doubt')
      return this.#move(delivery, 'in-doubt', leaf('in-doubt'), { cause: answer.cause, dueAt });
    // `later` from ask: the partner does not know the id, so sending it again is safe.
    return this.#move(delivery, 'queued', leaf('attempt-failed'), { cause: answer.cause, dueAt });
  }

  /** EOL is judged when the message would be handed over: it may have waited for an earlier attempt. */
  async #expire(delivery: StoredDelivery, message: StoredMessage): Promise<void> {
    const { clock, vault } = this.#parts;
    const cause = 'EOL passed before the partner took it';
    const leaf = deliveryLeaf('expired', message, delivery, clock.now(), vault, { cause });
    await this.#move(delivery, 'expired', leaf, { cause });
  }

  async #move(
    delivery: StoredDelivery,
    to: 'queued' | 'in-doubt' | 'failed' | 'expired',
    leaf: NewLeaf,
    more: { cause: string; dueAt?: number },
  ): Promise<void> {
    const { store, dispatcher, log } = this.#parts;
    const move = {
      delivery: delivery.id,
      from: [delivery.state],
      ifAttempts: delivery.attempts,
      to,
      attempts: delivery.attempts + 1,
      ...more,
    };
    const done = await store.commit({ moves: [move], leaves: [leaf] });
    if (!done.ok && done.conflict !== 'moved')
      log.error({ delivery: delivery.id, detail: done.detail }, 'an attempt was not recorded');
    if (done.ok && more.dueAt !== undefined) await dispatcher.schedule(delivery.id, delivery.recipient, more.dueAt);
  }

  /** The partner's answer becomes a message like any other, and ends the delivery in the same commit. */
  async #answer(
    delivery: StoredDelivery,
    message: StoredMessage,
    answer: Extract<PartnerAnswer, { kind: 'answered' | 'rejected' }>,
  ): Promise<void> {
    const { workers, reception, clock, vault, newMessageId, log } = this.#parts;
    const made = await workers.run({
      job: 'answer-for-partner',
      message,
      partner: delivery.recipient,
      answer,
      messageId: newMessageId(),
      at: clock.now(),
    });
    if (!made.ok) return this.#settle(delivery, message, { kind: 'later', cause: `signing the answer: ${made.why}` });
    const envelope = (made.result as Extract<JobResult, { job: 'answer-for-partner' }>).envelope;
    const outcome = await reception.judge(envelope);
    if ('status' in outcome)
      return this.#settle(delivery, message, { kind: 'later', cause: 'the gateway is overloaded' });
    if (outcome.kind !== 'accepted') {
      const why = outcome.kind === 'refused' ? `${outcome.fault.fault}: ${outcome.fault.description}` : outcome.kind;
      log.error({ delivery: delivery.id, why }, 'the answer of a partner was refused');
      return this.#settle(delivery, message, { kind: 'failed', cause: `the answer was refused: ${why}` });
    }
    const reply = await reception.accept(outcome, {
      moves: [
        {
          delivery: delivery.id,
          from: [delivery.state],
          ifAttempts: delivery.attempts,
          to: 'delivered',
          attempts: delivery.attempts + 1,
        },
      ],
      leaves: [deliveryLeaf('answered', message, delivery, clock.now(), vault, { answer: outcome.message.messageId })],
    });
    if (reply.status === 503 || (reply.status !== 200 && !(await this.#isSettled(delivery.id)))) {
      await this.#settle(delivery, message, { kind: 'later', cause: 'the answer could not be committed' });
    }
  }

  async #isSettled(id: number): Promise<boolean> {
    const now = await this.#parts.store.delivery(id);
    return now?.state === 'delivered';
  }
}
