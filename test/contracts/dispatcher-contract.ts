import { expect } from 'chai';
import type { Dispatcher } from '../../src/ports/index.js';

/** `concurrency` 2 for each partner, real clock. */
export interface OpenedDispatcher {
  readonly dispatcher: Dispatcher;
  /** Ids whose handler rejected. */
  readonly failed: readonly number[];
  close(): Promise<void>;
}

/** Every Dispatcher passes this. It waits for calls, never for time alone. */
export function dispatcherContract(name: string, open: () => Promise<OpenedDispatcher>): void {
  describe(`Dispatcher contract: ${name}`, () => {
    let opened: OpenedDispatcher;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());
    const schedule = (id: number, partner = 'EGISSO', at = Date.now()) => opened.dispatcher.schedule(id, partner, at);

    it('calls the handler for what was scheduled before and after the start', async () => {
      const calls = recorder();
      await schedule(1);
      await opened.dispatcher.start(calls.handle);
      await schedule(2);
      await calls.count(2);
      expect(calls.ids().sort()).to.deep.equal([1, 2]);
    });

    it('calls not before the time asked for, earliest first', async () => {
      const calls = recorder();
      const at = Date.now() + 60;
      await schedule(1, 'EGISSO', at);
      await schedule(2, 'EGISSO', at - 30);
      await opened.dispatcher.start(calls.handle);
      await calls.count(2);
      expect(calls.ids()).to.deep.equal([2, 1]);
      expect(calls.times()[1]).to.be.at.least(at);
    });

    it('moves the time of an id it knows, and calls once', async () => {
      const calls = recorder();
      await opened.dispatcher.start(calls.handle);
      await schedule(1, 'EGISSO', Date.now() + 3_600_000);
      await schedule(1);
      await schedule(2, 'EGISSO', Date.now() + 40);
      await calls.count(2);
      expect(calls.ids()).to.deep.equal([1, 2]);
    });

    it('runs at most two of one partner at once and lets no partner wait for another', async () => {
      const calls = recorder({ hold: true });
      await opened.dispatcher.start(calls.handle);
      for (const id of [1, 2, 3]) await schedule(id, 'EGISSO');
      await schedule(4, 'PFR');
      await calls.count(3);
      expect(calls.ids().filter((id) => id < 4)).to.have.length(2);
      expect(calls.ids()).to.include(4);
      calls.release();
      await calls.count(4);
      expect(calls.ids().sort()).to.deep.equal([1, 2, 3, 4]);
    });

    it('runs an id again when it is scheduled while it runs, and never beside itself', async () => {
      const calls = recorder({ hold: true });
      await opened.dispatcher.start(calls.handle);
      await schedule(1);
      await calls.count(1);
      await schedule(1);
      await schedule(2);
      await calls.count(2);
      expect(calls.ids()).to.deep.equal([1, 2]);
      calls.release();
      await calls.count(3);
      expect(calls.ids()).to.deep.equal([1, 2, 1]);
    });

    it('goes on after a handler rejects', async () => {
      const calls = recorder({ reject: 1 });
      await opened.dispatcher.start(calls.handle);
      await schedule(1);
      await calls.count(1);
      await schedule(2);
      await calls.count(2);
      expect(opened.failed).to.deep.equal([1]);
    });

    it('asks the gate before each call, keeps a partner back as long as told, and lets the others go', async () => {
      const calls = recorder();
      const until = Date.now() + 80;
      const asked: string[] = [];
      await opened.dispatcher.start(calls.handle, (partner) => {
        asked.push(partner);
        return partner === 'EGISSO' && Date.now() < until ? until : undefined;
      });
      await schedule(1, 'EGISSO');
      await schedule(2, 'EGISSO');
      await schedule(3, 'PFR');
      await calls.count(3);
      expect(calls.ids()).to.deep.equal([3, 1, 2]);
      expect(calls.times()[1]).to.be.at.least(until);
      expect(asked.filter((p) => p === 'PFR')).to.have.length(1);
    });

    it('tells the handler whose delivery it is', async () => {
      const partners: string[] = [];
      const calls = recorder();
      await opened.dispatcher.start(async (id, partner) => {
        partners.push(partner);
        await calls.handle(id);
      });
      await schedule(1, 'FRI');
      await calls.count(1);
      expect(partners).to.deep.equal(['FRI']);
    });

    it('closes while the gate keeps a partner back', async () => {
      await opened.dispatcher.start(
        async () => {},
        () => Date.now() + 3_600_000,
      );
      await schedule(1);
      await opened.dispatcher.close();
    });

    it('closes only when what runs has ended, and starts nothing after', async () => {
      const calls = recorder({ hold: true });
      await opened.dispatcher.start(calls.handle);
      for (const id of [1, 2, 3]) await schedule(id);
      await calls.count(2);
      let closed = false;
      const closing = opened.dispatcher.close().then(() => {
        closed = true;
      });
      await new Promise(setImmediate);
      expect(closed).to.equal(false);
      calls.release();
      await closing;
      expect(calls.ended()).to.equal(2);
      expect(calls.ids()).to.have.length(2);
    });
  });
}

interface Recorder {
  handle(id: number): Promise<void>;
  ids(): number[];
  times(): number[];
  ended(): number;
  /** Resolves at the n-th call. */
  count(n: number): Promise<void>;
  release(): void;
}

function recorder(options: { hold?: boolean; reject?: number } = {}): Recorder {
  const calls: { id: number; time: number }[] = [];
  const gate = Promise.withResolvers<void>();
  if (!options.hold) gate.resolve();
  let ended = 0;
  let waiting: { n: number; resolve: () => void }[] = [];
  return {
    handle: async (id) => {
      calls.push({ id, time: Date.now() });
      for (const { n, resolve } of waiting) if (calls.length >= n) resolve();
      waiting = waiting.filter(({ n }) => n > calls.length);
      if (options.reject === id) throw new Error('rejected by the test');
      await gate.promise;
      ended++;
    },
    ids: () => calls.map(({ id }) => id),
    times: () => calls.map(({ time }) => time),
    ended: () => ended,
    count: (n) => (calls.length >= n ? Promise.resolve() : new Promise((resolve) => waiting.push({ n, resolve }))),
    release: () => gate.resolve(),
  };
}
