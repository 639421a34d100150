import type { CallOutcome, DeliveryEvent } from '../delivery/index.js';
import type {
  Clock,
  Dispatcher,
  KeyVault,
  Log,
  PartnerAdapter,
  PartnerAnswer,
  Store,
  StoredDelivery,
  StoredMessage,
  Workers,
} from '../ports/index.js';
import { arrow } from './arrow.js';
import { isBroadcast } from './destinations.js';
import type { FileDesk } from './file-desk.js';
import type { Job, JobResult } from './outcome.js';
import type { PartnerGates } from './partner-gates.js';
import type { Reception } from './reception.js';

export interface OutboundParts {
  readonly store: Store;
  readonly workers: Workers<Job, JobResult>;
  readonly dispatcher: Dispatcher;
  readonly adapters: ReadonlyMap<string, PartnerAdapter>;
  /** Breaker, rate and maintenance hours of each partner. */
  readonly gates: PartnerGates;
  readonly reception: Pick<Reception, 'judge' | 'accept'>;
  readonly clock: Clock;
  readonly vault: KeyVault;
  readonly log: Log;
  readonly random: () => number;
  readonly newMessageId: () => string;
  /** Milliseconds one call of a partner may take. */
  readonly callLimit: number;
  readonly files: Pick<FileDesk, 'documents' | 'open'>;
}

/** How often due deliveries are looked for besides the signals: a lost signal costs at most this. */
const RECONCILE_EVERY = 1_000;
const BATCH = 1_000;

/** What the partner answered, and what that tells of its health. */
interface Call {
  readonly answer: PartnerAnswer;
  readonly outcome: CallOutcome;
}

function notCalled(answer: PartnerAnswer): Call {
  return { answer, outcome: 'idle' };
}

const EVENT = { later: 'put-off', 'in-doubt': 'left-in-doubt', failed: 'partner-failed' } as const;

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
    const { dispatcher, gates, clock } = this.#parts;
    await dispatcher.start(
      (id, partner) => this.#pass(id, partner),
      (partner) => gates.of(partner).enter(clock.now()),
    );
    await this.#reconcile();
  }

  async close(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#parts.dispatcher.close();
  }

  /** The store is the truth: whatever is due there is scheduled again, known to the dispatcher or not. */
  async #reconcile(): Promise<void> {
    const { store, dispatcher, gates, clock, log } = this.#parts;
    try {
      const now = clock.now();
      for (const d of await store.dueDeliveries(now, BATCH, gates.shut(now)))
        await dispatcher.schedule(d.id, d.recipient, clock.now());
    } catch (error) {
      log.error({ error: String(error) }, 'due deliveries could not be read');
    }
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#reconcile(), RECONCILE_EVERY);
  }

  /** Every call the gate let pass is told of, whatever becomes of it. */
  async #pass(deliveryId: number, partner: string): Promise<void> {
    const { gates, clock } = this.#parts;
    let outcome: CallOutcome = 'idle';
    try {
      outcome = await this.#handle(deliveryId);
    } finally {
      gates.of(partner).leave(outcome, clock.now());
    }
  }

  async #handle(deliveryId: number): Promise<CallOutcome> {
    const { store, adapters, clock, log } = this.#parts;
    const delivery = await store.delivery(deliveryId);
    const adapter = delivery === undefined ? undefined : adapters.get(delivery.recipient);
    if (delivery === undefined || adapter === undefined) return 'idle';
    if (delivery.state !== 'queued' && delivery.state !== 'in-doubt') return 'idle';
    if ((delivery.dueAt ?? 0) > clock.now()) return 'idle';
    const message = await store.message(delivery.messageId);
    if (message === undefined) return 'idle';
    if (delivery.state === 'queued' && (delivery.expiresAt ?? Number.POSITIVE_INFINITY) <= clock.now()) {
      await this.#move({ kind: 'time-passed' }, message, delivery);
      return 'idle';
    }
    let outcome: CallOutcome = 'idle';
    try {
      const call = await this.#call(adapter, delivery, message);
      outcome = call.outcome;
      await this.#settle(delivery, message, call.answer);
    } catch (error) {
      log.error({ delivery: delivery.id, error: String(error) }, 'a delivery attempt failed inside the gateway');
      // Whether the partner was reached nobody knows: it is asked.
      await this.#settle(delivery, message, { kind: 'in-doubt', cause: String(error) });
    }
    return outcome;
  }

  /** A delivery in doubt is asked about, never sent again blindly. */
  async #call(adapter: PartnerAdapter, delivery: StoredDelivery, message: StoredMessage): Promise<Call> {
    const signal = AbortSignal.timeout(this.#parts.callLimit);
    if (delivery.state === 'in-doubt') {
      const answer = await adapter.ask(message.messageId, signal);
      // `later` is the partner's word that it does not know the id.
      return { answer, outcome: answer.kind === 'in-doubt' ? 'outage' : 'reached' };
    }
    const body = await this.#parts.store.body(message.bodyId);
    if (body === undefined) return notCalled({ kind: 'failed', cause: 'the body of the message is missing' });
    const opened = await this.#parts.workers.run({
      job: 'open-for-partner',
      message,
      body,
      files: await this.#parts.files.documents(message),
      at: this.#parts.clock.now(),
    });
    if (!opened.ok) return notCalled({ kind: 'later', cause: `opening the body: ${opened.why}` });
    const { delivery: ready } = opened.result as Extract<JobResult, { job: 'open-for-partner' }>;
    const { files, ...rest } = ready;
    const answer = await adapter.deliver(
      files.length === 0 ? rest : { ...rest, files: this.#parts.files.open(files) },
      signal,
    );
    const outcome = answer.kind === 'later' || answer.kind === 'in-doubt' ? 'outage' : 'reached';
    return { answer, outcome };
  }

  async #settle(delivery: StoredDelivery, message: StoredMessage, answer: PartnerAnswer): Promise<void> {
    const isAnswer = answer.kind === 'answered' || answer.kind === 'rejected';
    // A broadcast has no answer: what the partner says to it ends the delivery and goes no further.
    if (isAnswer && isBroadcast(message)) return this.#move({ kind: 'answered' }, message, delivery);
    if (isAnswer) return this.#answer(delivery, message, answer);
    return this.#move({ kind: EVENT[answer.kind], cause: answer.cause }, message, delivery);
  }

  async #move(event: DeliveryEvent, message: StoredMessage, delivery: StoredDelivery): Promise<void> {
    const { store, dispatcher, clock, vault, random, log } = this.#parts;
    const moved = arrow(event, message, delivery, { now: clock.now(), vault, random });
    if (moved === undefined) return;
    const done = await store.commit({ moves: moved.moves, leaves: moved.leaves });
    if (!done.ok && done.conflict !== 'moved')
      log.error({ delivery: delivery.id, detail: done.detail }, 'an attempt was not recorded');
    const { dueAt } = moved.step;
    if (done.ok && dueAt !== undefined) await dispatcher.schedule(delivery.id, delivery.recipient, dueAt);
  }

  /**
   * The partner's answer becomes a message like any other, and ends the delivery in the same commit. The partner has acted:
   * where the answer cannot be taken in just now, it is asked for again, the message is not sent again.
   */
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
    if (!made.ok)
      return this.#settle(delivery, message, { kind: 'in-doubt', cause: `signing the answer: ${made.why}` });
    const envelope = (made.result as Extract<JobResult, { job: 'answer-for-partner' }>).envelope;
    const outcome = await reception.judge(envelope);
    if ('status' in outcome)
      return this.#settle(delivery, message, { kind: 'in-doubt', cause: 'the gateway is overloaded' });
    if (outcome.kind !== 'accepted') {
      const why = outcome.kind === 'refused' ? `${outcome.fault.fault}: ${outcome.fault.description}` : outcome.kind;
      log.error({ delivery: delivery.id, why }, 'the answer of a partner was refused');
      return this.#settle(delivery, message, { kind: 'failed', cause: `the answer was refused: ${why}` });
    }
    const told = { answer: outcome.message.messageId };
    const ended = arrow({ kind: 'answered' }, message, delivery, { now: clock.now(), vault }, told);
    if (ended === undefined) return;
    const reply = await reception.accept(outcome, { moves: ended.moves, leaves: ended.leaves });
    if (reply.status === 503 || (reply.status !== 200 && !(await this.#isSettled(delivery.id)))) {
      await this.#settle(delivery, message, { kind: 'in-doubt', cause: 'the answer could not be committed' });
    }
  }

  async #isSettled(id: number): Promise<boolean> {
    const now = await this.#parts.store.delivery(id);
    return now?.state === 'delivered';
  }
}
