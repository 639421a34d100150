/** What one gateway knows and another must know too: answered polls, a changed configuration, the operator's token. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describeOnPostgres } from '../contracts/postgres-server.js';
import { QUERY_ROOT, query } from './contents.js';
import { eventually, pulled } from './pull-world.js';
import { newFolder, type TestGateway, testGateway } from './test-gateway.js';

const PERSON = '11737784886';
const QUERY = `{${QUERY_ROOT.namespace}}${QUERY_ROOT.local}`;
const LEASE = 300;

describeOnPostgres('two gateways on one store, of which a participant does not know which it reaches', (server) => {
  let folders: string[];
  let one: TestGateway;
  let two: TestGateway;
  let environment: Record<string, string>;
  const start = (folder: string) => testGateway({ snapshot: pulled(), threads: 1, lease: LEASE }, folder, environment);
  before(async function () {
    this.timeout(120_000);
    folders = [newFolder(), newFolder()];
    environment = {
      DATABASE_URL: server().url,
      GATEWAY_KEYS: join(folders[0]!, 'keys'),
      GATEWAY_PUBLIC_URL: 'https://smev.example.org/',
    };
    one = await start(folders[0]!);
    cpSync(join(folders[0]!, 'certs-dev'), join(folders[1]!, 'certs-dev'), { recursive: true });
    two = await start(folders[1]!);
  });
  after(async () => {
    await two?.stop();
    await one?.stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => one.checkInvariants());

  const send = async (from = one) => {
    const sent = await from.as('FED001').sendRequest(query(PERSON));
    expect(sent.fault).to.equal(undefined);
    return sent.sentId;
  };
  const capture = () => one.as('PFR').buildPoll('GetRequest', { at: Date.now() });
  type Poll = Awaited<ReturnType<typeof capture>>;
  const given = async (poll: Poll, to: TestGateway) => (await to.as('PFR').post(poll)).messageId;
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  /** Claims of a process (2 s) and leases hide messages for a while: empty is what stays empty longer than that. */
  const drain = async () => {
    for (let quiet = 0; quiet < 2; ) {
      await pause(Math.max(LEASE, 2_000) + 100);
      quiet++;
      for (const fund of [one.as('PFR'), two.as('PFR')])
        for (let a = await fund.poll('GetRequest'); a.messageId !== undefined; a = await fund.poll('GetRequest')) {
          await fund.ack(a.messageId);
          quiet = 0;
        }
    }
  };

  describe('a captured poll', function () {
    this.timeout(60_000);
    beforeEach(drain);

    it('answered empty by one stays empty at the other', async () => {
      const poll = await capture();
      expect(await given(poll, one)).to.equal(undefined);
      await send();
      expect(await given(poll, two)).to.equal(undefined);
      expect(await given(poll, one)).to.equal(undefined);
    });

    it('gets its own message from either while it is leased, and nothing after its Ack', async () => {
      const id = await send();
      const poll = await capture();
      expect([await given(poll, one), await given(poll, two)]).to.deep.equal([id, id]);
      await send();
      await two.as('PFR').ack(id);
      expect([await given(poll, one), await given(poll, two)]).to.deep.equal([undefined, undefined]);
    });

    it('gets nothing from the other when its message was handed to a later poll', async () => {
      const id = await send();
      const poll = await capture();
      expect(await given(poll, one)).to.equal(id);
      await pause(LEASE + 10);
      expect((await one.as('PFR').poll('GetRequest')).messageId).to.equal(id);
      await send();
      expect(await given(poll, two)).to.equal(undefined);
    });

    it('sent to both at once gets one message between them', async () => {
      const ids = [await send(), await send()];
      for (let i = 0; i < 10; i++) {
        const poll = await capture();
        const got = await Promise.all([given(poll, one), given(poll, two)]);
        const messages = new Set(got.filter((id) => id !== undefined));
        expect(messages.size, `${got} of ${ids}`).to.be.lessThan(2);
        await pause(LEASE / 3);
      }
    });

    it('stays answered when the one that answered it is started anew', async () => {
      const poll = await capture();
      expect(await given(poll, two)).to.equal(undefined);
      await two.stop();
      two = await start(folders[1]!);
      await send();
      expect(await given(poll, two)).to.equal(undefined);
    }).timeout(60_000);
  });

  const api = (gateway: TestGateway, method: string, path: string, body?: unknown) =>
    fetch(`${gateway.url}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${one.token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const revoke = (at: TestGateway, participant: string) =>
    api(at, 'DELETE', `/rights?participant=${participant}&format=${encodeURIComponent(QUERY)}`);
  const faultOf = async (at: TestGateway, who: string) => (await at.as(who).sendRequest(query(PERSON))).fault?.code;

  it('take the same operator’s token', async () => {
    expect(two.token).to.equal(one.token);
    expect((await api(two, 'GET', '/configuration')).status).to.equal(200);
  });

  it('name the address they are known by outside, in the WSDL and in links to receipts', async () => {
    for (const gateway of [one, two]) {
      const wsdl = await (await fetch(`${gateway.url}/smev/v1.2/ws?wsdl`)).text();
      expect(wsdl).to.include('"https://smev.example.org/smev/v1.2/ws"').and.not.include('127.0.0.1');
      const sent = await gateway.as('FED001').sendRequest(query(PERSON));
      expect(sent.headers.get('SMEV-Journal-Receipt')).to.match(/^https:\/\/smev\.example\.org\/journal\/proof\//);
    }
  });

  it('judge by a right taken away at the other: at once, for nothing is committed under what was revoked', async () => {
    expect(await faultOf(one, 'FSS')).to.equal(undefined);
    expect(await faultOf(two, 'FSS')).to.equal(undefined);
    expect((await revoke(one, 'FSS')).status).to.equal(200);
    expect(await faultOf(two, 'FSS')).to.equal('AccessDenied');
  });

  it('judge by a right granted at the other within seconds', async () => {
    const grant = { participant: 'FSS', format: QUERY, basis: 'проверка' };
    expect((await api(one, 'POST', '/rights', grant)).status).to.equal(200);
    await eventually(async () => (await faultOf(two, 'FSS')) === undefined, 'the right is known to both');
  });

  it('lose no change of two made at once', async () => {
    const names = ['REG001', 'FSS'];
    const done = await Promise.all([revoke(one, names[0]!), revoke(two, names[1]!)]);
    expect(done.map(({ status }) => status)).to.deep.equal([200, 200]);
    const { json } = (await one.store.snapshot())!;
    const { rights } = JSON.parse(json) as { rights: { participant: string; format: string }[] };
    expect(rights.filter((r) => names.includes(r.participant) && r.format === QUERY)).to.deep.equal([]);
  });
});
