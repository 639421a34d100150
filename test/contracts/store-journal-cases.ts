import { expect } from 'chai';
import type { Store } from '../../src/ports/index.js';
import { rootOfLeaves } from './plain-sequencer.js';
import { accept, commitOk, leaf, request, response } from './work.js';

export function storeJournalCases(store: () => Store): void {
  describe('the journal', () => {
    it('numbers leaves without gaps, in the order of the commits', async () => {
      const first = await commitOk(store(), { leaves: [leaf('refused'), leaf('refusals-counted')] });
      const second = await commitOk(store(), request());
      expect([first.indexes, second.indexes]).to.deep.equal([[0, 1], [2]]);
      expect(second.checkpoint.size).to.equal(3);
      expect((await store().record(1))!.kind).to.equal('refusals-counted');
    });

    it('finds records by exchange and by message and kind', async () => {
      const { message } = await accept(store());
      const answer = response(message);
      await commitOk(store(), answer);
      expect((await store().recordsOf(message.messageId)).map(({ index }) => index)).to.deep.equal([0, 1]);
      expect((await store().recordOf(answer.message.messageId, 'accepted'))!.index).to.equal(1);
      expect(await store().recordOf(answer.message.messageId, 'failed')).to.equal(undefined);
      expect((await store().message(answer.message.messageId))!.leaf).to.equal(1);
    });

    it('points a message at its accepted leaf even when another stands before it', async () => {
      const work = request();
      await commitOk(store(), { ...work, leaves: [leaf('checked', work.message), ...work.leaves] });
      expect((await store().message(work.message.messageId))!.leaf).to.equal(1);
    });

    it('keeps leaves and level hashes whose root is the checkpoint’s, at every size', async () => {
      for (let size = 1; size <= 20; size++) {
        await commitOk(store(), { leaves: [leaf('leased')] });
        const checkpoint = (await store().checkpoint())!;
        const leaves = await store().leaves(0, size);
        expect(checkpoint.size).to.equal(size);
        expect(Buffer.from(checkpoint.root)).to.deep.equal(rootOfLeaves(leaves));
      }
      for (const [level, count] of [20, 10, 5, 2, 1, 0].entries()) {
        expect(await store().hashes(level, 0, 100), `level ${level}`).to.have.length(count);
      }
      const leaves = await store().leaves(8, 12);
      expect(Buffer.from((await store().hashes(2, 2, 3))[0]!)).to.deep.equal(rootOfLeaves(leaves));
    });

    it('commits without leaves under the checkpoint that stands', async () => {
      const empty = await commitOk(store(), { leaves: [] });
      expect(empty.checkpoint.size).to.equal(0);
      expect(await store().checkpoint()).to.equal(undefined);
      const { checkpoint } = await commitOk(store(), { leaves: [leaf('leased')] });
      expect((await commitOk(store(), { leaves: [] })).checkpoint.note).to.equal(checkpoint.note);
    });
  });
}
