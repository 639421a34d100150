import { ackAnswer, queueStatistics } from '../envelope/index.js';
import { type Fault, fault, smevFailure } from '../faults/index.js';
import { sealLeaf } from '../journal/index.js';
import type { Clock, Commit, Committed, KeyVault, Log, Store, Workers } from '../ports/index.js';
import { overloaded, soapAnswer, soapFault } from './answers.js';
import { commitMessage } from './commit-broadcast.js';
import type { Mailboxes } from './mailboxes.js';
import type { MarkUse } from './mark-use.js';
import type { Accepted, Answer, Counted, EnvelopeBytes, Job, JobResult, Outcome } from './outcome.js';
import { commitOrUnknown } from './outcome-unknown.js';
import type { Quotas } from './quotas.js';
import { recordTime } from './records.js';
import type { RefusalCounter } from './refusal-counter.js';

/** An answer with the headers only an accepted message has. */
export interface Reply extends Answer {
  readonly headers: Readonly<Record<string, string>>;
}

export interface ReceptionParts {
  readonly store: Store;
  readonly workers: Workers<Job, JobResult>;
  readonly mailboxes: Mailboxes;
  readonly refusals: RefusalCounter;
  readonly quotas: Quotas;
  readonly use: MarkUse;
  readonly clock: Clock;
  readonly vault: KeyVault;
  readonly log: Log;
  /** Where what was judged by is revoked: another process may have changed it, and this one must know before it judges again. */
  catchUp?(): Promise<void>;
  /** Whether the store is out of reach: the caller is asked to come again, before anything is judged. */
  isAway?(): boolean;
  /** Base URL of this server, for receipt links. */
  address(): string;
  /** Called after a commit that made deliveries: wakes the dispatcher and the late checks. */
  committed(outcome: Accepted, deliveries: readonly number[]): void;
}

/** How often an envelope is judged again because what it was judged under was revoked meanwhile. */
const MOST_JUDGEMENTS = 5;

/** What the main thread does with an envelope: judged in a worker, committed by the writer, answered only then. */
export class Reception {
  readonly #parts: ReceptionParts;

  constructor(parts: ReceptionParts) {
    this.#parts = parts;
  }

  async receive(envelope: Omit<EnvelopeBytes, 'at'>, from: string): Promise<Reply> {
    if (this.#parts.isAway?.() === true) return plain(overloaded(envelope.version));
    for (let i = 0; i < MOST_JUDGEMENTS; i++) {
      const reply = await this.#receive(envelope, from);
      if (reply !== 'revoked') return reply;
      await this.#parts.catchUp?.();
    }
    return plain(overloaded(envelope.version));
  }

  async #receive(envelope: Omit<EnvelopeBytes, 'at'>, from: string): Promise<Reply | 'revoked'> {
    const outcome = await this.judge(envelope);
    if ('status' in outcome) return plain(outcome);
    switch (outcome.kind) {
      case 'refused':
        // A refusal the store cannot take just now is counted at least.
        if (outcome.record === undefined || !(await this.#commit(outcome.record)).ok)
          this.#parts.refusals.count(outcome.fault.fault, from);
        return plain(outcome.answer);
      case 'polled':
        return plain(await this.#parts.mailboxes.handOut(outcome));
      case 'acknowledged':
        return plain((await this.#parts.mailboxes.acknowledge(outcome)) ?? soapAnswer(ackAnswer(outcome.version)));
      case 'counted':
        return plain(await this.#statistics(outcome));
      case 'accepted':
        return this.#acceptWithinQuota(outcome, from);
    }
  }

  /** Over the quota of sends nothing is journalled but a count: a flood must not fill the log. */
  async #acceptWithinQuota(outcome: Accepted, from: string): Promise<Reply | 'revoked'> {
    const { quotas, use, refusals } = this.#parts;
    const { message, attachmentBytes, version } = outcome;
    const verdict = quotas.take(message.sender, attachmentBytes);
    if (!verdict.ok && verdict.retryAfter === undefined) return plain(await this.#refuse(outcome, verdict.fault));
    if (!verdict.ok) {
      refusals.count(verdict.fault.fault, from);
      const answer = { ...soapFault(verdict.fault, version), status: 503 };
      return { ...answer, headers: { 'Retry-After': String(verdict.retryAfter) } };
    }
    const reply = await this.#accept(await use.mark(outcome));
    if (reply === 'revoked' || reply.status !== 200) quotas.giveBack(message.sender, attachmentBytes);
    return reply;
  }

  /** A line a queue: the type is its name, as the real system calls queues by. */
  async #statistics({ version, caller }: Counted): Promise<Answer> {
    const rows = await this.#parts.store.queueStatistics(caller);
    return soapAnswer(
      queueStatistics(
        version,
        rows.map(({ format, nodeId, mailbox, pending }) => ({
          queueName: [mailbox, format, nodeId].filter((t) => t !== undefined && t !== '').join(' '),
          pending,
        })),
      ),
    );
  }

  /** The worker's verdict, or the answer to give when there is none. */
  async judge(envelope: Omit<EnvelopeBytes, 'at'>): Promise<Outcome | Answer> {
    // A copy goes to the worker: where a right is revoked meanwhile, the envelope is judged again.
    const bytes = Uint8Array.from(envelope.body);
    const done = await this.#parts.workers.run(
      { job: 'judge', envelope: { ...envelope, body: bytes, at: this.#parts.clock.now() } },
      [bytes.buffer],
    );
    if (done.ok) return (done.result as Extract<JobResult, { job: 'judge' }>).outcome;
    if (done.why === 'busy') return overloaded(envelope.version);
    this.#parts.log.error({ why: done.why }, `judging an envelope failed: ${done.detail ?? ''}`);
    return soapFault(smevFailure(done.detail ?? done.why), envelope.version);
  }

  /** Commits an accepted message, with `more` in the same transaction; the answer leaves only when all of it is durable. */
  async accept(outcome: Accepted, more: Pick<Commit, 'moves' | 'leaves'>): Promise<Reply> {
    const reply = await this.#accept(outcome, more);
    return reply === 'revoked' ? plain(overloaded(outcome.version)) : reply;
  }

  /** `revoked`: what it was judged under holds no more, nothing was written. */
  async #accept(
    outcome: Accepted,
    more: Pick<Commit, 'moves' | 'leaves'> = { leaves: [] },
  ): Promise<Reply | 'revoked'> {
    const commit: Commit = {
      ...outcome.commit,
      moves: [...(outcome.commit.moves ?? []), ...(more.moves ?? [])],
      leaves: [...outcome.commit.leaves, ...more.leaves],
    };
    const done = await commitMessage(commit, outcome.message, this.#parts);
    if (!done.ok) {
      const answer = await this.#conflict(outcome, done);
      return answer === 'revoked' ? answer : plain(answer);
    }
    this.#parts.committed(outcome, done.deliveries);
    const { messageId, receiptToken } = outcome.message;
    const receipt = `${this.#parts.address()}/journal/proof/${messageId}?token=${receiptToken}`;
    return { ...outcome.answer, headers: { 'SMEV-Journal-Receipt': receipt } };
  }

  #commit(work: Commit): Promise<Committed> {
    return commitOrUnknown(this.#parts.store, work);
  }

  async #conflict(outcome: Accepted, conflict: Extract<Committed, { ok: false }>): Promise<Answer | 'revoked'> {
    const { version, message } = outcome;
    switch (conflict.conflict) {
      case 'duplicate': {
        const first = await this.#parts.store.message(message.messageId);
        const known = first === undefined ? undefined : { ...first, digest: first.digest };
        return this.#refuse(outcome, alreadySent(message.messageId, known, message.sender, message.digest));
      }
      case 'overflow':
        return this.#refuse(outcome, overflow(conflict.detail ?? ''));
      case 'moved':
        return this.#refuse(outcome, fault('RecipientIsNotFound', 'На этот запрос уже принят окончательный ответ'));
      case 'snapshot':
        return 'revoked';
      case 'unavailable':
        this.#parts.log.error({ detail: conflict.detail }, 'the store cannot take commits');
        return overloaded(version);
    }
  }

  /** A refusal found only at the commit: the caller was verified, so it gets its leaf. */
  async #refuse(outcome: Accepted, refused: Fault): Promise<Answer> {
    const { message } = outcome;
    const leaf = sealLeaf(
      {
        kind: 'refused',
        time: recordTime(this.#parts.clock.now()),
        messageId: message.messageId,
        sender: message.sender,
        fault: refused.fault,
        config: message.config,
        ...(message.format === undefined ? {} : { format: message.format }),
      },
      this.#parts.vault,
    ).leaf;
    await this.#commit({ leaves: [leaf] });
    return soapFault(refused, outcome.version);
  }
}

/** To its own sender the text tells time and whether the content is the same; to others, only that the id is taken. */
export function alreadySent(
  messageId: string,
  first: { acceptedAt: number; sender: string; digest: Uint8Array } | undefined,
  sender: string,
  digest: Uint8Array,
): Fault {
  const beginning = `Сообщение с идентификатором ${messageId} было послано ранее`;
  if (first === undefined || first.sender !== sender) return fault('MessageIsAlreadySent', `${beginning}.`);
  const same = Buffer.compare(first.digest, digest) === 0;
  const when = recordTime(first.acceptedAt);
  const sha = Buffer.from(first.digest).toString('hex');
  const verdict = same
    ? 'содержимое совпадает: повторять отправку не нужно'
    : 'содержимое ДРУГОЕ: для нового сообщения нужен новый MessageID';
  return fault(
    'MessageIsAlreadySent',
    `${beginning}: принято ${when}, SHA-256 подписанного элемента ${sha}, ${verdict}.`,
  );
}

function overflow(destination: string): Fault {
  return fault('DestinationOverflow', 'Очередь получателя переполнена. Повторяйте отправку с тем же MessageID позже.', {
    extra: { MessageBrokerAddress: 'smev-gateway', DestinationName: destination },
  });
}

function plain(answer: Answer): Reply {
  return { ...answer, headers: answer.status === 503 ? { 'Retry-After': '1' } : {} };
}
