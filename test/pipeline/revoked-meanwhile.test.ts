/** An envelope whose snapshot is revoked between judgement and commit: judged again, never lost, never committed under the old one. */
import { expect } from 'chai';
import { createMemoryStore, type MemoryStore } from '../../src/drivers/store-memory/index.js';
import { fault } from '../../src/faults/index.js';
import {
  type Accepted,
  type Job,
  type JobResult,
  MarkUse,
  type Outcome,
  Quotas,
  Reception,
  type ReceptionParts,
  RefusalCounter,
} from '../../src/pipeline/index.js';
import type { Workers } from '../../src/ports/index.js';
import { createSequencer } from '../contracts/plain-sequencer.js';
import { NOW, request } from '../contracts/work.js';
import { TestVault } from '../journal/vault.js';

const ENVELOPE = { version: '1.2', contentType: 'text/xml', body: Uint8Array.of(60, 97, 47, 62) } as const;
const answer = { status: 200, contentType: 'text/xml', body: new Uint8Array() };

describe('an envelope judged under a snapshot that is revoked meanwhile', () => {
  let store: MemoryStore;
  let bodies: string[];
  let verdicts: (() => Promise<Outcome>)[];
  beforeEach(async () => {
    store = createMemoryStore(createSequencer());
    await store.saveSnapshot('old', '{}');
    bodies = [];
  });
  afterEach(() => store.close());

  const revokeOld = () => store.commit({ leaves: [], snapshot: { hash: 'new', json: '{"v":1}', revokes: ['old'] } });
  const accepted = (judgedUnder: string): Accepted => {
    const commit = { ...request(), judgedUnder };
    return {
      kind: 'accepted',
      version: '1.2',
      operation: 'SendRequest',
      message: commit.message,
      attachmentBytes: 0,
      commit,
      answer,
    };
  };
  const refused: Outcome = {
    kind: 'refused',
    fault: fault('AccessDenied', 'нет права'),
    version: '1.2',
    answer: { ...answer, status: 500 },
  };
  const reception = (more: Pick<ReceptionParts, 'catchUp' | 'isAway'> = {}) =>
    new Reception({
      store,
      workers: {
        run: async (job: Job) => {
          const { envelope } = job as Extract<Job, { job: 'judge' }>;
          bodies.push(Buffer.from(envelope.body).toString());
          return { ok: true, result: { job: 'judge', outcome: await verdicts.shift()!() } as JobResult };
        },
        close: async () => {},
      } as unknown as Workers<Job, JobResult>,
      mailboxes: undefined as unknown as ReceptionParts['mailboxes'],
      refusals: new RefusalCounter(),
      quotas: new Quotas({
        clock: { now: () => NOW },
        ledger: { read: () => undefined, write: () => {} },
        offset: () => 0,
        quotaOf: () => undefined,
      }),
      use: new MarkUse({ store, clock: { now: () => NOW }, vault: new TestVault(), offset: () => 0 }),
      clock: { now: () => NOW },
      vault: new TestVault(),
      log: { info: () => {}, warn: () => {}, error: () => {} },
      address: () => '',
      committed: () => {},
      ...more,
    });

  it('is judged again from the same octets, and gets the refusal that holds now', async () => {
    const late = accepted('old');
    verdicts = [
      async () => {
        await revokeOld();
        return late;
      },
      async () => refused,
    ];
    expect((await reception().receive(ENVELOPE, '')).status).to.equal(500);
    expect(bodies).to.deep.equal(['<a/>', '<a/>']);
    expect(await store.message(late.message.messageId)).to.equal(undefined);
  });

  it('is accepted by its second judgement where it still may be sent', async () => {
    const [late, again] = [accepted('old'), accepted('new')];
    verdicts = [
      async () => {
        await revokeOld();
        return late;
      },
      async () => again,
    ];
    expect((await reception().receive(ENVELOPE, '')).status).to.equal(200);
    expect(await store.message(again.message.messageId)).to.not.equal(undefined);
  });

  it('is not judged for ever: after five times it may come again later', async () => {
    await revokeOld();
    verdicts = Array.from({ length: 9 }, () => async () => accepted('old'));
    const reply = await reception().receive(ENVELOPE, '');
    expect([reply.status, reply.headers['Retry-After'], bodies.length]).to.deep.equal([503, '1', 5]);
  });

  it('is judged again only when this process knows what another one put in force', async () => {
    const [late, again] = [accepted('old'), accepted('new')];
    await revokeOld();
    let known = 'old';
    verdicts = [async () => late, async () => (known === 'new' ? again : late)];
    const catchUp = async () => {
      known = 'new';
    };
    expect((await reception({ catchUp }).receive(ENVELOPE, '')).status).to.equal(200);
    expect(bodies).to.have.length(2);
  });
});

describe('an envelope that comes while the store is away', () => {
  it('is asked to come again later, before anything is judged', async () => {
    const unused = undefined as never;
    const reception = new Reception({
      store: unused,
      workers: { run: async () => expect.fail('nothing is to be judged'), close: async () => {} } as never,
      mailboxes: unused,
      refusals: new RefusalCounter(),
      quotas: unused,
      use: unused,
      clock: { now: () => NOW },
      vault: new TestVault(),
      log: { info: () => {}, warn: () => {}, error: () => {} },
      address: () => '',
      committed: () => {},
      isAway: () => true,
    });
    const reply = await reception.receive(ENVELOPE, '');
    expect([reply.status, reply.headers['Retry-After']]).to.deep.equal([503, '1']);
  });
});
