/** Formats, rights and answers: what may be sent by whom, to whom, and as an answer to what. */
import { expect } from 'chai';
import { v1 as uuidv1 } from 'uuid';
import { asyncStatus, responseData } from '../../src/envelope/index.js';
import { announcement, QUERY_ROOT, query } from './contents.js';
import { PERSON, pulled, statement } from './pull-world.js';
import { type Expected, expectRefused, type Wire } from './refusals.js';
import type { Sender } from './sender.js';
import { ID } from './sign-variant.js';
import { type TestGateway, testGateway } from './test-gateway.js';

describe('bad input: formats, rights, answers', () => {
  let gateway: TestGateway;
  let agency: Sender;
  let region: Sender;
  let fund: Sender;
  before(async () => {
    gateway = await testGateway({ snapshot: pulled() });
    agency = gateway.as('FED001');
    region = gateway.as('REG001');
    fund = gateway.as('PFR');
  });
  after(() => gateway.close());

  const refused = (who: Sender, wire: Wire | Promise<Wire>, expected: Expected) =>
    expectRefused(gateway, who, wire, { onRecord: true, ...expected });
  const asked = async () => {
    const sent = await agency.sendRequest(query(PERSON));
    const taken = await fund.poll('GetRequest');
    expect(taken.messageId).to.equal(sent.sentId);
    await fund.ack(sent.sentId);
    return { id: sent.sentId, to: taken.valueOf('ReplyTo')! };
  };

  describe('a format', () => {
    const typed = (content: string, ...says: (string | RegExp)[]) =>
      refused(agency, agency.buildRequest(content), { code: 'BusinessDataTypeIsNotSupported', says });

    it('nobody registered is refused by name, with the nearest one where there is one', async () => {
      await typed('<x xmlns="urn:nothing-like-it"/>', '{urn:nothing-like-it}x', 'не зарегистрирован');
      await typed(
        query(PERSON).replaceAll('10.13.I', '10.13.L'),
        'ближайший известный: 10.13.I 2.0.0',
        QUERY_ROOT.namespace,
      );
    });

    it('in another version is refused with the versions there are', () =>
      typed(
        query(PERSON).replaceAll('msg/10.13.I/2.0.0', 'msg/10.13.I/1.0.6'),
        '10.13.I/1.0.6',
        'известные версии 10.13.I: 1.0.7',
        '2.0.0',
      ));

    it('with another root is refused with the roots there are', () =>
      typed(
        query(PERSON).replaceAll('requestPackage', 'package'),
        'requestPackage',
        'responsePackage',
        'а найден package',
      ));

    it('carries its name in the fault as the standard has it', async () => {
      const answer = await typed('<x xmlns="urn:nothing-like-it"/>');
      expect([answer.valueOf('RootElementLocalName'), answer.valueOf('RootElementNamespaceURI')]).to.deep.equal([
        'x',
        'urn:nothing-like-it',
      ]);
    });

    it('without namespace cannot be signed, so it is refused', async () => {
      const wire = await agency.buildRequest('<x xmlns="urn:x"/>');
      const body = wire.body.toString().replace('<x xmlns="urn:x"', '<x');
      const answer = await agency.post({ ...wire, body });
      expect(answer.fault?.code).to.equal('SignatureVerificationFault');
      expect(await gateway.store.message(wire.messageId)).to.equal(undefined);
    });

    it('begins no exchange by its response', () => typed(statement(), 'не запрос', 'responsePackage'));

    it('needs content: none, two, text instead', async () => {
      const wrong = (content: string) =>
        refused(agency, agency.buildRequest(content), { code: 'InvalidContent', errors: ['MessagePrimaryContent'] });
      await wrong('');
      await wrong(query(PERSON) + query(PERSON));
      await wrong('текст');
    });
  });

  describe('a right', () => {
    it('nobody granted is refused, naming participant, format and whom to ask', () =>
      refused(agency, agency.buildRequest(announcement()), {
        code: 'AccessDenied',
        says: ['FED001', '{urn://egisso-ru/msg/10.10.I/1.0.3}request', 'оператору'],
      }));

    it('is judged before the content: a stranger to a format learns nothing of its schema', () =>
      refused(agency, agency.buildRequest(announcement().replace('true', 'x')), { code: 'AccessDenied' }));

    it('is not borrowed: the participant is the certificate, whatever the message says', async () => {
      const wire = await fund.buildRequest(query(PERSON));
      await refused(fund, wire, { code: 'AccessDenied', says: ['PFR'] });
    });
  });

  describe('an answer', () => {
    const respond = (who: Sender, to: string, content = statement()) => who.buildResponse(to, { content });

    it('to an address we never gave is refused: invented, changed, re-addressed, of another gateway', async () => {
      const { to } = await asked();
      const fields = JSON.parse(Buffer.from(to, 'base64').toString()) as Record<string, string>;
      const forge = (change: object) => Buffer.from(JSON.stringify({ ...fields, ...change })).toString('base64');
      const forged = [
        'x',
        forge({ mnm: 'REG001' }),
        forge({ mid: uuidv1() }),
        forge({ k: 'other' }),
        forge({ s: '' }),
        forge({ s: 'AAAA' }),
        forge({ s: 1 }),
        Buffer.from('null').toString('base64'),
        Buffer.from('{"k":"__proto__"}').toString('base64'),
      ];
      for (const bad of forged)
        await refused(fund, respond(fund, bad), { code: 'RecipientIsNotFound', says: ['To', 'ReplyTo'] });
    });

    it("to somebody else's request is refused, address or not", async () => {
      const { to } = await asked();
      for (const who of [region, agency])
        await refused(who, respond(who, to), { code: 'RecipientIsNotFound', says: ['адресован другому участнику'] });
    });

    it('with a wrong root is refused, naming what was asked and what is expected', async () => {
      const { to } = await asked();
      await refused(fund, respond(fund, to, query(PERSON)), {
        code: 'IncorrectResponseContentType',
        says: ['requestPackage — не ответ', 'ожидается', 'responsePackage'],
      });
      await refused(fund, respond(fund, to, announcement().replaceAll('request', 'response')), {
        code: 'IncorrectResponseContentType',
        says: ['ожидается'],
      });
      await refused(fund, respond(fund, to, '<x xmlns="urn:x"/>'), {
        code: 'BusinessDataTypeIsNotSupported',
        says: ['{urn:x}x'],
      });
    });

    it('with content against its schema is refused and leaves the request open', async () => {
      const { to } = await asked();
      await refused(fund, respond(fund, to, statement('123')), { code: 'InvalidContent', errors: ['snils'] });
      expect((await fund.post(await respond(fund, to))).fault).to.equal(undefined);
      await gateway.checkInvariants();
    });

    it('is given once: a second one and a late rejection are refused', async () => {
      const { to } = await asked();
      expect((await fund.post(await respond(fund, to))).fault).to.equal(undefined);
      const closed: Expected = { code: 'RecipientIsNotFound', says: ['уже принят окончательный ответ'] };
      await refused(fund, respond(fund, to), closed);
      await refused(
        fund,
        fund.buildResponse(to, { rejected: [{ code: 'NO_DATA', description: 'Нет данных' }] }),
        closed,
      );
    });

    it('given by five connections at once is accepted once', async () => {
      const { id, to } = await asked();
      const wires = await Promise.all(Array.from({ length: 5 }, () => respond(fund, to)));
      const answers = await Promise.all(wires.map((w) => fund.post(w)));
      expect(answers.map((a) => a.fault?.code).sort()).to.deep.equal([
        'RecipientIsNotFound',
        'RecipientIsNotFound',
        'RecipientIsNotFound',
        'RecipientIsNotFound',
        undefined,
      ]);
      const stored = await Promise.all(wires.map((w) => gateway.store.message(w.messageId)));
      expect(stored.filter((m) => m !== undefined).length).to.equal(1);
      expect((await gateway.store.messagesOf(id)).length).to.equal(2);
      await gateway.checkInvariants();
    });

    it("speaks for its participant only: AsyncProcessingStatus is the gateway's own", async () => {
      const { id, to } = await asked();
      const status = asyncStatus('1.2', {
        originalMessageId: id,
        category: 'requestIsRejectedBySmev',
        details: 'подделка',
      });
      const messageId = uuidv1();
      const signed = responseData('1.2', { messageId, to, asyncStatus: status }, ID);
      const wire = { ...(await fund.sign('SendResponse', signed, ID)), messageId };
      await refused(fund, wire, {
        code: 'IncorrectResponseContentType',
        says: ['AsyncProcessingStatus', 'только сам шлюз'],
      });
    });

    it('under an id that is taken is a duplicate, not an answer', async () => {
      const { id, to } = await asked();
      await refused(fund, fund.buildResponse(to, { content: statement() }, { messageId: id }), {
        code: 'MessageIsAlreadySent',
        taken: true,
      });
    });
  });
});
