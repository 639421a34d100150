/** Polls and Acks that are not what they seem: captured, altered, of strangers, of other times. */
import { expect } from 'chai';
import { v1 as uuidv1 } from 'uuid';
import { type Identity, issueIdentity } from '../../certs-dev/generate.js';
import { createCryptoProvider } from '../../src/drivers/crypto-openssl/index.js';
import { ackTarget } from '../../src/envelope/index.js';
import { signerFromPem } from '../../src/signature/index.js';
import { QUERY_ROOT, query, STATEMENT_ROOT } from './contents.js';
import { PERSON, pulled } from './pull-world.js';
import { changed, type Expected, expectFault, expectRefused, leavesOf, type Wire } from './refusals.js';
import { type Sender, sender } from './sender.js';
import { type TestGateway, testGateway } from './test-gateway.js';

const MINUTE = 60_000;
/** Order of the P-256 group (FIPS 186-5, SP 800-186 §3.2.1.3). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

describe('bad input: polls and Acks', () => {
  let gateway: TestGateway;
  let agency: Sender;
  let fund: Sender;
  /** PFR again, with an elliptic key. */
  let elliptic: Sender;
  before(async () => {
    const route = pulled();
    const root: Identity = await issueIdentity({ cn: 'Второй корень', organisation: 'Удостоверяющий центр' });
    const identity = await issueIdentity({ cn: 'PFR', organisation: 'Пенсионный фонд' }, { kind: 'ec', issuer: root });
    gateway = await testGateway({
      snapshot: (plain) => {
        const routed = route(plain);
        return {
          ...routed,
          roots: [...routed.roots, root.certificatePem],
          participants: routed.participants.map((p) =>
            p.mnemonic === 'PFR' ? { ...p, certificates: [...p.certificates, identity.certificatePem] } : p,
          ),
        };
      },
    });
    agency = gateway.as('FED001');
    fund = gateway.as('PFR');
    elliptic = sender(gateway.url, signerFromPem({ ...identity, provider: createCryptoProvider() }));
  });
  after(() => gateway.close());
  afterEach(async () => {
    for (let a = await fund.poll('GetRequest'); a.messageId !== undefined; a = await fund.poll('GetRequest'))
      await fund.ack(a.messageId);
    await gateway.checkInvariants();
  });

  const send = async () => {
    const sent = await agency.sendRequest(query(PERSON));
    expect(sent.fault).to.equal(undefined);
    return sent.sentId;
  };
  const refused = (who: Sender, wire: Wire | Promise<Wire>, expected: Expected) =>
    expectRefused(gateway, who, wire, expected);

  describe('a captured poll', () => {
    it('answered empty stays empty, and the message waits for a fresh one', async () => {
      const poll = await fund.buildPoll('GetRequest');
      expect((await fund.post(poll)).messageId).to.equal(undefined);
      const id = await send();
      expect((await fund.post(poll)).messageId).to.equal(undefined);
      expect((await fund.poll('GetRequest')).messageId).to.equal(id);
    });

    it('gets nothing new under the other value its ECDSA signature has', async () => {
      const [first, second] = [await send(), await send()];
      const poll = await elliptic.buildPoll('GetRequest');
      const answer = await elliptic.post(poll);
      expect([answer.fault, answer.messageId]).to.deep.equal([undefined, first]);
      const mirrored = changed(poll, /(?<=<ds:SignatureValue>)[^<]+/, '?').body.replace(
        '?',
        mirror(poll.body.toString()),
      );
      expect(mirrored).to.not.equal(poll.body.toString());
      const again = await elliptic.post({ ...poll, body: mirrored });
      expect(again.fault).to.equal(undefined);
      expect(again.messageId, 'the same message, as the same poll').to.equal(first);
      await elliptic.ack(first);
      expect((await elliptic.post({ ...poll, body: mirrored })).messageId).to.equal(undefined);
      expect((await fund.poll('GetRequest')).messageId).to.equal(second);
    });

    it('gets nothing by other writing of the same signature', async () => {
      const [first] = [await send(), await send()];
      const poll = await fund.buildPoll('GetRequest');
      expect((await fund.post(poll)).messageId).to.equal(first);
      for (const [what, by] of [
        ['<ds:SignatureValue>', '<ds:SignatureValue>\n '],
        ['soap:Body>', 'soap:Body >'],
        [/^/, '\ufeff'],
      ] as const)
        expect((await fund.post(changed(poll, what, by))).messageId).to.equal(first);
    });

    it('opens no other mailbox: GetRequest sent again as GetResponse gets nothing', async () => {
      const id = await send();
      const poll = await fund.buildPoll('GetRequest');
      expect((await fund.post(poll)).messageId).to.equal(id);
      const other = poll.body.toString().replaceAll('GetRequestRequest', 'GetResponseRequest');
      const answer = await fund.post({ ...poll, body: other });
      expect([answer.fault, answer.messageId, answer.content]).to.deep.equal([undefined, undefined, undefined]);
    });

    it('cannot be altered: another selector, another Timestamp', async () => {
      await send();
      const poll = await fund.buildPoll('GetRequest', { type: QUERY_ROOT });
      const broken: Expected = {
        code: 'SignatureVerificationFault',
        detail: 'SignatureIsInvalid',
        says: ['DigestValue'],
      };
      await refused(fund, changed(poll, '>requestPackage<', '>data<'), broken);
      await refused(fund, changed(poll, /(?<=Timestamp>)\d{4}/, '2040'), broken);
    });

    it('serves its own signer only: its certificate cannot be exchanged', async () => {
      const poll = await fund.buildPoll('GetRequest');
      const other = poll.body.toString().replace(fund.signer.certificate, () => agency.signer.certificate);
      await refused(
        fund,
        { ...poll, body: other },
        { code: 'SignatureVerificationFault', detail: 'SignatureIsInvalid' },
      );
    });
  });

  describe('a poll', () => {
    it('11 minutes off is refused, before and after, with the difference; 9 minutes are good', async () => {
      for (const [minutes, says] of [
        [11, 'впереди часов шлюза на 11 мин'],
        [-11, 'позади часов шлюза на 11 мин'],
      ] as const) {
        for (const operation of ['GetRequest', 'GetResponse', 'GetStatus'] as const) {
          const wire = fund.buildPoll(operation, { at: Date.now() + minutes * MINUTE });
          await refused(fund, wire, {
            code: 'InvalidContent',
            says: [says, 'допускается 10 мин', 'Сверьте часы'],
            onRecord: true,
          });
        }
        expect((await fund.poll('GetRequest', { at: Date.now() + Math.sign(minutes) * 9 * MINUTE })).fault).to.equal(
          undefined,
        );
      }
    });

    it('without a readable Timestamp is refused', async () => {
      const wire = await fund.sign('GetStatus', timestampText('вчера'), 'SIGNED_BY_CONSUMER');
      await refused(fund, wire, { code: 'InvalidContent', errors: ['Timestamp'], onRecord: true });
    });

    it('for a type the caller has no queue of names caller, certificate and what it has', async () => {
      const says = ['FED001', 'CN=FED001', QUERY_ROOT.namespace];
      await refused(agency, agency.buildPoll('GetRequest', { type: QUERY_ROOT }), {
        code: 'UnknownMessageType',
        says,
        onRecord: true,
      });
      await refused(agency, agency.buildPoll('GetResponse', { type: { ...STATEMENT_ROOT, local: 'nothing' } }), {
        code: 'UnknownMessageType',
        says: ['responsePackage'],
        onRecord: true,
      });
      await refused(fund, fund.buildPoll('GetResponse', { type: STATEMENT_ROOT }), {
        code: 'UnknownMessageType',
        says: ['не зарегистрировано'],
        onRecord: true,
      });
    });

    it('selects by namespace and name together, never by half', async () => {
      const wire = await agency.buildPoll('GetResponse', { type: STATEMENT_ROOT });
      const signed = /<ns3:MessageTypeSelector.*<\/ns3:MessageTypeSelector>/s.exec(wire.body.toString())![0];
      for (const half of [
        /<ns3:NamespaceURI>.*?<\/ns3:NamespaceURI>/,
        /<ns3:RootElementLocalName>.*?<\/ns3:RootElementLocalName>/,
      ]) {
        const cut = await agency.sign('GetResponse', signed.replace(half, ''), 'SIGNED_BY_CONSUMER');
        await refused(agency, cut, { code: 'InvalidContent', errors: ['MessageTypeSelector'], onRecord: true });
      }
    });
  });

  describe('an Ack', () => {
    const ack = (who: Sender, id: string) =>
      who.sign('Ack', ackTarget('1.2', id, true, 'SIGNED_BY_CONSUMER'), 'SIGNED_BY_CONSUMER');
    const notFound = async (who: Sender, id: string) => {
      const before = await leavesOf(gateway);
      expectFault(await who.post(await ack(who, id)), {
        code: 'TargetMessageIsNotFound',
        says: [id, 'не найдено среди неподтверждённых'],
      });
      expect(await leavesOf(gateway), 'nothing happened').to.deep.equal(before);
      await gateway.checkInvariants();
    };

    it('of an unknown message is refused', () => notFound(fund, uuidv1()));

    it("of somebody else's message is refused in the same words, and the message stays leased", async () => {
      const id = await send();
      const poll = await fund.buildPoll('GetRequest');
      expect((await fund.post(poll)).messageId).to.equal(id);
      await notFound(agency, id);
      await notFound(gateway.as('REG001'), id);
      expect((await fund.post(poll)).messageId).to.equal(id);
    });

    it('of a message not yet fetched is refused, and it is still there', async () => {
      const id = await send();
      await notFound(fund, id);
      expect((await fund.poll('GetRequest')).messageId).to.equal(id);
    });

    it('is good once', async () => {
      const id = await send();
      await fund.poll('GetRequest');
      expect((await fund.ack(id)).fault).to.equal(undefined);
      await notFound(fund, id);
    });

    it('sent by five connections at once is good once', async () => {
      const id = await send();
      await fund.poll('GetRequest');
      const wire = await ack(fund, id);
      const codes = (await Promise.all(Array.from({ length: 5 }, () => fund.post(wire)))).map((a) => a.fault?.code);
      expect(codes.filter((c) => c === undefined).length).to.equal(1);
      expect(codes.filter((c) => c === 'TargetMessageIsNotFound').length).to.equal(4);
    });

    it('without Id, or with text that is no UUID, is refused by its schema', async () => {
      const bad = ackTarget('1.2', 'завтра', true, 'SIGNED_BY_CONSUMER');
      await refused(fund, fund.sign('Ack', bad, 'SIGNED_BY_CONSUMER'), {
        code: 'InvalidContent',
        errors: ['AckTargetMessage'],
        onRecord: true,
      });
    });
  });
});

function timestampText(text: string): string {
  return `<b:Timestamp xmlns:b="urn://x-artefacts-smev-gov-ru/services/message-exchange/types/basic/1.2" Id="SIGNED_BY_CONSUMER">${text}</b:Timestamp>`;
}

/** (r, s) → (r, n − s): verifies too. */
function mirror(body: string): string {
  const value = Buffer.from(/<ds:SignatureValue>([^<]+)/.exec(body)![1]!, 'base64');
  const s = ORDER - BigInt(`0x${value.subarray(32).toString('hex')}`);
  return Buffer.concat([value.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]).toString(
    'base64',
  );
}
