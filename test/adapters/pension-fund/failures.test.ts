import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import nock from 'nock';
import { pensionFundAdapter } from '../../../adapters/pension-fund/index.js';
import type { QualifiedName } from '../../../src/message/index.js';
import { personOf } from '../../../src/sandbox/people/index.js';
import { byData, byParticulars, delivery, experience, KINDS, messageId, payments, validation } from './documents.js';

nock.restore(); // importing it takes over the network of every test in the process; here it is on only between the hooks

const URL = 'http://127.0.0.1:47011'; // the guard of root-hooks.ts sees connections before nock does, and lets loopback pass only
const NEVER = new AbortController().signal;
const PERSON = personOf(1, 2);
const HYPHENATED = PERSON.snils.replace(/(...)(...)(...)(..)/, '$1-$2-$3 $4');
const SENT = delivery(messageId(1), KINDS.byData, byData(PERSON));
const BY_DATA = '/accounts/by-data';
const ACCOUNT = {
  snils: HYPHENATED,
  surname: 'Вымышленный',
  forename: 'Пётр',
  sex: 'M',
  born: '1970-01-02',
  place: { type: 'СТАНДАРТНОЕ', settlement: 'ВЫМЫШЛЕНСК' },
  paper: { type: 'PassportRF', series: '4601', number: '123456', issued: '2001-02-03', issuer: 'ОВД' },
};
const FOUND = { messageId: messageId(1), format: KINDS.byData.namespace, kind: 'accounts', accounts: [ACCOUNT] };

/** The fund's HTTP API, played by nock; sockets that are slow or cut, by a server of our own. */
describe('Pension Fund adapter and a fund that fails', () => {
  const adapter = () => pensionFundAdapter({ url: URL, partner: 'PFR' });

  describe('played by nock', () => {
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

    it('sends every format as JSON: sex by a letter, SNILS with hyphens, days without zones, the one document', async () => {
      const bodies: Record<string, Record<string, unknown>> = {};
      const { patronymic, birthDate: born, familyName: surname, firstName: forename, documents, birthPlace } = PERSON;
      const sex = PERSON.gender === 'Male' ? 'M' : 'F';
      const names = { surname, forename, patronymic };
      const send = async (path: string, kind: QualifiedName, xml: string) => {
        nock(URL)
          .post(path, (given) => {
            bodies[path] = given;
            return true;
          })
          .matchHeader('content-type', 'application/json')
          .reply(503);
        await adapter().deliver(delivery(messageId(7), kind, xml), NEVER);
        const { about, ...rest } = bodies[path] as { about: unknown };
        expect(rest).to.deep.equal({ messageId: messageId(7), format: kind.namespace, test: false });
        return about;
      };
      const zoned = { ...PERSON, birthDate: `${PERSON.birthDate}+12:00` };
      expect(await send(BY_DATA, KINDS.byData, byData(zoned))).to.deep.equal({ ...names, sex, born });
      const { placeType: type, ...place } = birthPlace;
      const { kind: paperType, issueDate: issued, ...paper } = documents[0];
      expect(
        await send('/accounts/by-particulars', KINDS.byParticulars, byParticulars(PERSON, birthPlace, documents[0])),
      ).to.deep.equal({ ...names, sex, born, place: { type, ...place }, paper: { type: paperType, issued, ...paper } });
      const snils = HYPHENATED;
      expect(await send('/accounts/check', KINDS.validation, validation(PERSON, false))).to.deep.equal({
        ...names,
        snils,
      });
      const onDay = '2020-02-29';
      expect(await send('/experience', KINDS.experience, experience(PERSON, `${onDay}Z`))).to.deep.equal({
        ...names,
        snils,
        born,
        onDay,
      });
      const asked = { ...names, sex, born, snils, from: '2024-01-01', months: 3 };
      expect(await send('/payments', KINDS.payments, payments(PERSON, '2024-01-01', 3))).to.deep.equal(asked);
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
      [302, 'failed'],
    ] as const) {
      it(`a delivery answered ${status} is ${kind}`, async () => {
        nock(URL).post(BY_DATA).reply(status, { error: 'as it is' }, { location: 'http://127.0.0.1:47012/' });
        expect(await adapter().deliver(SENT, NEVER)).to.include({ kind });
      });
    }

    for (const [code, kind] of [
      ['ECONNREFUSED', 'later'],
      ['ENOTFOUND', 'later'],
      ['ECONNRESET', 'in-doubt'],
    ] as const) {
      it(`a delivery that ends with ${code} is ${kind}, and the cause says so`, async () => {
        nock(URL)
          .post(BY_DATA)
          .replyWithError(Object.assign(new Error('socket'), { code }));
        const answer = await adapter().deliver(SENT, NEVER);
        expect(answer).to.include({ kind }).and.to.have.property('cause').that.contains(code);
      });
    }

    const month = { year: 2025, month: 1, total: '1.00', payments: [{ type: 'x', sum: '1.00' }] };
    const paid = { from: '2025-01-01', months: 1, actualOn: '2025-02-01', account: ACCOUNT };
    for (const [what, answer] of [
      ['half a JSON document', JSON.stringify(FOUND).slice(0, 100)],
      ['nothing', ''],
      ['a page of a proxy', '<html>busy</html>'],
      ['another kind of JSON', '{"ok":true}'],
      ['null', 'null'],
      ['the answer to another format', { ...FOUND, kind: 'check', belongs: true }],
      ['a format nobody knows', { ...FOUND, format: 'urn:x' }],
      ['an account without a document', { ...FOUND, accounts: [{ ...ACCOUNT, paper: undefined }] }],
      ['a sex nobody has', { ...FOUND, accounts: [{ ...ACCOUNT, sex: 'Male' }] }],
      ['a check without a word', { format: KINDS.validation.namespace, kind: 'check' }],
      [
        'half a duration',
        { format: KINDS.experience.namespace, kind: 'experience', onDay: '2025-01-01', experience: { years: 1 } },
      ],
      ['payments without parts', { format: KINDS.payments.namespace, kind: 'payments', ...paid, paid: [month] }],
      ['a refusal without a reason', { ...FOUND, kind: 'refused' }],
    ] as const) {
      it(`${what} under 200 leaves the delivery in doubt: the fund may have acted`, async () => {
        nock(URL)
          .post(BY_DATA)
          .reply(200, typeof answer === 'string' ? answer : JSON.stringify(answer));
        expect(await adapter().deliver(SENT, NEVER)).to.include({ kind: 'in-doubt' });
      });
    }

    it('a doubt is settled by the fund only: known, not known, anything else', async () => {
      const asked = (status: number, body: string | object) => {
        nock(URL)
          .get(`/messages/${messageId(1)}`)
          .reply(status, typeof body === 'string' ? body : JSON.stringify(body));
        return adapter().ask(messageId(1), NEVER);
      };
      expect(await asked(200, FOUND)).to.include({ kind: 'answered' });
      expect(await asked(200, { ...FOUND, accounts: [] })).to.include({ kind: 'rejected', code: 'NO_DATA' });
      expect(await asked(404, { unknown: messageId(1) })).to.include({ kind: 'later' });
      for (const [status, body] of [
        [404, 'no such page'],
        [503, ''],
        [500, ''],
        [403, ''],
        [200, '{'],
      ] as const)
        expect(await asked(status, body), `${status}`).to.include({ kind: 'in-doubt' });
    });

    it('words of the fund are escaped, a document without an element of its own is named in words', async () => {
      const account = { ...ACCOUNT, surname: '<&>"', paper: { ...ACCOUNT.paper, type: 'Справка & дело' } };
      nock(URL)
        .post(BY_DATA)
        .reply(200, { ...FOUND, accounts: [account, ACCOUNT] });
      const answer = await adapter().deliver(SENT, NEVER);
      if (answer.kind !== 'answered') throw new Error(answer.kind);
      expect(answer.content).to.include('&lt;&amp;&gt;');
      expect(answer.content).to.include(
        '<p:PfrIdentificationDocument><p:Type>Справка &amp; дело</p:Type><p:Document><s:Series>',
      );
    });

    it('sends nothing when it is told to stop before', async () => {
      expect(await adapter().deliver(SENT, AbortSignal.abort())).to.include({ kind: 'later' });
    });
  });

  describe('with sockets that are slow or cut', () => {
    let server: Server;
    let url: string;
    before(async () => {
      server = createServer((request, response) => {
        if (request.url === BY_DATA) return; // silence
        const body = JSON.stringify(FOUND);
        response.writeHead(200, { 'content-length': body.length * 2 });
        response.write(body.slice(0, 40), () => response.destroy());
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    after(() => {
      server.closeAllConnections();
      server.close();
    });

    it('silence until the deadline leaves the delivery in doubt', async () => {
      const slow = pensionFundAdapter({ url, partner: 'PFR', timeout: 60 });
      expect(await slow.deliver(SENT, NEVER)).to.deep.equal({
        kind: 'in-doubt',
        cause: 'фонд не ответил: TimeoutError',
      });
    });

    it('half an answer leaves the delivery in doubt', async () => {
      const cut = pensionFundAdapter({ url, partner: 'PFR', timeout: 5_000 });
      const sent = delivery(messageId(2), KINDS.validation, validation(PERSON));
      expect(await cut.deliver(sent, NEVER)).to.include({ kind: 'in-doubt' });
    });
  });
});
