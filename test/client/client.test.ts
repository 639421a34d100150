import { expect } from 'chai';
import { issueIdentity } from '../../certs-dev/generate.js';
import { createClient, isFailure, type SmevClient } from '../../src/client/index.js';
import { createCryptoProvider } from '../../src/drivers/crypto-openssl/index.js';
import { isMessageId, messageIdTime, VERSIONS, type Version } from '../../src/message/index.js';
import { signerFromPem } from '../../src/signature/index.js';
import { AT } from '../envelope/samples.js';
import { canonicalOf, FakeGateway } from './fake-gateway.js';

const provider = createCryptoProvider();
const CONTENT =
  '<?xml version="1.0"?><q:Query xmlns:q="urn:q" id="SIGNED_BY_SMEV"><!-- c --><q:a>1 &lt; 2</q:a></q:Query>';
const ATTACHMENTS = [
  { contentId: 'one', mimeType: 'application/pdf', content: Buffer.from('%PDF \r\n--uuid:x\r\n\0') },
  { contentId: 'two', mimeType: 'text/plain', content: Buffer.alloc(0), pkcs7: Buffer.from('p7') },
];

/** An answer that is no failure, or the failure told. */
function good<T>(value: T): Exclude<T, { fault: unknown } | { transport: unknown } | { untrusted: unknown }> {
  if (isFailure(value)) expect.fail(JSON.stringify({ ...value, raw: undefined }));
  return value as Exclude<T, { fault: unknown } | { transport: unknown } | { untrusted: unknown }>;
}

describe('client', () => {
  let caller: Awaited<ReturnType<typeof issueIdentity>>;
  let gatewayIdentity: Awaited<ReturnType<typeof issueIdentity>>;

  before(async () => {
    caller = await issueIdentity({ cn: 'Участник', organisation: 'Тест' }, { kind: 'ec' });
    gatewayIdentity = await issueIdentity({ cn: 'Шлюз', organisation: 'Тест' }, { kind: 'ec' });
  });

  function pair(version: Version): { gateway: FakeGateway; client: SmevClient } {
    const gateway = new FakeGateway(signerFromPem({ ...gatewayIdentity, provider }), caller.certificatePem, provider);
    const client = createClient({
      url: 'http://gateway/',
      version,
      ...caller,
      provider,
      gatewayCertificatesPem: [gatewayIdentity.certificatePem],
      clock: { now: () => AT },
      fetch: gateway.fetch,
    });
    return { gateway, client };
  }

  for (const version of VERSIONS) {
    for (const road of ['mtom', 'inline'] as const) {
      it(`${version}, ${road}: a request and its response go there and back unchanged, signatures verified`, async () => {
        const { client, gateway } = pair(version);
        const sent = good(
          await client.sendRequest({
            content: CONTENT,
            attachments: ATTACHMENTS,
            road,
            nodeId: 'n1',
            eol: AT + 1000,
            test: true,
            transactionCode: 'code',
          }),
        );
        expect(isMessageId(sent.messageId)).to.equal(true);
        expect(messageIdTime(sent.messageId)).to.equal(AT);
        expect(sent.receiptUrl).to.equal('http://gateway/receipt/1');
        expect(sent.metadata).to.include({
          sender: 'REG001',
          recipient: 'EGISSO',
          status: 'requestIsQueued',
          type: 'REQUEST',
          sendingTimestamp: AT,
        });

        const request = good(await client.getRequest({ type: { namespace: 'urn:q', local: 'Query' }, nodeId: 'n1' }))!;
        expect(request.messageId).to.equal(sent.messageId);
        expect(request.content.toString()).to.equal(canonicalOf(CONTENT));
        expect(request.contentName).to.deep.equal({ namespace: 'urn:q', local: 'Query' });
        expect(request).to.include({
          nodeId: 'n1',
          eol: AT + 1000,
          test: true,
          transactionCode: 'code',
          referenceMessageId: sent.messageId,
        });
        expect(request.attachments).to.deep.equal(ATTACHMENTS);
        expect(request.metadata.status).to.equal(version === '1.1' ? 'responseIsDelivered' : 'messageIsDelivered');
        expect(await client.getRequest()).to.equal(undefined);

        good(
          await client.sendResponse({
            to: request.replyTo,
            content: Buffer.from('<q:Answer xmlns:q="urn:q"/>'),
            attachments: ATTACHMENTS,
            road,
          }),
        );
        const response = good(await client.getResponse())!;
        expect(response.content?.toString()).to.equal('<q:Answer xmlns:q="urn:q"></q:Answer>');
        expect(response.attachments).to.deep.equal(ATTACHMENTS);
        expect(response.originalMessageId).to.equal(sent.messageId);

        expect(await client.ack(response.messageId)).to.equal(undefined);
        expect(await client.ack(request.messageId, false)).to.equal(undefined);
        expect(gateway.acknowledged).to.deep.equal([`${response.messageId} true`, `${request.messageId} false`]);
      });
    }

    it(`${version}: rejections, statuses and SMEV's own word are told apart`, async () => {
      const { client, gateway } = pair(version);
      const rejected = [{ code: 'NO_DATA', description: 'нет' }] as const;
      good(await client.sendResponse({ to: 't', rejected }));
      const status = { code: 2, description: 'в работе', parameters: [{ key: 'k', value: 'v' }] };
      good(await client.sendResponse({ to: 't', status }));
      const first = good(await client.getResponse())!;
      expect(first.rejected).to.deep.equal(rejected);
      expect(first.content).to.equal(undefined);
      expect(good(await client.getResponse())!.status).to.deep.equal(status);

      const originalMessageId = client.newMessageId();
      gateway.statuses.push({
        originalMessageId,
        category: 'requestIsRejectedBySmev',
        details: 'отказ',
        fault: { fault: 'InvalidContent', description: 'плохо', violations: [{ line: 7, text: 'строка' }] },
        code: 'fake',
      });
      const word = good(await client.getStatus())!;
      expect(word).to.include({ originalMessageId, category: 'requestIsRejectedBySmev', details: 'отказ' });
      expect(word.fault).to.deep.equal({
        name: 'InvalidContent',
        code: 'fake',
        description: 'SMEV-403:плохо',
        violations: [{ line: 7, text: 'строка 7: строка' }],
        extra: {},
      });
      expect(await client.getStatus()).to.equal(undefined);
    });
  }

  it('a fault is an answer: its name, number, violations and further elements are read', async () => {
    const { client } = pair('1.3');
    const refused = await client.sendRequest({ content: CONTENT, nodeId: 'x'.repeat(51) });
    if (!isFailure(refused) || !('fault' in refused)) return expect.fail('no fault');
    expect(refused).to.include({ fault: 'InvalidContent', name: 'InvalidContent', number: 403, code: 'fake' });
    expect(refused.violations).to.have.length(1);
    expect(refused.violations[0]).to.include({ line: 1 });
    return undefined;
  });

  it('queue statistics exist in 1.1 alone', async () => {
    expect(good(await pair('1.1').client.queueStatistics('n'))).to.deep.equal([{ queueName: 'q', pending: 0 }]);
    expect(await pair('1.2').client.queueStatistics()).to.include({ fault: 'InvalidContent' });
  });

  it('content that is no XML is refused before anything is sent, with its line', async () => {
    const { client, gateway } = pair('1.2');
    const refused = await client.sendRequest({ content: '<a>\n<b></a>' });
    expect(isFailure(refused)).to.equal(true);
    expect(refused).to.have.nested.property('violations[0].line', 2);
    expect(gateway.requests).to.have.length(0);
  });

  it('a changed answer is untrusted, and names the message so that it can be refused', async () => {
    const { client, gateway } = pair('1.3');
    const { messageId } = good(await client.sendRequest({ content: CONTENT }));
    gateway.tamper = (body) => Buffer.from(body.toString('latin1').replace('1 &lt; 2', '1 &lt; 3'), 'latin1');
    const answer = await client.getRequest();
    expect(answer).to.include({ messageId }).and.to.have.property('untrusted');
  });

  it('an answer signed by another key is untrusted', async () => {
    const other = await issueIdentity({ cn: 'Чужой', organisation: 'Тест' }, { kind: 'ec' });
    const gateway = new FakeGateway(signerFromPem({ ...other, provider }), caller.certificatePem, provider);
    const client = createClient({
      url: 'http://gateway',
      version: '1.2',
      ...caller,
      provider,
      gatewayCertificatesPem: [gatewayIdentity.certificatePem],
      fetch: gateway.fetch,
    });
    expect(await client.sendRequest({ content: CONTENT })).to.have.property(
      'untrusted',
      'сертификат в SMEVSignature не принадлежит шлюзу',
    );
  });

  it('transport failures tell whether the message may have been taken', async () => {
    const { client, gateway } = pair('1.2');
    const refusedConnection = Object.assign(new TypeError('fetch failed'), {
      cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
    });
    const answers: [() => Response, object][] = [
      [
        () => {
          throw refusedConnection;
        },
        { transport: 'unreachable' },
      ],
      [
        () => {
          throw new DOMException('late', 'TimeoutError');
        },
        { transport: 'timeout' },
      ],
      [
        () => new Response('busy', { status: 503, headers: { 'retry-after': '7' } }),
        { transport: 'busy', status: 503, retryAfter: 7 },
      ],
      [
        () => new Response('<html>', { status: 502, headers: { 'content-type': 'text/html' } }),
        { transport: 'broken', status: 502 },
      ],
      [() => new Response('<a/>', { headers: { 'content-type': 'text/xml' } }), { transport: 'broken', status: 200 }],
    ];
    for (const [answer, expected] of answers) {
      gateway.next = answer;
      expect(await client.ack(client.newMessageId())).to.include(expected);
    }
  });

  it('MessageIDs made within one millisecond differ', () => {
    const { client } = pair('1.2');
    expect(new Set(Array.from({ length: 1000 }, () => client.newMessageId()))).to.have.property('size', 1000);
  });
});
