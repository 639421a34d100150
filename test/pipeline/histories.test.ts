/**
 * Random histories of deliveries: messages come, partners fail in every way, readers poll and confirm or do not, writes fail
 * known and unknown, processes restart. Whatever happens: nothing accepted is lost, nothing takes effect twice, every arrow is
 * one record.
 */
import { expect } from 'chai';
import fc from 'fast-check';
import { DEFAULT_POLICY } from '../../src/delivery/index.js';
import { createMemoryStore, type MemoryStore } from '../../src/drivers/store-memory/index.js';
import { canMove, type DeliveryState } from '../../src/message/index.js';
import { type Job, type JobResult, Mailboxes, Outbound, PartnerGates, Sweeper } from '../../src/pipeline/index.js';
import type { Commit, Handle, PartnerAdapter, PartnerAnswer } from '../../src/ports/index.js';
import { createSequencer } from '../contracts/plain-sequencer.js';
import { accept, bytes, NOW, response } from '../contracts/work.js';
import { TestVault } from '../journal/vault.js';
import { NO_FILES } from './no-files.js';

const SEED = 20261123;
const LEASE = 60_000;
const HOUR = 3_600_000;

const MOODS = ['answers', 'rejects', 'puts off', 'acts, then times out', 'times out', 'refuses for ever'] as const;
type Mood = (typeof MOODS)[number];
type Op =
  | { readonly do: 'accept'; readonly road: 'pull' | 'push'; readonly eol?: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'poll' }
  | { readonly do: 'ack'; readonly which: number; readonly accepted: boolean }
  | { readonly do: 'mood'; readonly mood: Mood; readonly remembers: boolean }
  | { readonly do: 'fail'; readonly how: 'unavailable' | 'not-written' | 'written' }
  | { readonly do: 'restart' };

const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('accept' as const), road: fc.constantFrom('pull' as const, 'push' as const), eol: fc.constantFrom(60_000, HOUR) }, { requiredKeys: ['do', 'road'] }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(10, 2_000, LEASE + 1, HOUR, 11 * 24 * HOUR) }) },
  { weight: 3, arbitrary: fc.constant({ do: 'poll' as const }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('ack' as const), which: fc.nat(20), accepted: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('mood' as const), mood: fc.constantFrom(...MOODS), remembers: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), how: fc.constantFrom('unavailable' as const, 'not-written' as const, 'written' as const) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
); // biome-ignore format: a table

/** The gateway's delivery side over a store in memory, and a world that fails as told. */
class World {
  now = NOW;
  mood: Mood = 'answers';
  remembers = true;
  readonly store: MemoryStore;
  readonly effects = new Map<string, number>();
  readonly faults: string[] = [];
  readonly accepted: { id: string; delivery: number; road: 'pull' | 'push' }[] = [];
  readonly handedOut: string[] = [];
  readonly #inDoubt = new Set<string>();
  readonly #vault = new TestVault();
  #scheduled = new Map<number, number>();
  #handle: Handle = async () => {};
  #outbound!: Outbound;
  #mailboxes!: Mailboxes;
  #sweeper!: Sweeper;
  #polls = 0;

  constructor() {
    const store = createMemoryStore(createSequencer());
    this.store = { ...store, failNext: store.failNext, commit: (work) => this.#commit(store, work) };
  }

  async start(): Promise<void> {
    const clock = { now: () => this.now };
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const { store } = this;
    const vault = this.#vault;
    const workers = { run: async (job: Job) => this.#work(job), close: async () => {} };
    this.#scheduled = new Map();
    this.#mailboxes = new Mailboxes({
      store,
      workers,
      clock,
      vault,
      log,
      lease: LEASE,
      pollWindow: 20 * 60_000,
      pollHorizon: { read: () => 0, raise: () => {} },
      putAside: async () => {},
    });
    this.#sweeper = new Sweeper({ store, clock, vault, log });
    this.#outbound = new Outbound({
      files: NO_FILES,
      store,
      workers,
      clock,
      vault,
      log,
      dispatcher: {
        schedule: async (id, _partner, at) => void this.#scheduled.set(id, at),
        start: async (handle) => {
          this.#handle = handle;
        },
        close: async () => {},
      },
      gates: new PartnerGates({ policyOf: () => DEFAULT_POLICY, offset: () => 0, changed: () => {} }),
      adapters: new Map([['EGISSO', this.#partner()]]),
      reception: {
        judge: async () => this.#answerOf(this.#answering),
        accept: async (outcome, more) => {
          const done = await store.commit({
            ...outcome.commit,
            moves: more?.moves ?? [],
            leaves: [...outcome.commit.leaves, ...(more?.leaves ?? [])],
          });
          return { status: done.ok ? 200 : 500, contentType: '', body: new Uint8Array(), headers: {} };
        },
      },
      random: () => 0.5,
      newMessageId: () => 'unused',
      callLimit: 1_000,
    });
    await this.#outbound.start();
  }

  async close(): Promise<void> {
    await this.#outbound.close();
    await this.#sweeper.close();
  }

  async run(op: Op): Promise<void> {
    switch (op.do) {
      case 'accept': {
        const expiresAt = op.eol === undefined ? {} : { expiresAt: this.now + op.eol };
        const due = op.road === 'push' ? { dueAt: this.now } : {};
        const about = { road: op.road, queuedAt: this.now, ...due, ...expiresAt };
        const { message, delivery } = await accept(this.store, { acceptedAt: this.now }, about);
        this.accepted.push({ id: message.messageId, delivery, road: op.road });
        return;
      }
      case 'wait':
        this.now += op.ms;
        return this.tick();
      case 'poll':
        return void (await this.poll());
      case 'ack': {
        const id = this.handedOut[op.which % Math.max(1, this.handedOut.length)];
        if (id !== undefined) await this.ack(id, op.accepted);
        return;
      }
      case 'mood':
        this.mood = op.mood;
        this.remembers = op.remembers;
        return;
      case 'fail':
        return this.store.failNext(op.how);
      case 'restart':
        await this.close();
        return this.start();
    }
  }

  /** One round of everything that goes by itself. */
  async tick(): Promise<void> {
    await this.#sweeper.sweep();
    for (const due of await this.store.dueDeliveries(this.now, 1_000))
      await this.#handle(due.id, due.recipient).catch(() => {});
  }

  async poll(): Promise<string | undefined> {
    this.#polls++;
    const about = {
      version: '1.2',
      operation: 'GetRequest',
      caller: 'EGISSO',
      mailbox: 'requests',
      config: 'cfg',
    } as const;
    const poll = { kind: 'polled', ...about, timestamp: this.now, pollDigest: bytes(`poll ${this.#polls}`) } as const;
    const answer = await this.#mailboxes.handOut(poll).catch(() => undefined);
    const id = answer?.status === 200 ? Buffer.from(answer.body).toString() : undefined;
    if (id === undefined || id.includes('<')) return undefined;
    this.handedOut.push(id);
    return id;
  }

  async ack(messageId: string, accepted: boolean): Promise<void> {
    await this.#mailboxes
      .acknowledge({ kind: 'acknowledged', version: '1.2', caller: 'EGISSO', messageId, accepted })
      .catch(() => undefined);
  }

  #answering = '';

  /** What it was told twice it does once; while in doubt it is only asked. */
  #partner(): PartnerAdapter {
    const answered = (messageId: string): PartnerAnswer => {
      this.#inDoubt.delete(messageId);
      this.#answering = messageId;
      return { kind: 'answered', content: '<a/>', attachments: [] };
    };
    const inDoubt = (messageId: string): PartnerAnswer => {
      this.#inDoubt.add(messageId);
      return { kind: 'in-doubt', cause: 'no answer' };
    };
    return {
      partner: 'EGISSO',
      deliver: async ({ messageId }) => {
        if (this.#inDoubt.has(messageId)) this.faults.push(`${messageId} was sent again while in doubt`);
        const acts = this.mood === 'answers' || this.mood === 'acts, then times out';
        if (acts) this.effects.set(messageId, (this.effects.get(messageId) ?? 0) + 1);
        if (this.mood === 'answers') return answered(messageId);
        if (this.mood === 'puts off') return { kind: 'later', cause: '503' };
        if (this.mood === 'refuses for ever') return { kind: 'failed', cause: '400' };
        if (this.mood === 'rejects') {
          this.#answering = messageId;
          return { kind: 'rejected', code: 'NO_DATA', description: 'нет' };
        }
        return inDoubt(messageId);
      },
      ask: async (messageId) => {
        if (!this.remembers) return { kind: 'in-doubt', cause: 'cannot say' };
        if (this.effects.has(messageId)) return answered(messageId);
        this.#inDoubt.delete(messageId);
        return { kind: 'later', cause: 'unknown there' };
      },
    };
  }

  #work(job: Job): { ok: true; result: JobResult } {
    switch (job.job) {
      case 'hand-out':
        return {
          ok: true,
          result: {
            job: 'hand-out',
            answer: { status: 200, contentType: '', body: Buffer.from(job.message.messageId) },
          },
        };
      case 'open-for-partner':
        return {
          ok: true,
          result: { job: 'open-for-partner', delivery: { messageId: job.message.messageId, files: [] } },
        } as never;
      case 'answer-for-partner':
        this.#answering = job.message.messageId;
        return { ok: true, result: { job: 'answer-for-partner', envelope: {} } } as never;
      default:
        throw new Error(`no such job here: ${job.job}`);
    }
  }

  async #answerOf(messageId: string) {
    const request = (await this.store.message(messageId))!;
    const work = response(request);
    return { kind: 'accepted', message: work.message, commit: work } as never;
  }

  /** Every arrow of every commit must be one of the state machine’s, and leave one record. */
  async #commit(store: MemoryStore, work: Commit) {
    const before = new Map<number, DeliveryState>();
    for (const { delivery } of work.moves ?? []) before.set(delivery, (await store.delivery(delivery))!.state);
    const arrows = work.moves?.length ?? 0;
    const records = work.leaves.filter((l) => l.kind !== 'accepted').length;
    if (arrows !== records) this.faults.push(`${arrows} arrows left ${records} records`);
    const done = await store.commit(work);
    if (done.ok)
      for (const { delivery, to } of work.moves ?? []) {
        const from = before.get(delivery)!;
        if (!canMove(from, to)) this.faults.push(`${from} → ${to} is no arrow`);
        before.set(delivery, to);
      }
    return done;
  }
}

const FINAL: readonly DeliveryState[] = ['delivered', 'not-accepted', 'failed', 'expired'];

describe('random histories of deliveries', () => {
  it(`lose nothing, do nothing twice, and leave one record an arrow (seed ${SEED})`, async function () {
    this.timeout(60_000);
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(op, { minLength: 5, maxLength: 60 }), async (ops) => {
        const world = new World();
        await world.store.saveSnapshot('cfg', '{}');
        await world.start();
        for (const one of ops) {
          await world.run(one).catch((error: Error) => {
            // Not accepted, or accepted and nobody was told: the sender asks again.
            if (!/outcome of a write is unknown|^not committed: unavailable/.test(error.message)) throw error;
          });
          expect(world.faults, `after ${JSON.stringify(one)}`).to.deep.equal([]);
        }
        await settle(world);
        for (const { id, delivery, road } of world.accepted) {
          const end = (await world.store.delivery(delivery))!;
          seen.set(`${road} ${end.state}`, (seen.get(`${road} ${end.state}`) ?? 0) + 1);
          expect(FINAL, `${id} is ${end.state}`).to.include(end.state);
          const effects = world.effects.get(id) ?? 0;
          expect(effects, `${id} took effect ${effects} times`).to.be.at.most(1);
          if (road === 'push' && end.state === 'expired') expect(effects, `${id} expired`).to.equal(0);
          if (road === 'pull' && end.state === 'delivered') expect(world.handedOut).to.include(id);
        }
        await world.close();
        await world.store.close();
      }),
      { seed: SEED, numRuns: 300 },
    );
    // The histories must reach what they are about.
    for (const end of [
      'pull delivered',
      'pull not-accepted',
      'pull expired',
      'push delivered',
      'push failed',
      'push expired',
    ])
      expect(seen.get(end), end).to.be.above(10);
  });
});

/** The world is well again and goes on until nothing is left to do. */
async function settle(world: World): Promise<void> {
  world.mood = 'answers';
  world.remembers = true;
  for (let round = 0; round < 8; round++) {
    world.now += HOUR;
    await world.tick().catch(() => {});
    for (let id = await world.poll(); id !== undefined; id = await world.poll()) await world.ack(id, true);
  }
}
