/** Formats published, taken back and retired while the gateway works: nobody's message is refused for it. */
import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import type { PublishPlan } from '../../src/formats/index.js';
import type { Snapshot } from '../../src/participants/index.js';
import {
  type Contents,
  NAMESPACE,
  PERMITS,
  permitRequest,
  permits,
  TYPES_NAMESPACE,
} from '../formats/publish/packages.js';
import { query } from './contents.js';
import { newFolder, type TestGateway, testGateway } from './test-gateway.js';

const ID = 'forest-permits-700-01';
const AREA = '<xs:element name="area" type="xs:int"/>';
/** REG001 may ask FSS for permits, of whichever version. */
const withRight = (snapshot: Snapshot): Snapshot => {
  const formats = ['1.0.0', '1.0.1'].map((v) => `{${NAMESPACE.replace('1.0.0', v)}}PermitRequest`);
  return {
    ...snapshot,
    rights: [...snapshot.rights, ...formats.map((format) => ({ participant: 'REG001', format, basis: 'test' }))],
    routes: [...snapshot.routes, ...formats.map((format) => ({ format, recipient: 'FSS' }))],
  };
};

function zipped(contents: Contents): Uint8Array<ArrayBuffer> {
  const files = Object.entries(contents).map(([path, c]) => [path, typeof c === 'string' ? strToU8(c) : c] as const);
  return Uint8Array.from(zipSync(Object.fromEntries(files)));
}

/** Imports types that neither the package nor the catalogue has. */
function elsewhere(location?: string): string {
  return permits('1.0.0', '', location).replaceAll(TYPES_NAMESPACE, 'urn:nowhere');
}

describe('publishing formats while the gateway works', function () {
  this.timeout(60_000);
  const folder = newFolder();
  let gateway: TestGateway;
  before(async () => {
    gateway = await testGateway({ snapshot: withRight }, folder);
  });
  after(() => gateway.close());
  afterEach(() => gateway.checkInvariants());

  async function post<T>(path: string, body: Uint8Array<ArrayBuffer> | object): Promise<{ status: number; body: T }> {
    const isZip = body instanceof Uint8Array;
    const response = await fetch(`${gateway.url}/api/v1/formats/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${gateway.token}`,
        'content-type': isZip ? 'application/zip' : 'application/json',
      },
      body: isZip ? body : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as T };
  }

  async function publish(contents: Contents, more = ''): Promise<{ status: number; body: object }> {
    const zip = zipped(contents);
    const { status, body } = await post<PublishPlan>(`packages?dry=1${more}`, zip);
    return status === 200 ? post(`packages?confirm=${body.hash}${more}`, zip) : { status, body };
  }

  async function inForce(): Promise<string | undefined> {
    return (await gateway.store.snapshot())?.hash;
  }

  const send = (version?: string, extra?: string, test = false) =>
    gateway.as('REG001').sendRequest(permitRequest(version, extra), { test });

  it('refuses what nobody published, and a dry run changes nothing', async () => {
    expect((await send()).fault?.code).to.equal('BusinessDataTypeIsNotSupported');
    const before = await inForce();
    const { status, body } = await post<PublishPlan>('packages', zipped(PERMITS));
    expect(status).to.equal(200);
    expect(body.formats.map((f) => [f.id, f.version, f.novelty])).to.deep.equal([[ID, '1.0.0', 'new-format']]);
    expect(body.samples.map((s) => s.valid)).to.deep.equal([true]);
    expect(await inForce()).to.equal(before);
  });

  it('refuses to confirm another plan than was shown', async () => {
    const before = await inForce();
    const { status } = await post(`packages?confirm=${'0'.repeat(64)}`, zipped(PERMITS));
    expect(status).to.equal(409);
    expect(await inForce()).to.equal(before);
  });

  it('puts a package in force in every thread while traffic goes on', async () => {
    const agency = gateway.as('FED001');
    const faults: unknown[] = [];
    let [sent, done] = [0, false];
    const traffic = (async () => {
      while (!done) {
        const answer = await agency.sendRequest(query('11737784886'));
        if (answer.fault !== undefined) faults.push(answer.fault);
        sent++;
      }
    })();
    const { status, body } = await publish(PERMITS, '&asTest=1&reason=forest');
    // Right after the answer, as often as there are threads and more.
    const answers = await Promise.all(Array.from({ length: 8 }, () => send('1.0.0', '', true)));
    done = true;
    await traffic;
    expect(status, JSON.stringify(body)).to.equal(200);
    expect(answers.map((a) => a.fault)).to.deep.equal(answers.map(() => undefined));
    expect(faults).to.deep.equal([]);
    expect(sent, 'messages meanwhile').to.be.greaterThan(0);
  });

  it('takes test messages only for a test version, all after activation', async () => {
    expect((await send()).fault?.description).to.match(/только для тестовых/);
    expect((await post(`${ID}/1.0.0/activate`, {})).status).to.equal(200);
    const later = await post(`${ID}/1.0.0/activate`, { at: '2099-01-01T00:00:00Z' });
    expect(later.status, 'it would close what is open').to.equal(422);
    expect((await send()).fault).to.equal(undefined);
    const request = await gateway.as('FSS').poll('GetRequest');
    expect(request.content).to.include('PermitRequest');
  });

  it('a revision comes into force, and goes back', async () => {
    expect((await publish({ ...PERMITS, 'permits-1.0.0.xsd': permits('1.0.0', AREA) })).status).to.equal(200);
    expect((await send()).fault?.code).to.equal('InvalidContent');
    expect((await send('1.0.0', '<p:area>3</p:area>')).fault).to.equal(undefined);
    expect((await post<{ formats: string[] }>('roll-back', { reason: 'too early' })).body.formats).to.deep.equal([
      `${ID} 1.0.0`,
    ]);
    expect((await send()).fault).to.equal(undefined);
  });

  it('a version is retired on a day with its successor, and refused from then on naming it', async () => {
    const next = { ...PERMITS, 'permits-1.0.0.xsd': permits('1.0.1', AREA), 'samples/request.xml': '<other/>' };
    expect((await publish(next)).status).to.equal(200);
    const bad = await post<{ detail: string }>(`${ID}/1.0.0/retire`, { at: '2030-01-01', successor: '1.0.1' });
    expect(bad.status).to.equal(422);
    expect((await post(`${ID}/1.0.0/retire`, { at: '2035-01-01T00:00:00+03:00', successor: '9.9' })).status).to.equal(
      422,
    );
    expect((await post(`${ID}/1.0.0/retire`, { at: '2035-01-01T00:00:00+03:00', successor: '1.0.1' })).status).to.equal(
      200,
    );
    expect((await send()).fault, 'until then it is accepted').to.equal(undefined);
    expect((await post(`${ID}/1.0.0/retire`, { at: '2025-12-01T00:00:00+03:00', successor: '1.0.1' })).status).to.equal(
      200,
    );
    const { fault } = await send();
    expect(fault?.description).to.match(/выведен из действия 01\.12\.2025; используйте 1\.0\.1/);
    expect((await send('1.0.1', '<p:area>3</p:area>')).fault).to.equal(undefined);
  });

  it('a package that brought a version first goes back by retiring it: the exchange under way can end', async () => {
    const asked = await send('1.0.1', '<p:area>4</p:area>');
    expect((await post('roll-back', {})).status).to.equal(200);
    expect((await send('1.0.1', '<p:area>5</p:area>')).fault?.description).to.match(/1\.0\.1 выведен из действия/);
    const fund = gateway.as('FSS');
    for (let i = 0; i < 40; i++) {
      const request = await fund.poll('GetRequest');
      if (request.messageId === undefined) break;
      await fund.ack(request.messageId);
      if (request.messageId !== asked.sentId) continue;
      const ns = NAMESPACE.replace('1.0.0', '1.0.1');
      const content = `<p:PermitResponse xmlns:p="${ns}"><p:permit>7</p:permit></p:PermitResponse>`;
      const answered = await fund.post(await fund.buildResponse(request.valueOf('ReplyTo') ?? '', { content }));
      expect(answered.fault).to.equal(undefined);
    }
    expect((await gateway.as('REG001').waitForResponse()).content).to.include('PermitResponse');
  });

  it('tells who did what, and why', async () => {
    const response = await fetch(`${gateway.url}/api/v1/formats/packages`, { headers: { authorization: `Bearer ${gateway.token}` } }); // biome-ignore format: one thought
    const { items } = (await response.json()) as {
      items: { operation: string; formats: string[]; by: string; reason?: string }[];
    };
    const operations = items.map((i) => i.operation);
    expect(operations[0]).to.equal('format-roll-back');
    expect(items.at(-1)).to.include({ operation: 'format-publish', by: 'operator', reason: 'forest' });
    expect(items.at(-1)?.formats).to.deep.equal([`${ID} 1.0.0`]);
  });

  const broken: readonly (readonly [string, Contents, RegExp])[] = [
    ['a missing import', { 'p.xsd': elsewhere() }, /permit-types/],
    ['an import from the network', { 'p.xsd': elsewhere('http://forest.example/t.xsd') }, /forest\.example/],
    ['a document that is not well-formed', { ...PERMITS, 'p.xsd': '<xs:schema' }, /p\.xsd/],
    ['a bomb of 50 MB', { 'p.xsd': new Uint8Array(50 * 1024 * 1024) }, /8 МБ/],
    ['a way out of the package', { '../p.xsd': permits() }, /за пределы пакета/],
  ];
  for (const [title, contents, words] of broken)
    it(`changes nothing for ${title}`, async () => {
      const before = await inForce();
      const { status, body } = await publish(contents);
      expect(status).to.equal(422);
      expect((body as { detail: string }).detail).to.match(words);
      expect(await inForce()).to.equal(before);
    });

  it('keeps it all over a restart', async () => {
    await gateway.stop();
    gateway = await testGateway({ snapshot: (s) => s }, folder);
    expect((await send()).fault?.description).to.match(/используйте 1\.0\.1/);
    expect((await post(`${ID}/1.0.0/activate`, {})).status).to.equal(200);
    expect((await send()).fault).to.equal(undefined);
  });

  it('a start gives nobody a right to what was published, whatever it is called', async () => {
    const later = (text: string) => text.replaceAll(NAMESPACE, NAMESPACE.replace('1.0.0', '9.0.0'));
    const contents = Object.fromEntries(
      Object.entries(PERMITS).map(([path, c]) => [path, typeof c === 'string' ? later(c) : c]),
    );
    const said = await publish({ ...contents, 'format.json': '{"id": "10.13.I", "version": "9.0.0"}' });
    expect(said.status, JSON.stringify(said.body)).to.equal(200);
    await gateway.stop();
    gateway = await testGateway({ snapshot: (s) => s }, folder);
    const { json } = (await gateway.store.snapshot())!;
    const { rights, routes } = JSON.parse(json) as Snapshot;
    expect([...rights, ...routes].filter((r) => r.format.includes('9.0.0'))).to.deep.equal([]);
  });

  it('what /formats/ hands out publishes back unchanged', async () => {
    const response = await fetch(`${gateway.url}/formats/${ID}/1.0.0.zip`);
    const { status, body } = await post<PublishPlan>('packages', new Uint8Array(await response.arrayBuffer()));
    expect(status, JSON.stringify(body)).to.equal(200);
    expect(body.formats.map((f) => f.novelty)).to.deep.equal(['unchanged']);
  });
});
