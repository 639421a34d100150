import { isToldOut } from '../delivery/index.js';
import { emptyAnswer } from '../envelope/index.js';
import { type Fault, fault, smevFailure } from '../faults/index.js';
import type { Clock, Committed, KeyVault, Log, Store, StoredDelivery, StoredMessage, Workers } from '../ports/index.js';
import { overloaded, soapAnswer, soapFault } from './answers.js';
import { type Arrow, arrow } from './arrow.js';
import { Defect } from './defect.js';
import { fileReferences } from './file-references.js';
import type { Acknowledged, Answer, Job, JobResult, Polled } from './outcome.js';
import { commitOrUnknown } from './outcome-unknown.js';
import { type PollHorizon, PollMemory } from './poll-memory.js';

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
  /** Absent where the store remembers for all processes which polls were answered. */
  readonly pollHorizon?: PollHorizon;
  /** Puts a message aside that cannot be handed out, and tells its sender why. */
  putAside(message: StoredMessage, delivery: StoredDelivery, why: Fault): Promise<void>;
}

/** A reader of files gets more time, as the real system gives. */
const LEASES_FOR_FILES = 4;

/** Why a candidate was not handed out: somebody moved it meanwhile, so look again; or this poll is to go past it. */
type NotTaken = 'moved' | 'passed';

/** The pull side: one message a poll, leased until Ack, oldest first. */
export class Mailboxes {
  readonly #parts: MailboxParts;
  readonly #memory: PollMemory;
  /** Deliveries being handed out right now by this process; the compare-and-set of the commit guards against others. */
  readonly #reserved = new Set<number>();
  readonly #inFlight = new Map<string, Promise<Answer>>();

  constructor(parts: MailboxParts) {
    this.#parts = parts;
    this.#memory = new PollMemory(parts.clock.now(), parts.pollWindow, parts.pollHorizon);
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
    const again = await this.#answerAgain(poll);
    if (again !== undefined) return again;
    if (this.#memory.isStale(key, poll.timestamp, clock.now())) return empty(poll);
    const isOurs = await store.ownsPoll?.(poll.pollDigest, poll.timestamp + this.#parts.pollWindow);
    // Another process answers it, or did: with a message of its own, or with none.
    if (isOurs === false) return (await this.#answerAgain(poll)) ?? empty(poll);
    const passed: number[] = [];
    for (;;) {
      const candidate = await store.nextInMailbox({
        recipient: poll.caller,
        mailbox: poll.mailbox,
        ...(poll.format === undefined ? {} : { format: poll.format }),
        ...(poll.nodeId === undefined ? {} : { nodeId: poll.nodeId }),
        now: clock.now(),
        except: [...this.#reserved, ...passed],
      });
      // Taken by a poll that looked at the same time: what is left is asked for again.
      if (candidate !== undefined && this.#reserved.has(candidate.id)) continue;
      const answer = candidate === undefined ? empty(poll) : await this.#lease(poll, candidate);
      if (answer === 'moved') continue;
      if (answer === 'passed') passed.push(candidate!.id);
      else {
        // Answered once, this poll never gets another message, not even when its own is leased by a later one.
        if (answer.status === 200) this.#memory.remember(key, poll.timestamp, clock.now());
        return answer;
      }
    }
  }

  /** What a poll gets that has led to a message before. */
  async #answerAgain(poll: Polled): Promise<Answer | undefined> {
    const { store, clock } = this.#parts;
    const again = await store.leasedByPoll(poll.pollDigest);
    if (again === undefined) return undefined;
    // GetRequest and GetResponse sign the same selector: sent as the other operation, a poll gets nothing.
    const held = again.state === 'leased' && (again.leasedUntil ?? 0) > clock.now() && again.mailbox === poll.mailbox;
    return held ? this.#compose(poll, again) : empty(poll);
  }

  async #lease(poll: Polled, delivery: StoredDelivery): Promise<Answer | NotTaken> {
    this.#reserved.add(delivery.id);
    try {
      const message = await this.#parts.store.message(delivery.messageId);
      if (message === undefined) throw new Defect(`delivery ${delivery.id} has no message`);
      if (isToldOut(delivery)) return await this.#endTelling(delivery, message);
      const answer = await this.#compose(poll, delivery, message);
      if (answer.status === 0) return 'passed';
      return answer.status === 200 ? await this.#take(poll, delivery, message, answer) : answer;
    } finally {
      this.#reserved.delete(delivery.id);
    }
  }

  /** Signed first, then committed, then released. */
  async #take(
    poll: Polled,
    delivery: StoredDelivery,
    message: StoredMessage,
    answer: Answer,
  ): Promise<Answer | NotTaken> {
    const { clock, lease } = this.#parts;
    const now = clock.now();
    const lapsed =
      delivery.state === 'leased' ? arrow({ kind: 'time-passed' }, message, delivery, this.#at(now)) : undefined;
    // Where the lease ran out and nobody swept it up yet, both arrows go in one commit.
    const free: StoredDelivery = lapsed === undefined ? delivery : { ...delivery, state: lapsed.step.to };
    const event = {
      kind: 'handed-out',
      leasedUntil: now + lease * (fileReferences(message).length > 0 ? LEASES_FOR_FILES : 1),
      pollDigest: poll.pollDigest,
    } as const;
    const taken = arrow(event, message, free, this.#at(now), { operation: poll.operation });
    if (taken === undefined) return 'moved';
    const arrows = [...(lapsed === undefined ? [] : [lapsed]), taken];
    const done = await this.#commit(arrows, poll.config);
    if (done.ok) return answer;
    if (done.conflict === 'moved') return 'moved';
    // The caller may have lost its certificate meanwhile: the poll's next try is judged anew.
    if (done.conflict === 'snapshot') return overloaded(poll.version);
    return this.#failure(poll, `the lease was not written: ${done.detail ?? done.conflict}`);
  }

  /** A status told as often as one is, whose last lease ran out before the sweeper came. */
  async #endTelling(delivery: StoredDelivery, message: StoredMessage): Promise<NotTaken> {
    const ended = arrow({ kind: 'time-passed' }, message, delivery, this.#at(this.#parts.clock.now()));
    if (ended !== undefined) await this.#commit([ended]);
    return 'passed';
  }

  #at(now: number) {
    return { now, vault: this.#parts.vault };
  }

  #commit(arrows: readonly Arrow[], judgedUnder?: string): Promise<Committed> {
    const moves = arrows.flatMap((a) => a.moves);
    const leaves = arrows.flatMap((a) => a.leaves);
    return commitOrUnknown(this.#parts.store, { moves, leaves, ...(judgedUnder && { judgedUnder }) });
  }

  /** The signed answer; status 0 when the message cannot be handed out and was put aside. */
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
    if (!done.ok && done.why === 'busy') return overloaded(poll.version);
    if (!done.ok) return this.#failure(poll, `hand-out ${done.why}: ${done.detail ?? ''}`);
    const answer = (done.result as Extract<JobResult, { job: 'hand-out' }>).answer;
    if ('status' in answer) return answer;
    this.#parts.log.warn(
      { messageId: message.messageId, why: answer.cannot.operator ?? answer.cannot.fault },
      'a message is put aside',
    );
    await this.#parts.putAside(message, delivery, answer.cannot);
    return { status: 0, contentType: '', body: new Uint8Array() };
  }

  /** Confirms or declines a message the caller holds; the lease may have run out if nobody else took it since. */
  async acknowledge(ack: Acknowledged): Promise<Answer | undefined> {
    const { store, clock } = this.#parts;
    const held = await this.#heldBy(ack);
    const message = held === undefined ? undefined : await store.message(held.messageId);
    if (held === undefined || message === undefined) return notFound(ack);
    const event = { kind: ack.accepted ? 'acknowledged' : 'declined' } as const;
    const confirmed = arrow(event, message, held, this.#at(clock.now()));
    if (confirmed === undefined) return notFound(ack);
    const done = await this.#commit([confirmed]);
    // The sweeper took the lease back between reading and writing: nobody else holds the message, so the Ack counts.
    if (!done.ok && done.conflict === 'moved' && held.state === 'leased') return this.acknowledge(ack);
    if (done.ok) return undefined;
    return done.conflict === 'moved'
      ? notFound(ack)
      : this.#failure(ack, `the Ack was not written: ${done.detail ?? done.conflict}`);
  }

  /** GetStatus tells no MessageId of the status itself: it is confirmed by the id of the message it is about. */
  async #heldBy({ messageId, caller }: Acknowledged): Promise<StoredDelivery | undefined> {
    const { store } = this.#parts;
    const heldOf = async (id: string) =>
      (await store.deliveriesOf(id)).find(
        (d) =>
          d.recipient === caller &&
          d.road === 'pull' &&
          (d.state === 'leased' || (d.state === 'queued' && d.attempts > 0)),
      );
    const held = await heldOf(messageId);
    if (held !== undefined) return held;
    const about = await store.message(messageId);
    if (about?.sender !== caller) return undefined;
    const statuses = (await store.messagesOf(about.exchange)).filter(
      (m) => m.kind === 'async-status' && m.meta.about === messageId,
    );
    for (const { messageId: id } of statuses) {
      const told = await heldOf(id);
      if (told?.mailbox === 'statuses') return told;
    }
    return undefined;
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
