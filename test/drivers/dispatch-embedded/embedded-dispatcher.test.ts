import { expect } from 'chai';
import { createEmbeddedDispatcher } from '../../../src/drivers/dispatch-embedded/index.js';

/** Time that stands until it is moved. */
function handClock(now: number) {
  let timers: { at: number; call: () => void }[] = [];
  return {
    clock: { now: () => now },
    timers: {
      set: (call: () => void, ms: number) => {
        const timer = { at: now + ms, call };
        timers.push(timer);
        return timer;
      },
      clear: (timer: unknown) => {
        timers = timers.filter((other) => other !== timer);
      },
    },
    async move(to: number): Promise<void> {
      now = to;
      for (const due of timers.filter(({ at }) => at <= to)) {
        timers = timers.filter((other) => other !== due);
        due.call();
      }
      await new Promise(setImmediate);
    },
    early: () => {
      for (const { call } of timers.splice(0)) call();
    },
    pending: () => timers.length,
  };
}

describe('the embedded dispatcher', () => {
  const HOUR = 3_600_000;
  function open(now = 0) {
    const hand = handClock(now);
    const handled: number[] = [];
    const dispatcher = createEmbeddedDispatcher({ ...hand, concurrency: () => 1, onError: () => undefined });
    const start = () => dispatcher.start(async (id) => void handled.push(id));
    return { hand, handled, dispatcher, start };
  }

  it('waits longer than one timer can', async () => {
    const { hand, handled, dispatcher, start } = open();
    await start();
    const at = 60 * 24 * HOUR;
    await dispatcher.schedule(1, 'EGISSO', at);
    await hand.move(at - 1);
    expect(handled).to.deep.equal([]);
    await hand.move(at);
    expect(handled).to.deep.equal([1]);
  });

  it('looks at the clock again when a timer ends early', async () => {
    const { hand, handled, dispatcher, start } = open();
    await start();
    await dispatcher.schedule(1, 'EGISSO', HOUR);
    hand.early();
    await hand.move(HOUR - 1);
    expect([handled, hand.pending()]).to.deep.equal([[], 1]);
    await hand.move(HOUR);
    expect(handled).to.deep.equal([1]);
  });

  it('handles each of a thousand once, a partner’s in the order they came due', async () => {
    const { hand, handled, dispatcher, start } = open();
    for (let id = 1; id <= 1_000; id++) await dispatcher.schedule(id, `P${id % 7}`, 1_000 - id);
    await start();
    for (let at = 0; at <= 1_000; at++) await hand.move(at);
    expect(new Set(handled).size).to.equal(1_000);
    const ofOne = handled.filter((id) => id % 7 === 3);
    expect(ofOne).to.deep.equal([...ofOne].sort((a, b) => b - a));
  });

  it('keeps no timer once closed, and takes no more', async () => {
    const { hand, handled, dispatcher, start } = open();
    await start();
    await dispatcher.schedule(1, 'EGISSO', HOUR);
    await dispatcher.close();
    await dispatcher.schedule(2, 'EGISSO', 0);
    expect([hand.pending(), handled]).to.deep.equal([0, []]);
  });
});
