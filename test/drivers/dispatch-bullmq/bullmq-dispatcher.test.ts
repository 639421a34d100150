import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import { createBullmqDispatcher } from '../../../src/drivers/dispatch-bullmq/index.js';
import { keyPrefix, queueName } from '../../../src/drivers/dispatch-bullmq/queue-name.js';
import { describeOnRedis, redisServer } from '../../contracts/redis-server.js';
import { DueWorld } from './due-world.js';

describe('names of queues', () => {
  it('take any mnemonic, and keep different ones apart', () => {
    const mnemonics = ['EGISSO', '', ':', 'a:b', 'a%3Ab', 'ПФР', '{x}', ' ', '../x', '\u{1F600}', 'x\ny', 'to.EGISSO'];
    const names = mnemonics.map(queueName);
    expect(new Set(names).size).to.equal(mnemonics.length);
    for (const name of names)
      expect(name)
        .to.match(/^[!-~]+$/)
        .and.not.include(':');
    expect(queueName('\ud800')).to.be.a('string');
    expect(keyPrefix('a:b')).to.not.equal(keyPrefix('a'));
  });
});

describe('the dispatcher on Redis, where there is no Redis', () => {
  it('takes signals without waiting, says so once, keeps few of them, and closes at once', async () => {
    const nowhere = await redisServer();
    const said: string[] = [];
    const dispatcher = createBullmqDispatcher({
      url: `redis://:secret@127.0.0.1:${nowhere.port}`,
      gateway: 'test',
      partners: ['EGISSO'],
      clock: { now: Date.now },
      log: {
        info: () => undefined,
        warn: () => undefined,
        error: (_, text) => void said.push(JSON.stringify(_) + text),
      },
      concurrency: 2,
      onError: () => undefined,
    });
    await dispatcher.start(async () => undefined);
    const began = Date.now();
    for (let id = 1; id <= 100_000; id++) await dispatcher.schedule(id, 'EGISSO', began);
    expect(Date.now() - began).to.be.below(2_000);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(dispatcher.troubles()).to.deep.equal(['redis']);
    expect(said).to.have.length(1);
    expect(said[0]).to.not.include('secret');
    const closing = Date.now();
    await dispatcher.close();
    expect(Date.now() - closing).to.be.below(500);
    await nowhere.stop();
  });
});

describeOnRedis('the dispatcher on Redis', (server) => {
  let world: DueWorld;
  beforeEach(async () => {
    await server().call('FLUSHALL');
    world = new DueWorld();
  });
  afterEach(() => world.close());

  it('shares deliveries between processes, each handled once', async () => {
    const one = await world.engine(server().url, 'A');
    await world.engine(server().url, 'B');
    for (let i = 0; i < 400; i++) world.arrive(one);
    await world.allHandled();
    expect(world.handled).to.have.length(400);
    expect(new Set(world.handled.map(({ id }) => id)).size).to.equal(400);
    expect(new Set(world.handled.map(({ by }) => by))).to.deep.equal(new Set(['A', 'B']));
    expect(world.besideItself).to.equal(0);
  });

  it('hands back what a long shut gate keeps: another process, whose gate is open, takes it', async () => {
    const shut = await world.engine(server().url, 'shut', { gate: () => Date.now() + 3_600_000 });
    for (let i = 0; i < 40; i++) world.arrive(shut);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(world.handled).to.have.length(0);
    await world.engine(server().url, 'open');
    await world.allHandled();
    expect(new Set(world.handled.map(({ by }) => by))).to.deep.equal(new Set(['open']));
  });

  it('goes on by itself when the time of a long shut gate is over', async () => {
    const until = Date.now() + 3_000;
    const engine = await world.engine(server().url, 'A', { gate: () => (Date.now() < until ? until : undefined) });
    for (let i = 0; i < 40; i++) world.arrive(engine);
    await world.allHandled();
    for (const { at } of world.handled) expect(at).to.be.at.least(until);
    expect(Math.max(...world.handled.map(({ at }) => at)) - until).to.be.below(2_000);
  });

  it('takes a changed limit of a partner while it runs', async () => {
    let limit = 1;
    world.callTime = 200;
    const engine = await world.engine(server().url, 'A', { concurrency: () => limit });
    limit = 20;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const began = Date.now();
    for (let i = 0; i < 40; i++) world.arrive(engine);
    await world.allHandled();
    expect(Date.now() - began).to.be.below(40 * 100);
  });

  it('takes over what a killed process had begun, when its locks have ended', async () => {
    const lock = 1_000;
    const ids = Array.from({ length: 10 }, () => String(world.arrive()));
    const child = fork(join(import.meta.dirname, 'child-engine.js'), [server().url, String(lock), ...ids]);
    let taken = 0;
    await new Promise<void>((resolve) => child.on('message', () => ++taken === ids.length && resolve()));
    const survivor = await world.engine(server().url, 'survivor');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const died = Date.now();
    await world.allHandled();
    expect(world.latestFrom(died)).to.be.below(lock + 10_000);
    expect(survivor.troubles()).to.deep.equal([]);
  });

  it('leaves nothing in Redis of what is done', async () => {
    const engine = await world.engine(server().url);
    for (let i = 0; i < 2_000; i++) world.arrive(engine);
    await world.allHandled();
    const allKeys = async () => (await server().call('KEYS', '*')) as string[];
    // What was repeated while it ran runs once more, and finds nothing to do.
    while ((await allKeys()).some((key) => /:\d+$/.test(key))) await new Promise((resolve) => setTimeout(resolve, 50));
    await engine.close();
    const keys = await allKeys();
    const kinds = keys.map((key) => key.replace(/^.*:/, ''));
    expect(new Set(kinds)).to.satisfy((all: Set<string>) =>
      [...all].every((kind) => ['events', 'id', 'meta', 'marker', 'probe', 'stalled', 'stalled-check'].includes(kind)),
    );
    for (const key of keys.filter((one) => one.endsWith(':events')))
      expect(await server().call('XLEN', key)).to.be.below(1_000);
  });

  it('closes in time while Redis hangs', async () => {
    world.callTime = 100;
    const engine = await world.engine(server().url);
    for (let i = 0; i < 40; i++) world.arrive(engine);
    await world.when(() => world.handled.length > 0);
    server().freeze();
    try {
      const began = Date.now();
      await engine.close();
      expect(Date.now() - began).to.be.below(6_000);
    } finally {
      server().thaw();
    }
  });
});
