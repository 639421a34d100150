/** MessageID and EOL: form, time, and the same id again. */
import { expect } from 'chai';
import { v1 as uuidv1, v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import { requestData } from '../../src/envelope/index.js';
import { query } from './contents.js';
import { pulled } from './pull-world.js';
import { changed, type Expected, expectFault, expectRefused, leavesOf, type Wire, xml } from './refusals.js';
import type { Sender, SendOptions } from './sender.js';
import { ID } from './sign-variant.js';
import { type TestGateway, testGateway } from './test-gateway.js';

const PERSON = '11737784886';
const HOUR = 3_600_000;

describe('bad input: identifiers', () => {
  let gateway: TestGateway;
  let agency: Sender;
  let region: Sender;
  let shift = 0;
  before(async () => {
    // The answers of PFR come only when asked for: nothing moves by itself here.
    gateway = await testGateway({ snapshot: pulled(), clock: { now: () => Date.now() + shift } });
    agency = gateway.as('FED001');
    region = gateway.as('REG001');
  });
  afterEach(() => {
    shift = 0;
  });
  after(() => gateway.close());

  const request = (options: SendOptions = {}, who = agency) => who.buildRequest(query(PERSON), options);
  const withId = (messageId: string) => request({ messageId });
  const refused = (wire: Wire | Promise<Wire>, expected: Expected, who = agency) =>
    expectRefused(gateway, who, wire, { onRecord: true, ...expected });
  const accepted = async (wire: Wire, who = agency) => {
    expect((await who.post(wire)).fault).to.equal(undefined);
    expect(await gateway.store.message(wire.messageId!)).to.not.equal(undefined);
    await gateway.checkInvariants();
  };
  /** A version 1 id whose clock stands this far from the gateway's. */
  const idAt = (difference: number) => uuidv1({ msecs: Date.now() + difference });

  describe('the form of MessageID', () => {
    it('is UUID version 1: 4, 7, nil, other variants are refused with the id named', async () => {
      const v1 = uuidv1();
      const ids = [uuidv4(), uuidv7(), '00000000-0000-0000-0000-000000000000', `${v1.slice(0, 19)}c${v1.slice(20)}`];
      for (const id of ids) await refused(withId(id), { code: 'InvalidMessageIdFormat', says: [id, 'UUID версии 1'] });
    });

    it('is lower case, without braces or urn:uuid:', async () => {
      const id = uuidv1();
      for (const bad of [id.toUpperCase(), `{${id}}`, `urn:uuid:${id}`, id.replaceAll('-', ''), 'завтра', ' ', ''])
        await refused(withId(bad), { code: 'InvalidMessageIdFormat', says: [`«${bad}»`, 'строчными'] });
      await refused(withId('x'.repeat(100_000)), { code: 'InvalidMessageIdFormat', says: [/«x{100}…»/] });
    });

    it('is there: a message without one is refused by its schema', async () => {
      const data = requestData('1.2', { messageId: uuidv1(), content: query(PERSON) }, ID);
      const without = agency.sign('SendRequest', data.replace(/<ns2:MessageID>.*<\/ns2:MessageID>/, ''), ID);
      await refused(without, { code: 'InvalidContent', errors: ['MessageID'] });
    });
  });

  describe('the time inside MessageID', () => {
    it('is stale after 48 hours: 49 are refused with the difference, 47 are good', async () => {
      await refused(withId(idAt(-49 * HOUR)), {
        code: 'StaleMessageId',
        says: ['позади часов шлюза на 49 ч', 'допускается 48 ч', 'создайте новый MessageID'],
      });
      await accepted(await withId(idAt(-47 * HOUR)));
    });

    it('is at most 10 minutes ahead: 11 are refused with the difference, 9 are good', async () => {
      await refused(withId(idAt(11 * 60_000)), {
        code: 'StaleMessageId',
        says: ['впереди часов шлюза на 11 мин', 'допускается 10 мин', 'Сверьте часы'],
      });
      await accepted(await withId(idAt(9 * 60_000)));
    });

    it('may be the beginning or the end of what UUID can say', async () => {
      for (const id of ['00000000-0000-1000-8000-000000000000', 'ffffffff-ffff-1fff-bfff-ffffffffffff'])
        await refused(withId(id), { code: 'StaleMessageId', says: [/часов шлюза на \d+ ч/] });
    });
  });

  describe('the same MessageID again', () => {
    it('with the same content names time and digest of the first and needs no repetition', async () => {
      const wire = await request();
      await accepted(wire);
      const says = [wire.messageId, /принято \d{4}-\d\d-\d\dT/, /SHA-256 \S+ \S+ [0-9a-f]{64}/, 'содержимое совпадает'];
      await refused(wire, { code: 'MessageIsAlreadySent', says, taken: true });
      const [last] = (await leavesOf(gateway)).slice(-1);
      expect(JSON.parse(last!), 'the body is not kept a second time').to.not.have.property('body');
    });

    it('with other content says so and asks for a new id', async () => {
      const wire = await request();
      await accepted(wire);
      const says = [wire.messageId, 'содержимое ДРУГОЕ', 'новый MessageID'];
      await refused(withId(wire.messageId), { code: 'MessageIsAlreadySent', says, taken: true });
      const [last] = (await leavesOf(gateway)).slice(-1);
      expect(JSON.parse(last!)).to.have.property('body');
    });

    it('by another sender tells nothing of the first', async () => {
      const wire = await request();
      await accepted(wire);
      const answer = await refused(
        request({ messageId: wire.messageId }, region),
        { code: 'MessageIsAlreadySent', says: [wire.messageId], taken: true },
        region,
      );
      expect(answer.text).to.not.match(/SHA-256|принято|FED001|содержимое/);
    });

    it('is a duplicate even when it is stale as well', async () => {
      const wire = await request();
      await accepted(wire);
      shift = 49 * HOUR;
      await refused(wire, { code: 'MessageIsAlreadySent', says: ['содержимое совпадает'], taken: true });
      await refused(withId(wire.messageId), { code: 'MessageIsAlreadySent', says: ['ДРУГОЕ'], taken: true });
    });

    it('may be used after a refusal: nothing of the refused message was kept under it', async () => {
      const id = uuidv1();
      await refused(agency.buildRequest('<x xmlns="urn:nothing"/>', { messageId: id }), {
        code: 'BusinessDataTypeIsNotSupported',
      });
      await accepted(await withId(id));
    });

    it('sent by ten connections at once is accepted exactly once', async () => {
      const wire = await request();
      const answers = await Promise.all(Array.from({ length: 10 }, () => agency.post(wire)));
      expect(answers.filter((a) => a.fault === undefined).length).to.equal(1);
      for (const answer of answers.filter((a) => a.fault !== undefined))
        expectFault(answer, { code: 'MessageIsAlreadySent', says: ['содержимое совпадает'] });
      expect((await gateway.store.deliveriesOf(wire.messageId)).length).to.equal(1);
      await gateway.checkInvariants();
    });

    it('sent at once with different contents is accepted exactly once, and one content is stored', async () => {
      const messageId = uuidv1();
      const wires = await Promise.all(Array.from({ length: 6 }, () => withId(messageId)));
      const answers = await Promise.all(wires.map((w) => agency.post(w)));
      expect(answers.filter((a) => a.fault === undefined).length).to.equal(1);
      for (const answer of answers.filter((a) => a.fault !== undefined))
        expectFault(answer, { code: 'MessageIsAlreadySent', says: ['содержимое ДРУГОЕ'] });
      await gateway.checkInvariants();
    });
  });

  describe('EOL', () => {
    it('that has passed is refused, saying by how much; one to come is good', async () => {
      await refused(request({ eol: Date.now() - HOUR }), { code: 'EndOfLifeReached', says: ['истёк 60 мин назад'] });
      await accepted(await request({ eol: Date.now() + HOUR }));
    });

    it('that is no time is refused by its schema', async () => {
      const data = requestData('1.2', { messageId: uuidv1(), content: query(PERSON), eol: Date.now() }, ID);
      for (const bad of ['завтра', '2026-02-30T00:00:00', '2026-01-01'])
        await refused(agency.sign('SendRequest', data.replace(/(?<=EOL>)[^<]+/, bad), ID), {
          code: 'InvalidContent',
          errors: ['EOL'],
        });
    });
  });

  it('texts with U+0085 and U+2028 are signed as they are: changed to a blank, they are refused', async () => {
    const wire = await request({ transactionCode: 'а\u0085б\u2028в' });
    for (const other of ['а б\u2028в', 'а\u0085б в', 'а\u0085б\nв']) {
      await expectRefused(gateway, agency, changed(wire, 'а\u0085б\u2028в', other), {
        code: 'SignatureVerificationFault',
        detail: 'SignatureIsInvalid',
      });
    }
    await accepted(wire);
    const taken = await gateway.as('PFR').poll('GetRequest');
    expect(taken.fault).to.equal(undefined);
  });

  it('emoji, which the SMEV transform cannot express, are refused with what to do', async () => {
    const wire = changed(await request({ transactionCode: 'код' }), 'код', '😀');
    await expectRefused(gateway, agency, xml(wire.body), {
      code: 'SignatureVerificationFault',
      detail: 'SignatureIsInvalid',
      says: ['исключить из сообщения до подписания'],
    });
  });
});
