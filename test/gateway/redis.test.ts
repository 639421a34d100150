/** The gateway with its delivery queues in Redis: what Redis may know, and what its loss may cost. */
import { cpSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import type { PartnerAdapter, PartnerAnswer } from '../../src/ports/index.js';
import { describeOnPostgres } from '../contracts/postgres-server.js';
import { describeOnRedis, type RedisServer } from '../contracts/redis-server.js';
import { announcement, factsFile, query } from './contents.js';
import { eventually, PERSON, statement, statesOf } from './pull-world.js';
import { newFolder, type TestGateway, testGateway } from './test-gateway.js';

/** What is promised after Redis returned, ms. */
const PROMISED = 5_000;

describeOnRedis('the gateway on Redis', (server) => {
  let gateway: TestGateway;
  let delivered: string[];
  let says: () => PartnerAnswer;
  const answered: PartnerAnswer = { kind: 'answered', content: statement(), attachments: [] };
  const adapter: PartnerAdapter = {
    partner: 'EGISSO',
    deliver: async ({ messageId }) => {
      delivered.push(messageId);
      return says();
    },
    ask: async () => says(),
  };
  const start = async () => {
    gateway = await testGateway({ threads: 1, adapters: new Map([['EGISSO', adapter]]) }, newFolder(), {
      REDIS_URL: server().url,
    });
  };
  const ready = async () => {
    const response = await fetch(`${gateway.url}/health/ready`);
    const { troubles } = (await response.json()) as { troubles: string[] };
    return { status: response.status, troubles };
  };
  const send = async (count: number): Promise<string[]> => {
    const sent: string[] = [];
    for (let i = 0; i < count; i++) sent.push((await gateway.as('FED001').sendRequest(query(PERSON))).sentId);
    return sent;
  };
  const areDelivered = (ids: readonly string[]) =>
    eventually(
      async () => (await Promise.all(ids.map((id) => statesOf(gateway, id)))).every(([state]) => state === 'delivered'),
      `${ids.length} are delivered`,
    );

  beforeEach(async () => {
    await server().call('FLUSHALL');
    delivered = [];
    says = () => answered;
  });
  afterEach(async () => {
    await gateway.checkInvariants();
    await gateway.close();
  });

  it('starts and accepts without Redis, says so, and delivers within five seconds of its coming', async () => {
    await server().kill();
    await start();
    const ids = await send(5);
    expect(await ready()).to.deep.equal({ status: 200, troubles: ['redis'] });
    expect(gateway.log.filter((line) => line.includes('Redis is out of reach'))).to.have.length(1);
    expect(delivered).to.deep.equal([]);
    await server().start();
    const back = Date.now();
    await areDelivered(ids);
    expect(Date.now() - back).to.be.below(PROMISED);
    expect(new Set(delivered)).to.deep.equal(new Set(ids));
    expect(await ready()).to.deep.equal({ status: 200, troubles: [] });
  });

  it('loses nothing and sends nothing twice when Redis is emptied, then killed and emptied, between its messages', async () => {
    await start();
    const first = await send(5);
    await server().call('FLUSHALL');
    const second = await send(5);
    await server().kill();
    const third = await send(5);
    await server().start();
    const back = Date.now();
    await areDelivered([...first, ...second, ...third]);
    expect(Date.now() - back).to.be.below(PROMISED);
    expect(delivered).to.have.length(15);
  });

  it('keeps a delivery the partner puts off, through a loss of Redis', async () => {
    says = () => ({ kind: 'later', cause: 'HTTP 503' });
    await start();
    const ids = await send(1);
    await eventually(async () => delivered.length > 0, 'it is tried');
    await server().call('FLUSHALL');
    says = () => answered;
    await areDelivered(ids);
  });

  it('tells Redis numbers of deliveries and mnemonics of partners, nothing of persons or messages', async () => {
    await start();
    const heard = await listen(server());
    says = () => (delivered.length > 3 ? { kind: 'later', cause: `no ${PERSON} here` } : answered);
    const ids = await send(6);
    const file = Buffer.from(factsFile());
    const attachments = [{ contentId: 'facts.xml', mimeType: 'application/xml', content: file }];
    ids.push((await gateway.as('REG001').sendRequest(announcement(), { attachments })).sentId);
    await eventually(async () => delivered.length >= 7, 'all are tried');
    const kept = await everythingIn(server());
    expect(kept, 'put-off deliveries are there').to.include('"id":');
    const all = kept + heard.stop();
    expect(all.length).to.be.greaterThan(2_000);
    const personal = [
      ...new Set(
        Buffer.from(factsFile())
          .toString()
          .match(/(?<=>)[^<>\s][^<>]{5,}(?=<)/g),
      ),
    ];
    expect(personal.length).to.be.greaterThan(5);
    for (const secret of [PERSON, ...ids, ...personal]) {
      expect(all).to.not.include(secret);
      expect(all).to.not.include(asMonitored(secret));
    }
    expect(all).to.not.match(/[А-Яа-яЁё]|(?<!\d)\d{11}(?!\d)/);
  });
});

describeOnPostgres('two gateways on one PostgreSQL store', (postgres) => {
  describeOnRedis('and one Redis', (redis) => {
    it('call a partner once about each message, both of them, and go on when one of them is gone', async () => {
      const folders = [newFolder(), newFolder()] as const;
      const environment = {
        DATABASE_URL: postgres().url,
        REDIS_URL: redis().url,
        GATEWAY_KEYS: join(folders[0], 'keys'),
      };
      const calls: { readonly by: string; readonly messageId: string }[] = [];
      const open = (by: string, folder: string) => {
        const deliver: PartnerAdapter['deliver'] = async ({ messageId }) => {
          calls.push({ by, messageId });
          await new Promise((resolve) => setTimeout(resolve, 50));
          return { kind: 'answered', content: statement(), attachments: [] };
        };
        const adapter: PartnerAdapter = {
          partner: 'EGISSO',
          deliver,
          ask: async () => ({ kind: 'later', cause: '-' }),
        };
        return testGateway({ threads: 1, adapters: new Map([['EGISSO', adapter]]) }, folder, environment);
      };
      const one = await open('one', folders[0]);
      cpSync(join(folders[0], 'certs-dev'), join(folders[1], 'certs-dev'), { recursive: true });
      const two = await open('two', folders[1]);
      const sender = one.as('FED001');
      const sendAll = (count: number) =>
        Promise.all(Array.from({ length: count }, async () => (await sender.sendRequest(query(PERSON))).sentId));
      const areDone = (of: TestGateway, ids: readonly string[]) =>
        eventually(
          async () => (await Promise.all(ids.map((id) => statesOf(of, id)))).every(([s]) => s === 'delivered'),
          'all are delivered',
        );
      try {
        const ids = await sendAll(30);
        await areDone(one, ids);
        expect(calls.map(({ messageId }) => messageId).sort()).to.deep.equal([...ids].sort());
        expect(new Set(calls.map(({ by }) => by)).size).to.equal(2);
        await two.stop();
        const later = await sendAll(5);
        await areDone(one, later);
        expect(calls).to.have.length(35);
        await one.checkInvariants();
      } finally {
        await two.stop();
        await one.stop();
        for (const folder of folders) rmSync(folder, { recursive: true, force: true });
      }
    }).timeout(60_000);
  });
});

/** Every command Redis gets, as text, until stopped. */
async function listen({ port }: RedisServer): Promise<{ stop(): string }> {
  const socket = createConnection(port, '127.0.0.1');
  let text = '';
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      resolve();
    });
    socket.write('MONITOR\r\n');
  });
  return {
    stop: () => {
      socket.destroy();
      // Times of Redis itself, and scripts by their hash.
      return text.replace(/^\+\d+\.\d+ /gm, '');
    },
  };
}

/** How MONITOR writes a text. */
function asMonitored(text: string): string {
  const letters = [...Buffer.from(text)].map((b) => (b < 0x80 ? String.fromCharCode(b) : `\\x${b.toString(16)}`));
  return letters.join('');
}

/** Every key with what it holds, as text. */
async function everythingIn(server: RedisServer): Promise<string> {
  const keys = (await server.call('KEYS', '*')) as string[];
  const READ: Readonly<Record<string, (key: string) => Promise<unknown>>> = {
    string: (key) => server.call('GET', key),
    hash: (key) => server.call('HGETALL', key),
    list: (key) => server.call('LRANGE', key, 0, -1),
    set: (key) => server.call('SMEMBERS', key),
    zset: (key) => server.call('ZRANGE', key, 0, -1),
    stream: (key) => server.call('XRANGE', key, '-', '+'),
  };
  const values = keys.map(async (key) => [key, await READ[String(await server.call('TYPE', key))]?.(key)]);
  return JSON.stringify(await Promise.all(values)).replaceAll('\\"', '"');
}
