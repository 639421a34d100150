import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { expect } from 'chai';
import { describeOnRedis, redisServer } from '../../contracts/redis-server.js';
import { DueWorld } from './due-world.js';

/** What is promised after Redis returned (docs/delivery-and-replay), ms. */
const PROMISED = 5_000;

describeOnRedis('deliveries when Redis is lost', (server) => {
  let world: DueWorld;
  beforeEach(async () => {
    await server().call('FLUSHALL');
    world = new DueWorld();
  });
  afterEach(() => world.close());

  /** Runs under load, loses Redis by `lose`, which tells when it is back, and waits for everything. */
  async function under(load: number, lose: () => Promise<void>): Promise<void> {
    const engine = await world.engine(server().url);
    const end = world.load(engine, load);
    await world.when(() => world.handled.length > load / 2);
    await lose();
    const back = Date.now();
    const before = world.handled.length;
    await world.when(() => world.handled.length > before + load);
    end();
    await world.allHandled();
    expect(world.latestFrom(back)).to.be.below(PROMISED);
    expect(world.besideItself).to.equal(0);
    expect(engine.troubles()).to.deep.equal([]);
  }

  it('emptied: all due ones run within five seconds', () =>
    under(200, async () => {
      for (let i = 0; i < 50; i++) world.arrive();
      await server().call('FLUSHALL');
    }));

  it('killed and started empty: all due ones run within five seconds of its return, and it is told once', async () => {
    await under(200, async () => {
      await server().kill();
      for (let i = 0; i < 50; i++) world.arrive();
      await server().start();
    });
    expect(world.log.filter(({ level }) => level === 'error')).to.have.length(1);
    expect(world.log.map(({ text }) => text).join('\n')).to.include('Redis is back');
  });

  it('killed and started from an older state: what ran then, and what it forgot, run within five seconds', () =>
    under(200, async () => {
      await server().call('SAVE');
      await world.when(() => world.handled.length > 300);
      await server().kill();
      await server().start('--dbfilename', 'dump.rdb');
    }));

  for (const { how, fall, cuts } of [
    { how: 'killed', fall: () => server().kill(), cuts: true },
    { how: 'hanging, its connections left open', fall: async () => server().freeze(), cuts: false },
  ])
    it(`failed over to a replica behind the same address, the old one ${how}: within five seconds`, async () => {
      const replica = await redisServer();
      await replica.start('--replicaof', `127.0.0.1 ${server().port}`, '--repl-diskless-sync-delay', '0');
      const address = await switchable(server().port);
      try {
        while (!String(await replica.call('INFO', 'replication')).includes('master_link_status:up'))
          await new Promise((resolve) => setTimeout(resolve, 20));
        const engine = await world.engine(`redis://127.0.0.1:${address.port}`);
        const end = world.load(engine, 200);
        await world.when(() => world.handled.length > 100);
        await fall();
        // The address moves first: writes meet a replica that is still read-only.
        address.leadTo(replica.port, cuts);
        await new Promise((resolve) => setTimeout(resolve, 300));
        await replica.call('REPLICAOF', 'NO', 'ONE');
        const back = Date.now();
        const before = world.handled.length;
        await world.when(() => world.handled.length > before + 200);
        end();
        await world.allHandled();
        expect(world.latestFrom(back)).to.be.below(PROMISED);
        expect(world.besideItself).to.equal(0);
        expect(engine.troubles()).to.deep.equal([]);
      } finally {
        await world.close();
        address.close();
        await replica.stop();
        server().thaw();
        await server().kill();
        await server().start();
      }
    });

  it('frozen with its connections open: readiness says so, and it goes on when Redis does', async () => {
    const engine = await world.engine(server().url);
    world.arrive(engine);
    await world.allHandled();
    server().freeze();
    try {
      while (engine.troubles().length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
      for (let i = 0; i < 50; i++) world.arrive(engine);
    } finally {
      server().thaw();
    }
    const back = Date.now();
    await world.allHandled();
    expect(world.latestFrom(back)).to.be.below(PROMISED);
  });

  it('full: the gateway says so, and goes on when there is room', async () => {
    const engine = await world.engine(server().url);
    world.arrive(engine);
    await world.allHandled();
    await server().call('CONFIG', 'SET', 'maxmemory', '1mb');
    while (engine.troubles().length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    world.arrive(engine);
    await server().call('CONFIG', 'SET', 'maxmemory', '0');
    const back = Date.now();
    await world.allHandled();
    expect(world.latestFrom(back)).to.be.below(PROMISED);
  });
});

/** An address that can be led elsewhere, cutting its connections or leaving them to what they are. */
async function switchable(
  port: number,
): Promise<{ port: number; leadTo(port: number, cuts: boolean): void; close(): void }> {
  let target = port;
  const sockets = new Set<Socket>();
  const listener = createServer((from) => {
    const to = connect(target, '127.0.0.1');
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        from.destroy();
        to.destroy();
      });
    }
    from.pipe(to).pipe(from);
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    leadTo: (other, cuts) => {
      target = other;
      if (cuts) cut();
    },
    close: () => {
      cut();
      listener.close();
    },
  };
}
