import { expect } from 'chai';
import { createMemoryStore } from '../../src/drivers/store-memory/index.js';
import { AnswerWatch } from '../../src/pipeline/index.js';
import { createSequencer } from '../contracts/plain-sequencer.js';
import { accept, commitOk, NOW, response } from '../contracts/work.js';

describe('the watch over answers', () => {
  it('tells of each overdue answer once, and of none that came', async () => {
    const store = createMemoryStore(createSequencer());
    const told: unknown[] = [];
    let now = NOW;
    const log = { info: () => {}, error: () => {}, warn: (about: object) => void told.push(about) };
    const watch = new AnswerWatch({ store, clock: { now: () => now }, log });
    const answerBy = (ms: number) => ({ meta: { answerBy: new Date(NOW + ms).toISOString() } });
    const late = await accept(store, answerBy(1_000));
    const answered = await accept(store, answerBy(1_000));
    await commitOk(store, response(answered.message));
    await accept(store, answerBy(90_000));
    await watch.look();
    expect(told).to.deep.equal([]);
    now += 60_000;
    await watch.look();
    now += 10_000;
    await watch.look();
    expect(told.map((t) => (t as { messageId: string }).messageId)).to.deep.equal([late.message.messageId]);
    now += 60_000;
    await watch.look();
    expect(told).to.have.length(2);
    await store.close();
  });
});
