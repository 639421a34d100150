import { expect } from 'chai';
import nock from 'nock';
import { egissoAdapter } from '../../../adapters/egisso/index.js';
import type { PartnerFile } from '../../../src/ports/index.js';
import { asking, carried, factXml, messageId, packageXml, uuid } from './documents.js';

nock.restore(); // importing it takes over the network of every test in the process; here it is on only between the hooks

const URL = 'http://127.0.0.1:47001'; // the guard of root-hooks.ts sees connections before nock does, and lets loopback pass only
const NEVER = new AbortController().signal;
const SENT = carried(messageId(1), packageXml(uuid(1), factXml({ uuid: uuid(2) })));
const PROTOCOL = {
  messageId: messageId(1),
  format: 'urn://egisso-ru/msg/10.10.I/1.0.3',
  kind: 'protocol',
  result: { messageResult: { receivingTime: 't', processingTime: 't', errors: [{ message: 'причина' }] } },
};

/** The registry's HTTP API, played by nock. What needs sockets that are cut or slow stands in lost-answers.test.ts. */
describe('EGISSO adapter and a registry that fails', () => {
  const adapter = () => egissoAdapter({ url: URL, partner: 'EGISSO' });
  before(() => {
    nock.activate();
    nock.disableNetConnect();
  });
  afterEach(() => {
    const unused = nock.pendingMocks();
    nock.cleanAll();
    expect(unused).to.deep.equal([]);
  });
  after(() => {
    nock.enableNetConnect();
    nock.restore();
  });

  it('reaches nothing but the registry', async () => {
    const elsewhere = egissoAdapter({ url: 'http://127.0.0.1:47002', partner: 'EGISSO' });
    expect(await elsewhere.deliver(SENT, NEVER)).to.include({ kind: 'later' });
  });

  it('sends the message as JSON: id, format, codes, findings, days without zones', async () => {
    let body: Record<string, unknown> = {};
    nock(URL)
      .post('/packages', (given) => {
        body = given;
        return true;
      })
      .matchHeader('content-type', 'application/json')
      .reply(200, PROTOCOL);
    expect(await adapter().deliver(SENT, NEVER)).to.include({ kind: 'answered' });
    expect(body).to.include({ messageId: messageId(1), packageId: uuid(1), test: false, receivedAt: SENT.acceptedAt });
    expect(body).to.deep.include({ senderCodes: ['0001.000001', '0036.000002'], findings: [] });
    expect(body.elements).to.have.nested.property('[0].fact.dateStart', '2020-04-01');
    expect(body.elements).to.have.nested.property('[0].fact.receiver.particulars.Citizenship', '643');
  });

  it('takes the package from a file in the store as from an attachment; other files stay unread', async () => {
    let body: Record<string, unknown> = {};
    nock(URL)
      .post('/packages', (given) => {
        body = given;
        return true;
      })
      .reply(200, PROTOCOL);
    const { attachments, ...rest } = SENT;
    const octets = attachments[0]!.content;
    const xml = fileOf('application/xml', async function* () {
      for (let at = 0; at < octets.length; at += 100) yield octets.slice(at, at + 100);
    });
    const scan = fileOf('image/png', () => {
      throw new Error('read all the same');
    });
    const sent = { ...rest, attachments: [], files: [scan, xml] };
    expect(await adapter().deliver(sent, NEVER)).to.include({ kind: 'answered' });
    expect(body).to.include({ packageId: uuid(1) });
    expect(body.elements).to.have.nested.property('[0].fact.dateStart', '2020-04-01');
  });

  it('a file that cannot be read fails for good, and the registry is not asked', async () => {
    const broken = fileOf('application/xml', async function* () {
      yield Buffer.from('<d');
      throw new Error('damaged');
    });
    const answer = await adapter().deliver({ ...SENT, attachments: [], files: [broken] }, NEVER);
    expect(answer).to.include({ kind: 'failed' });
    expect(answer).to.have.property('cause').that.includes(broken.uuid);
  });

  for (const [status, kind] of [
    [503, 'later'],
    [429, 'later'],
    [500, 'in-doubt'],
    [502, 'in-doubt'],
    [504, 'in-doubt'],
    [400, 'failed'],
    [404, 'failed'],
    [409, 'failed'],
    [413, 'failed'],
    [302, 'failed'],
  ] as const) {
    it(`a delivery answered ${status} is ${kind}`, async () => {
      nock(URL).post('/packages').reply(status, { error: 'as it is' }, { location: 'http://127.0.0.1:47002/' });
      expect(await adapter().deliver(SENT, NEVER)).to.include({ kind });
    });
  }

  for (const [code, kind] of [
    ['ECONNREFUSED', 'later'],
    ['ENOTFOUND', 'later'],
    ['EHOSTUNREACH', 'later'],
    ['ECONNRESET', 'in-doubt'],
    ['EPIPE', 'in-doubt'],
  ] as const) {
    it(`a delivery that ends with ${code} is ${kind}, and the cause says so`, async () => {
      nock(URL)
        .post('/statements')
        .replyWithError(Object.assign(new Error('socket'), { code }));
      const answer = await adapter().deliver(asking(messageId(1), [{ snils: '11223344595' }]), NEVER);
      expect(answer).to.include({ kind }).and.to.have.property('cause').that.contains(code);
    });
  }

  for (const [what, text] of [
    ['half a JSON document', '{"format":"urn://egisso-ru/msg/10.10.I/1.0.3","kind":"proto'],
    ['nothing', ''],
    ['a page of a proxy', '<html>busy</html>'],
    ['another kind of JSON', '{"ok":true}'],
    ['a protocol without records', JSON.stringify({ ...PROTOCOL, result: { packageResult: { packageId: uuid(1) } } })],
    [
      'a statement of a wrong shape',
      JSON.stringify({ ...PROTOCOL, kind: 'statements', result: { packageUid: uuid(1), answers: [{}] } }),
    ],
  ] as const) {
    it(`${what} under 200 leaves the delivery in doubt: the registry may have acted`, async () => {
      nock(URL).post('/packages').reply(200, text);
      expect(await adapter().deliver(SENT, NEVER)).to.include({ kind: 'in-doubt' });
    });
  }

  it('a doubt is settled by the registry only: known, not known, anything else', async () => {
    const ask = () => adapter().ask(messageId(1), NEVER);
    nock(URL)
      .get(`/messages/${messageId(1)}`)
      .reply(200, PROTOCOL);
    expect(await ask())
      .to.include({ kind: 'answered' })
      .and.to.have.property('content')
      .that.contains('причина');
    nock(URL)
      .get(`/messages/${messageId(1)}`)
      .reply(404, { unknown: messageId(1) });
    expect(await ask()).to.include({ kind: 'later' });
    for (const [status, body] of [
      [404, 'no such page'],
      [503, ''],
      [500, ''],
      [403, ''],
      [200, '{'],
    ] as const) {
      nock(URL)
        .get(`/messages/${messageId(1)}`)
        .reply(status, body);
      expect(await ask(), `${status}`).to.include({ kind: 'in-doubt' });
    }
    nock(URL)
      .get(`/messages/${messageId(1)}`)
      .replyWithError(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }));
    expect(await ask()).to.include({ kind: 'in-doubt' });
  });

  it('sends nothing when it is told to stop before', async () => {
    const answer = await adapter().deliver(SENT, AbortSignal.abort());
    expect(answer).to.include({ kind: 'later' });
  });

  it('uses the fetch it is given', async () => {
    const asked: string[] = [];
    const own = (async (url: string) => {
      asked.push(url);
      return new Response('', { status: 503 });
    }) as typeof fetch;
    const answer = await egissoAdapter({ url: URL, partner: 'EGISSO', fetch: own }).deliver(SENT, NEVER);
    expect([answer.kind, ...asked]).to.deep.equal(['later', `${URL}/packages`]);
  });
});

function fileOf(mimeType: string, read: PartnerFile['read']): PartnerFile {
  return { uuid: uuid(70), mimeType, read };
}
