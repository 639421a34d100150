/** Mailboxes know no versions: whoever polls gets the message in the version it polls by. All nine pairs, both directions. */
import { expect } from 'chai';
import type { WireBody } from '../../src/envelope/index.js';
import type { Attachment, Version } from '../../src/message/index.js';
import { canonicalize } from '../../src/xml/index.js';
import { Answer } from './answer.js';
import { query } from './contents.js';
import {
  certificateOf,
  PERSON,
  type PullWorld,
  pullWorld,
  schemaProblem,
  statement,
  statesOf,
  verifies,
} from './pull-world.js';

const VERSIONS = ['1.1', '1.2', '1.3'] as const;
const ROADS = ['mtom', 'inline'] as const;
const FILES: readonly Attachment[] = [
  { contentId: 'план.bin', mimeType: 'application/octet-stream', content: Buffer.from([0, 255, 13, 10, 45, 45]) },
  { contentId: 'письмо', mimeType: 'text/plain', content: Buffer.from('Привет\r\n--граница\r\n') },
];
const TYPES: Readonly<Record<Version, string>> = {
  '1.1': 'urn://x-artefacts-smev-gov-ru/services/message-exchange/types/1.1',
  '1.2': 'urn://x-artefacts-smev-gov-ru/services/message-exchange/types/1.2',
  '1.3': 'urn://x-artefacts-smev-gov-ru/services/message-exchange/types/1.3',
};

describe('hand-out across versions', () => {
  let world: PullWorld;
  before(async () => {
    world = await pullWorld();
  });
  after(() => world.close());
  afterEach(async () => {
    await world.drain();
    await world.checkInvariants();
  });

  for (const from of VERSIONS) {
    for (const to of VERSIONS) {
      for (const road of ROADS) {
        it(`a request and its response with attachments by ${road}: ${from} to a reader of ${to}`, async () => {
          const options = { version: from, attachments: FILES, road } as const;
          const wire = await world.agency.buildRequest(query(PERSON), { ...options, transactionCode: 'код-1' });
          expect((await world.agency.post(wire, from)).fault).to.equal(undefined);
          const request = await world.poll(world.fund, 'GetRequest', { version: to });
          expect(request.messageId).to.equal(wire.messageId);
          expect(request.valueOf('TransactionCode')).to.equal('код-1');
          await judge(request, { wire, element: 'SenderProvidedRequestData', from, to, sender: 'FED001' });
          expectFiles(request, road);
          await world.fund.ack(wire.messageId, true, to);

          const body = { content: statement() };
          const answer = await world.fund.buildResponse(request.valueOf('ReplyTo')!, body, options);
          expect((await world.fund.post(answer, from)).fault).to.equal(undefined);
          const response = await world.poll(world.agency, 'GetResponse', { version: to });
          expect(response.messageId).to.equal(answer.messageId);
          expect(response.valueOf('OriginalMessageId')).to.equal(wire.messageId);
          expect(response.valueOf('OriginalTransactionCode')).to.equal('код-1');
          await judge(response, { wire: answer, element: 'SenderProvidedResponseData', from, to, sender: 'PFR' });
          expectFiles(response, road);
          await world.agency.ack(answer.messageId, true, to);
        });
      }
    }
  }

  interface HandedOut {
    readonly wire: WireBody;
    readonly element: string;
    readonly from: Version;
    readonly to: Version;
    readonly sender: string;
  }

  async function judge(answer: Answer, { wire, element, from, to, sender }: HandedOut): Promise<void> {
    expect(schemaProblem(answer, to)).to.equal(undefined);
    const wrapper = element.includes('Request') ? 'Request' : 'Response';
    expect(verifies(answer, wrapper, 'SMEVSignature', certificateOf(world, 'gateway'))).to.equal(true);
    const [data] = answer.all(element);
    expect(answer.tree.namespaceOf(data!)).to.equal(TYPES[to]);
    const sent = new Answer(200, new Headers({ 'content-type': wire.contentType }), wire.body);
    expect(answer.content).to.equal(sent.content);
    if (from !== to) {
      expect(answer.all('SenderInformationSystemSignature'), 'left out').to.deep.equal([]);
      return;
    }
    expect(verifies(answer, element, 'SenderInformationSystemSignature', certificateOf(world, sender))).to.equal(true);
    expect(octetsOf(answer, element), 'the element as it was sent').to.equal(octetsOf(sent, element));
    const signature = octetsOf(answer, 'Signature', 'SenderInformationSystemSignature');
    expect(signature, 'the signature as it was sent').to.equal(
      octetsOf(sent, 'Signature', 'CallerInformationSystemSignature'),
    );
  }

  it('what an older version cannot say is told to its sender, and the delivery has failed', async () => {
    const attachments = [{ ...FILES[0]!, contentId: 'a', namespaceUri: 'urn:example:inside' }];
    for (const to of ['1.1', '1.2'] as const) {
      const first = await world.agency.sendRequest(query(PERSON), { version: '1.3', attachments });
      expect(first.fault).to.equal(undefined);
      const second = await world.agency.sendRequest(query(PERSON), { version: '1.3' });
      const got = await world.poll(world.fund, 'GetRequest', { version: to });
      expect(got.messageId, 'the next one is handed out at once').to.equal(second.sentId);
      await world.fund.ack(second.sentId);
      expect(await statesOf(world, first.sentId)).to.deep.equal(['failed']);
      const told = await world.poll(world.agency, 'GetResponse', { version: '1.3' });
      expect(told.valueOf('StatusCategory')).to.equal('requestIsRejectedBySmev');
      expect(told.valueOf('StatusDetails')).to.include('NamespaceUri').and.include(to);
      expect(schemaProblem(told, '1.3')).to.equal(undefined);
      await world.agency.ack(told.messageId!);
      const kinds = (await world.store.recordsOf(first.sentId)).map((r) => r.kind);
      expect(kinds.slice(0, 3)).to.deep.equal(['accepted', 'failed', 'accepted']);
    }
  });

  it('so is a response: through GetStatus, and another may follow', async () => {
    const { messageId, replyTo } = await world.asked();
    const attachments = [{ ...FILES[0]!, contentId: 'a', namespaceUri: 'urn:example:inside' }];
    const wire = await world.fund.buildResponse(replyTo, { content: statement() }, { version: '1.3', attachments });
    expect((await world.fund.post(wire, '1.3')).fault).to.equal(undefined);
    expect((await world.poll(world.agency, 'GetResponse', { version: '1.1' })).messageId).to.equal(undefined);
    const told = await world.poll(world.fund, 'GetStatus', { version: '1.2' });
    expect(told.valueOf('OriginalMessageId')).to.equal(wire.messageId);
    expect(told.valueOf('StatusDetails')).to.include('NamespaceUri');
    expect(schemaProblem(told, '1.2')).to.equal(undefined);
    await world.fund.ack(wire.messageId);
    const plain = await world.fund.buildResponse(replyTo, { content: statement() }, { version: '1.3' });
    expect((await world.fund.post(plain, '1.3')).fault).to.equal(undefined);
    const got = await world.poll(world.agency, 'GetResponse', { version: '1.1' });
    expect([got.messageId, got.valueOf('OriginalMessageId')]).to.deep.equal([plain.messageId, messageId]);
    await world.agency.ack(plain.messageId);
  });

  it('a message read once in 1.3 and not confirmed is told to its sender when its reader comes back in 1.1', async () => {
    const attachments = [{ ...FILES[0]!, contentId: 'a', namespaceUri: 'urn:example:inside' }];
    const { sentId } = await world.agency.sendRequest(query(PERSON), { version: '1.3', attachments });
    const got = await world.poll(world.fund, 'GetRequest', { version: '1.3' });
    expect([got.messageId, got.valueOf('NamespaceUri')]).to.deep.equal([sentId, 'urn:example:inside']);
    world.clock.pass(16 * 60_000);
    expect((await world.poll(world.fund, 'GetRequest', { version: '1.1' })).messageId).to.equal(undefined);
    expect(await statesOf(world, sentId)).to.deep.equal(['failed']);
    const told = await world.poll(world.agency, 'GetResponse');
    expect(told.valueOf('StatusDetails')).to.include('NamespaceUri');
    await world.agency.ack(told.messageId!);
  });

  it('statuses and rejections cross versions too', async () => {
    for (const from of VERSIONS) {
      for (const to of VERSIONS) {
        const { replyTo } = await world.asked({ version: from });
        const status = { code: 3, description: 'в работе', parameters: [{ key: 'шаг', value: '1' }] };
        for (const body of [{ status }, { rejected: [{ code: 'FAILURE' as const, description: 'сбой' }] }]) {
          const wire = await world.fund.buildResponse(replyTo, body, { version: from });
          expect((await world.fund.post(wire, from)).fault).to.equal(undefined);
          const got = await world.poll(world.agency, 'GetResponse', { version: to });
          expect(schemaProblem(got, to), `${from} → ${to}`).to.equal(undefined);
          expect(got.valueOf('StatusDescription') ?? got.valueOf('RejectionReasonDescription')).to.be.oneOf([
            'в работе',
            'сбой',
          ]);
          await world.agency.ack(got.messageId!, true, to);
        }
      }
    }
  });
});

/** Canonical octets of the first element of that name, inside another where one is given. */
function octetsOf(answer: Answer, local: string, inside?: string): string {
  const [outer] = inside === undefined ? [answer.tree.root] : answer.all(inside);
  return canonicalize(answer.tree, answer.all(local, outer)[0]!).toString();
}

function expectFiles(answer: Answer, road: 'mtom' | 'inline'): void {
  const headers = answer.all('AttachmentHeader');
  expect(headers.map((h) => answer.tree.textOf(answer.tree.children(h)[0]!))).to.deep.equal(
    FILES.map((f) => f.contentId),
  );
  expect(answer.headers.get('content-type')).to.match(road === 'mtom' ? /^multipart\/related/ : /^text\/xml/);
  const included = answer.all('Include').map((e) => answer.tree.attribute(e, 'href')?.replace('cid:', '') ?? '');
  const contents =
    road === 'mtom'
      ? included.map((id) => answer.parts.get(decodeURIComponent(id)) ?? Buffer.alloc(0))
      : answer.all('Content').map((e) => Buffer.from(answer.tree.textOf(e) ?? '', 'base64'));
  expect(contents.map((c) => c.toString('hex'))).to.deep.equal(
    FILES.map((f) => Buffer.from(f.content).toString('hex')),
  );
}
