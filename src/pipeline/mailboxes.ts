import { emptyAnswer } from '../envelope/index.js';
import { fault, smevFailure } from '../faults/index.js';
import type { Clock, KeyVault, Log, Store, StoredDelivery, StoredMessage, Workers } from '../ports/index.js';
import { soapAnswer, soapFault } from './answers.js';
import type { Acknowledged, Answer, Job, JobResult, Polled } from './outcome.js';
import { PollMemory } from './poll-memory.js';
import { deliveryLeaf } from './records.js';

/** What a mailbox needs; `lease` is how long a message is held for its reader, milliseconds. */
export interface MailboxParts {
  readonly store: Store;
  readonly workers: Workers<Job, JobResult>;
  readonly clock: Clock;
  readonly vault: KeyVault;
  readonly log: Log;
  readonly lease: number;
  /** How long polls are remembered: twice the permitted skew. */
  readonly pollWindow: number;
  /** Tells the sender that its message cannot be handed out, and why. */
  inexpressible(message: StoredMessage, delivery: StoredDelivery, reason: string): Promise<void>;
}

/** A status read through GetStatus needs no Ack: unconfirmed, it comes back this many times in all. */
const STATUS_HAND_OUTS = 3;

/** The pull side: one message a poll, leased until Ack, oldest first. */
export class Mailboxes {
  readonly #parts: MailboxParts;
  readonly #memory: PollMemory;
  /** Deliveries being handed out right now by this process; the compare-and-set of the commit guards against others. */
  readonly #reserved = new Set<number>();
  readonly #inFlight = new Map<string, Promise<Answer>>();

  constructor(parts: MailboxParts) {
    this.#parts = parts;
    this.#memory = new PollMemory(parts.clock.now(), parts.pollWindow);
  }

  /** Answers a verified poll. The same signed poll gets the same message while it is leased, and never another one. */
  handOut(poll: Polled): Promise<Answer> {
    const key = Buffer.from(poll.pollDigest).toString('latin1');
    const running = this.#inFlight.get(key);
    if (running !== undefined) return running;
    const answer = this.#answer(poll, key).finally(() => this.#inFlight.delete(key));
    this.#inFlight.set(key, answer);
    return answer;
  }

  async #answer(poll: Polled, key: string): Promise<Answer> {
    const { store, clock } = this.#parts;
    const again = await store.leasedByPoll(poll.pollDigest);
    if (again !== undefined) {
      const held = again.state === 'leased' && (again.leasedUntil ?? 0) > clock.now();
      return held ? this.#compose(poll, again) : empty(poll);
    }
    if (this.#memory.isStale(key, poll.timestamp, clock.now())) return empty(poll);
    for (;;) {
      const candidate = await store.nextInMailbox({
        recipient: poll.caller,
        mailbox: poll.mailbox,
        ...(poll.format === undefined ? {} : { format: poll.format }),
        ...(poll.nodeId === undefined ? {} : { nodeId: poll.nodeId }),
        now: clock.now(),
        except: [...this.#reserved],
      });
      if (candidate === undefined) {
        this.#memory.remember(key, clock.now());
        return empty(poll);
      }
      const answer = await this.#lease(poll, candidate);
      if (answer !== undefined) return answer;
    }
  }

  /** Signed first, then committed, then released: undefined when somebody else took the delivery meanwhile. */
  async #lease(poll: Polled, delivery: StoredDelivery): Promise<Answer | undefined> {
    const { store, clock, vault, lease } = this.#parts;
    this.#reserved.add(delivery.id);
    try {
      const message = await store.message(delivery.messageId);
      if (message === undefined) throw new Error(`delivery ${delivery.id} has no message`);
      const answer = await this.#compose(poll, delivery, message);
      if (answer.status === 0) return undefined;
      if (answer.status !== 200) return answer;
      const now = clock.now();
      const last = poll.operation === 'GetStatus' && delivery.attempts + 1 >= STATUS_HAND_OUTS;
      const lapsed = delivery.state === 'leased' ? [deliveryLeaf('lease-expired', message, delivery, now, vault)] : [];
      const done = await store.commit({
        moves: [
          {
            delivery: delivery.id,
            from: ['queued', 'leased'],
            ifAttempts: delivery.attempts,
            to: last ? 'delivered' : 'leased',
            attempts: delivery.attempts + 1,
            leasedUntil: now + lease,
            pollDigest: poll.pollDigest,
          },
        ],
        leaves: [...lapsed, deliveryLeaf('leased', message, delivery, now, vault, { operation: poll.operation })],
      });
      if (done.ok) return answer;
      return done.conflict === 'moved'
        ? undefined
        : this.#failure(poll, `the lease was not written: ${done.detail ?? done.conflict}`);
    } finally {
      this.#reserved.delete(delivery.id);
    }
  }

  /** The signed answer; status 0 when the message cannot be expressed in the poll's version and was put aside. */
  async #compose(poll: Polled, delivery: StoredDelivery, known?: StoredMessage): Promise<Answer> {
    const { store, workers, clock } = this.#parts;
    const message = known ?? (await store.message(delivery.messageId));
    const body = message === undefined ? undefined : await store.body(message.bodyId);
    if (message === undefined || body === undefined)
      return this.#failure(poll, `the body of ${delivery.messageId} is missing`);
    const request = message.exchange === message.messageId ? undefined : await store.message(message.exchange);
    const done = await workers.run({
      job: 'hand-out',
      poll,
      message,
      body,
      at: clock.now(),
      ...(request === undefined ? {} : { request }),
    });
    if (!done.ok) return this.#failure(poll, `hand-out ${done.why}: ${done.detail ?? ''}`);
    const answer = (done.result as Extract<JobResult, { job: 'hand-out' }>).answer;
    if ('status' in answer) return answer;
    await this.#parts.inexpressible(message, delivery, answer.inexpressible);
    return { status: 0, contentType: '', body: new Uint8Array() };
  }

  /** Confirms or declines a message the caller holds; the lease may have run out if nobody else took it since. */
  async acknowledge(ack: Acknowledged): Promise<Answer | undefined> {
    const { store, clock, vault } = this.#parts;
    const mine = (await store.deliveriesOf(ack.messageId)).filter(
      (d) => d.recipient === ack.caller && d.road === 'pull',
    );
    const held = mine.find((d) => d.state === 'leased' || (d.state === 'queued' && d.attempts > 0));
    const message = held === undefined ? undefined : await store.message(ack.messageId);
    if (held === undefined || message === undefined) return notFound(ack);
    const kind = ack.accepted ? 'acknowledged' : 'not-accepted';
    const done = await store.commit({
      moves: [
        {
          delivery: held.id,
          from: ['leased', 'queued'],
          ifAttempts: held.attempts,
          to: ack.accepted ? 'delivered' : 'not-accepted',
        },
      ],
      leaves: [deliveryLeaf(kind, message, held, clock.now(), vault)],
    });
    if (done.ok) return undefined;
    return done.conflict === 'moved'
      ? notFound(ack)
      : this.#failure(ack, `the Ack was not written: ${done.detail ?? done.conflict}`);
  }

  #failure(to: { version: Polled['version']; caller: string }, operator: string): Answer {
    this.#parts.log.error({ caller: to.caller }, operator);
    return soapFault(smevFailure(operator), to.version);
  }
}

function empty(poll: Polled): Answer {
  return soapAnswer(emptyAnswer(poll.version, poll.operation));
}

function notFound(ack: Acknowledged): Answer {
  return soapFault(
    fault('TargetMessageIsNotFound', `Сообщение ${ack.messageId} не найдено среди неподтверждённых.`),
    ack.version,
  );
}
