/** A broadcast to a subscriber that is pushed to: its answer ends the delivery and becomes no message. */
import { expect } from 'chai';
import { DEFAULT_POLICY } from '../../src/delivery/index.js';
import { createMemoryStore } from '../../src/drivers/store-memory/index.js';
import { Outbound, PartnerGates } from '../../src/pipeline/index.js';
import type { Handle, PartnerAnswer } from '../../src/ports/index.js';
import { createSequencer } from '../contracts/plain-sequencer.js';
import { accept, NOW } from '../contracts/work.js';
import { TestVault } from '../journal/vault.js';
import { NO_FILES } from './no-files.js';

const ANSWERS: readonly [PartnerAnswer, string][] = [
  [{ kind: 'answered', content: '<a/>', attachments: [] }, 'delivered'],
  [{ kind: 'rejected', code: 'FAILURE', description: '' }, 'delivered'],
  [{ kind: 'later', cause: 'busy' }, 'queued'],
  [{ kind: 'failed', cause: 'never' }, 'failed'],
];

describe('a broadcast that is pushed', () => {
  for (const [answer, state] of ANSWERS)
    it(`is ${state} when its partner says ${answer.kind}`, async () => {
      const store = createMemoryStore(createSequencer());
      const { message, delivery } = await accept(store, { meta: { broadcast: 'true' } }, { road: 'push', dueAt: NOW });
      let handle: Handle = async () => {};
      const unexpected = async () => expect.fail('a broadcast has no answer');
      const outbound = new Outbound({
        files: NO_FILES,
        store,
        workers: {
          run: async (job) => {
            if (job.job !== 'open-for-partner') throw new Error(job.job);
            // What is delivered is the adapter's affair, and this one looks at nothing.
            return { ok: true, result: { job: 'open-for-partner', delivery: { files: [] } as never } };
          },
          close: async () => {},
        },
        clock: { now: () => NOW },
        vault: new TestVault(),
        log: { info: () => {}, warn: () => {}, error: () => {} },
        dispatcher: {
          schedule: async () => {},
          start: async (given) => {
            handle = given;
          },
          close: async () => {},
        },
        gates: new PartnerGates({ policyOf: () => DEFAULT_POLICY, offset: () => 0, changed: () => {} }),
        adapters: new Map([
          ['EGISSO', { partner: 'EGISSO', deliver: async () => answer, ask: async () => expect.fail('not in doubt') }],
        ]),
        reception: { judge: unexpected, accept: unexpected },
        random: () => 0,
        newMessageId: () => expect.fail('no answer is made'),
        callLimit: 1_000,
      });
      await outbound.start();
      await handle(delivery, 'EGISSO');
      await outbound.close();
      expect((await store.delivery(delivery))?.state).to.equal(state);
      expect(await store.messagesOf(message.messageId)).to.have.length(1);
      await store.close();
    });
});
