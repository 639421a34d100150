/** The mailbox where writes fail: known, unknown and written, unknown and not written. What is handed out is never lost, nor twice. */
import { expect } from 'chai';
import { createMemoryStore, type MemoryStore } from '../../src/drivers/store-memory/index.js';
import { fault } from '../../src/faults/index.js';
import { type Answer, type Job, type JobResult, Mailboxes, type Polled } from '../../src/pipeline/index.js';
import type { Workers } from '../../src/ports/index.js';
import { createSequencer } from '../contracts/plain-sequencer.js';
import { accept, bytes, NOW } from '../contracts/work.js';
import { TestVault } from '../journal/vault.js';

const LEASE = 60_000;

describe('a mailbox whose store fails', () => {
  let store: MemoryStore;
  let now: number;
  let polls: number;
  let work: (job: Extract<Job, { job: 'hand-out' }>) => Awaited<ReturnType<Workers<Job, JobResult>['run']>>;
  let putAside: string[];

  beforeEach(() => {
    store = createMemoryStore(createSequencer());
    now = NOW;
    polls = 0;
    putAside = [];
    work = ({ message }) => ({ ok: true, result: { job: 'hand-out', answer: answerOf(message.messageId) } });
  });
  afterEach(() => store.close());

  function mailboxes(): Mailboxes {
    return new Mailboxes({
      store,
      workers: { run: async (job) => work(job as Extract<Job, { job: 'hand-out' }>), close: async () => {} },
      clock: { now: () => now },
      vault: new TestVault(),
      log: { info: () => {}, warn: () => {}, error: () => {} },
      lease: LEASE,
      pollWindow: 20 * 60_000,

      pollHorizon: { read: () => 0, raise: () => {} },
      putAside: async ({ messageId }) => void putAside.push(messageId),
    });
  }
  function poll(): Polled {
    polls++;
    const digest = bytes(`poll ${polls}`);
    const about = { version: '1.2', operation: 'GetRequest', caller: 'EGISSO', mailbox: 'requests' } as const;
    return { kind: 'polled', ...about, timestamp: now, pollDigest: digest, config: '' };
  }
  const ack = (messageId: string, accepted = true) =>
    ({ kind: 'acknowledged', version: '1.2', caller: 'EGISSO', messageId, accepted }) as const;
  const idIn = (answer: Answer) => (answer.status === 200 ? Buffer.from(answer.body).toString() : `${answer.status}`);
  const outcome = (promise: Promise<unknown>) =>
    promise.then(
      () => 'answered',
      (error: Error) => error.name,
    );
  const isEmpty = (answer: Answer) => /<ns2:GetRequestResponse[^>]*><\/ns2:GetRequestResponse>/.test(idIn(answer));

  it('a lease that was not written leaves the message for the next poll', async () => {
    const { message } = await accept(store);
    const mailbox = mailboxes();
    store.failNext('not-written');
    expect(await outcome(mailbox.handOut(poll()))).to.equal('OutcomeUnknown');
    expect(idIn(await mailbox.handOut(poll()))).to.equal(message.messageId);
  });

  it('a lease that was written though nobody was told comes back to its own poll at once, to others after it ends', async () => {
    const { message } = await accept(store);
    const mailbox = mailboxes();
    const lost = poll();
    store.failNext('written');
    expect(await outcome(mailbox.handOut(lost))).to.equal('OutcomeUnknown');
    expect(isEmpty(await mailbox.handOut(poll())), 'it is held').to.equal(true);
    expect(idIn(await mailbox.handOut(lost))).to.equal(message.messageId);
    now += LEASE + 1;
    expect(idIn(await mailbox.handOut(poll()))).to.equal(message.messageId);
  });

  it('recovers by starting: the lease, its poll and its Ack outlive the process', async () => {
    const { message } = await accept(store);
    const lost = poll();
    store.failNext('written');
    expect(await outcome(mailboxes().handOut(lost))).to.equal('OutcomeUnknown');
    now += 1_000;
    const started = mailboxes();
    expect(idIn(await started.handOut(lost))).to.equal(message.messageId);
    expect(await started.acknowledge(ack(message.messageId))).to.equal(undefined);
    expect(isEmpty(await started.handOut(lost))).to.equal(true);
  });

  it('a store that is full for a moment is an SMEVFailure, and nothing has moved', async () => {
    const { message, delivery } = await accept(store);
    const mailbox = mailboxes();
    const first = poll();
    store.failNext('unavailable');
    expect(Buffer.from((await mailbox.handOut(first)).body).toString()).to.include('SMEVFailure');
    expect((await store.delivery(delivery))?.state).to.equal('queued');
    expect(idIn(await mailbox.handOut(first)), 'the same poll may ask again').to.equal(message.messageId);
  });

  it('an Ack that was not written may be sent again; one that was written finds nothing more to confirm', async () => {
    for (const how of ['not-written', 'written', 'unavailable'] as const) {
      const { message, delivery } = await accept(store);
      const mailbox = mailboxes();
      expect(idIn(await mailbox.handOut(poll()))).to.equal(message.messageId);
      store.failNext(how);
      const first = await outcome(mailbox.acknowledge(ack(message.messageId)));
      expect(first, how).to.equal(how === 'unavailable' ? 'answered' : 'OutcomeUnknown');
      const again = await mailbox.acknowledge(ack(message.messageId));
      const told = again === undefined ? 'taken' : Buffer.from(again.body).toString();
      expect(told, how).to.match(how === 'written' ? /TargetMessageIsNotFound/ : /^taken$/);
      expect((await store.delivery(delivery))?.state).to.equal('delivered');
    }
  });

  it('two Acks at once: one is taken', async () => {
    const { message } = await accept(store);
    const mailbox = mailboxes();
    await mailbox.handOut(poll());
    const both = await Promise.all([
      mailbox.acknowledge(ack(message.messageId)),
      mailbox.acknowledge(ack(message.messageId, false)),
    ]);
    expect(both.filter((a) => a === undefined)).to.have.length(1);
  });

  it('a worker that is busy, slow or dead is an SMEVFailure; the message waits', async () => {
    const { message } = await accept(store);
    const mailbox = mailboxes();
    const healthy = work;
    for (const why of ['busy', 'overrun', 'crashed'] as const) {
      work = () => ({ ok: false, why });
      expect((await mailbox.handOut(poll())).status).to.equal(why === 'busy' ? 503 : 500);
    }
    work = healthy;
    expect(idIn(await mailbox.handOut(poll()))).to.equal(message.messageId);
  });

  it('a message that cannot be expressed and cannot be put aside either does not hold up the others, nor the poll', async () => {
    const first = await accept(store);
    const second = await accept(store);
    const mailbox = mailboxes();
    work = ({ message }) => ({
      ok: true,
      result: {
        job: 'hand-out',
        answer:
          message.messageId === first.message.messageId
            ? { cannot: fault('InvalidContent', 'нет') }
            : answerOf(message.messageId),
      },
    });
    expect(idIn(await mailbox.handOut(poll()))).to.equal(second.message.messageId);
    expect(isEmpty(await mailbox.handOut(poll()))).to.equal(true);
    expect(putAside, 'tried at each poll').to.deep.equal([first.message.messageId, first.message.messageId]);
  });

  it('polls at once share nothing: each message goes to one, and a failed write to the next', async () => {
    const made = [await accept(store), await accept(store), await accept(store)];
    const mailbox = mailboxes();
    store.failNext('not-written');
    const outcomes = await Promise.allSettled([
      mailbox.handOut(poll()),
      mailbox.handOut(poll()),
      mailbox.handOut(poll()),
    ]);
    const got = outcomes.flatMap((o) => (o.status === 'fulfilled' ? [idIn(o.value)] : []));
    expect(got).to.have.length(2);
    got.push(idIn(await mailbox.handOut(poll())));
    expect(got.sort()).to.deep.equal(made.map((m) => m.message.messageId).sort());
  });
});

function answerOf(messageId: string): Answer {
  return { status: 200, contentType: 'text/xml', body: Buffer.from(messageId) };
}
