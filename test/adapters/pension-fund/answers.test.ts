import { join } from 'node:path';
import { expect } from 'chai';
import { pensionFundAdapter } from '../../../adapters/pension-fund/index.js';
import { projectRoot } from '../../../src/config/index.js';
import type { QualifiedName } from '../../../src/message/index.js';
import type { PartnerAdapter, PartnerDelivery } from '../../../src/ports/index.js';
import { type RunningFund, startFund } from '../../../src/sandbox/pension-fund/index.js';
import { peopleOf, personOf, type SyntheticPerson, yearsAfter } from '../../../src/sandbox/people/index.js';
import { hasPublished, PUBLISHED, violations } from '../egisso/xml-check.js';
import {
  byData,
  byParticulars,
  delivery,
  experience,
  KINDS,
  messageId,
  paperXml,
  payments,
  validation,
} from './documents.js';

const NEVER = new AbortController().signal;
const SEED = 5;
const COUNT = 160;
const PEOPLE = [...peopleOf(SEED, COUNT)];
const PERSON = PEOPLE.find((p) => p.twin === undefined && p.work.length > 2) as SyntheticPerson;
const TWIN = PEOPLE.find((p) => p.twin !== undefined) as SyntheticPerson;
const OTHER = personOf(SEED, TWIN.twin as number);

/** Answers are valid under our schemas, and where they are beside the repository, under the published ones. */
function expectValid(kind: QualifiedName, xml: string): void {
  const [, name, version] = /\/([^/]+)\/([\d.]+)$/.exec(kind.namespace) as unknown as [string, string, string];
  expect(violations(xml, join(projectRoot(), 'xsd/pfr', name, version, `${name}.xsd`)), xml).to.deep.equal([]);
  if (hasPublished && kind === KINDS.payments)
    expect(violations(xml, join(PUBLISHED, 'schemas/pfr/bap-for-period/bap-for-period-1.0.1.xsd'))).to.deep.equal([]);
}

describe(`Pension Fund adapter with the real fund (seed ${SEED}, ${COUNT} people)`, () => {
  let fund: RunningFund;
  let adapter: PartnerAdapter;
  let now = Date.parse('2026-02-10T12:00:00+03:00');
  let last = 0;

  before(async () => {
    const people = { seed: SEED, count: COUNT };
    fund = await startFund({ file: ':memory:', host: '127.0.0.1', port: 0, clock: { now: () => now }, people });
    adapter = pensionFundAdapter({ url: fund.url, partner: 'PFR' });
  });
  after(() => fund.close());

  const send = (kind: QualifiedName, xml: string, more: Partial<PartnerDelivery> = {}) => {
    expectValid(kind, xml);
    last += 1;
    return adapter.deliver(delivery(messageId(last), kind, xml, more), NEVER);
  };
  const answered = async (kind: QualifiedName, xml: string): Promise<string> => {
    const answer = await send(kind, xml);
    if (answer.kind !== 'answered') throw new Error(JSON.stringify(answer));
    expectValid(kind, answer.content);
    return answer.content;
  };
  const rejected = async (kind: QualifiedName, xml: string) => {
    const answer = await send(kind, xml);
    if (answer.kind !== 'rejected') throw new Error(JSON.stringify(answer));
    expect(answer.description.startsWith(`${answer.code}: `)).to.equal(true);
    return answer;
  };
  const snilsIn = (xml: string) => [...xml.matchAll(/Snils>(\d{11})</g)].map(([, snils]) => snils);

  describe('snils-by-data 1.1.2', () => {
    it('gives everybody the right SNILS, or names both twins', async () => {
      for (const p of PEOPLE) {
        const found = snilsIn(await answered(KINDS.byData, byData(p)));
        const twin = p.twin === undefined ? [] : [PEOPLE[p.twin]?.snils];
        expect(found).to.deep.equal([p.snils, ...twin].sort());
      }
    });

    it('compares names without case, ё and doubled spaces', async () => {
      const p = PEOPLE.find(({ firstName, twin }) => firstName.includes('ё') && twin === undefined) as SyntheticPerson;
      const said = { ...p, familyName: `${p.familyName.toUpperCase()}  `, firstName: p.firstName.replace('ё', 'е') };
      expect(snilsIn(await answered(KINDS.byData, byData(said)))).to.deep.equal([p.snils]);
    });

    it('shows of twins what tells them apart: SNILS, birthplace, document', async () => {
      const xml = await answered(KINDS.byData, byData(TWIN));
      expect(xml.match(/<t:TwinData>/g)).to.have.length(2);
      expect(xml.indexOf('Snils>')).to.be.greaterThan(xml.indexOf('TwinData>'));
      for (const p of [TWIN, OTHER])
        expect(xml).to.include(paperXml(p.documents[0])).and.include(p.birthPlace.settlement);
    });

    for (const [what, change] of [
      ['another name', { firstName: 'Никто' }],
      ['no patronymic', { patronymic: undefined }],
      ['the other sex', { gender: PERSON.gender === 'Male' ? 'Female' : 'Male' }],
      ['another day of birth', { birthDate: '1900-01-01' }],
    ] as const) {
      it(`finds nobody by ${what}: NO_DATA`, async () => {
        const { patronymic, ...rest } = { ...PERSON, ...change };
        const said = patronymic === undefined ? rest : { ...rest, patronymic };
        expect(await rejected(KINDS.byData, byData(said as typeof PERSON))).to.include({ code: 'NO_DATA' });
      });
    }
  });

  describe('snils-by-additionalData 1.0.1', () => {
    it('finds by names alone, by birthplace, by any document of the person', async () => {
      for (const p of PEOPLE.filter(({ twin }) => twin === undefined).slice(0, 30)) {
        const asked = [
          byParticulars(p),
          byParticulars(p, p.birthPlace),
          ...p.documents.map((d) => byParticulars(p, undefined, d)),
        ];
        for (const xml of asked) {
          const found = await answered(KINDS.byParticulars, xml);
          expect(snilsIn(found)).to.deep.equal([p.snils]);
          expect(found).to.include(`Gender>${p.gender}<`).and.include(p.birthPlace.region);
        }
      }
    });

    it('tells twins apart by a document or a birthplace, and without them asks to say more', async () => {
      const several = await rejected(KINDS.byParticulars, byParticulars(TWIN));
      expect(several.code).to.equal('NO_DATA');
      expect(several.description).to.include('(2)').and.include('документ');
      for (const p of [TWIN, OTHER])
        expect(snilsIn(await answered(KINDS.byParticulars, byParticulars(p, undefined, p.documents[0])))).to.deep.equal(
          [p.snils],
        );
    });

    it('finds nobody by a document that is not the person’s, whatever its kind', async () => {
      const [held] = PERSON.documents;
      const said = `<s:Number>1</s:Number><s:IssueDate>2001-01-01</s:IssueDate><s:Issuer>ОВД</s:Issuer>`;
      const other = `<p:PfrIdentificationDocument><p:Type>Справка</p:Type><p:Document>${said}</p:Document></p:PfrIdentificationDocument>`;
      const military = `<s:MilitaryPassport><s:Series>АБ</s:Series><s:Number>1234567</s:Number><s:IssueDate>2001-01-01</s:IssueDate><s:Issuer>ОВД</s:Issuer></s:MilitaryPassport>`;
      for (const paper of [
        { ...held, number: '000001' },
        other,
        military,
        `<s:Form9Certificate>${said}</s:Form9Certificate>`,
      ])
        expect(await rejected(KINDS.byParticulars, byParticulars(PERSON, undefined, paper))).to.include({
          code: 'NO_DATA',
        });
      const elsewhere = { ...PERSON.birthPlace, settlement: 'НИГДЕ' };
      expect(await rejected(KINDS.byParticulars, byParticulars(PERSON, elsewhere))).to.include({ code: 'NO_DATA' });
    });
  });

  describe('snils-validation 1.0.1', () => {
    it('says true of the owner, with or without sex and birth date', async () => {
      for (const said of [true, false])
        expect(await answered(KINDS.validation, validation(PERSON, said))).to.include('Result>true<');
    });

    it('says false where anything said is wrong, and of a number nobody has', async () => {
      for (const change of [
        { snils: OTHER.snils },
        { snils: '12345678900' },
        { firstName: 'Никто' },
        { birthDate: '1900-01-01' },
      ])
        expect(await answered(KINDS.validation, validation({ ...PERSON, ...change }))).to.include('Result>false<');
    });
  });

  describe('work-experience 1.0.4', () => {
    it('adds up the jobs to a day, 30 days a month', async () => {
      const worker = PEOPLE.find((p) => p.work.length > 1) as SyntheticPerson;
      const [first] = worker.work as [SyntheticPerson['work'][number]];
      const year = yearsAfter(first.begin, 1);
      const upTo = (day: string) => answered(KINDS.experience, experience(worker, day));
      const duration = (xml: string) => /Year>(\d\d)<.*Month>(\d\d)<.*Day>(\d\d)</.exec(xml)?.slice(1).join('.');
      expect(duration(await upTo(first.begin))).to.equal('00.00.01');
      if (first.end === undefined || first.end > year) expect(duration(await upTo(year))).to.equal('01.00.01');
      const spans = worker.work.map(({ begin, end = '2026-01-31' }) => Date.parse(end) - Date.parse(begin));
      const years = spans.reduce((sum, span) => sum + span, 0) / (365.25 * 86_400_000);
      const [y, m, d] = (duration(await upTo('2026-01-31')) as string).split('.').map(Number) as [
        number,
        number,
        number,
      ];
      expect(y + m / 12 + d / 360).to.be.closeTo(years, 0.1);
    });

    it('states no duration for one who never worked, and no data for one it does not know', async () => {
      const child = PEOPLE.find((p) => p.work.length === 0) as SyntheticPerson;
      const xml = await answered(KINDS.experience, experience(child, '2025-01-01'));
      expect(xml).to.include('OszDate>2025-01-01<').and.not.include('ExperienceDuration');
      const unknown = { ...child, snils: PERSON.snils };
      expect(await rejected(KINDS.experience, experience(unknown, '2025-01-01'))).to.include({ code: 'NO_DATA' });
    });
  });

  describe('bap-for-period 1.0.1', () => {
    const pensioner = PEOPLE.find((p) => yearsAfter(p.birthDate, 62) < '2025-01-01') as SyntheticPerson;

    it('gives month by month what was paid, the parts adding up', async () => {
      const xml = await answered(KINDS.payments, payments(pensioner, '2025-11-15', 4));
      expect(xml).to.include('ExistData>true<').and.include('ActualDate>2026-02-10<');
      expect([...xml.matchAll(/b:Month>(--\d\d)</g)].map(([, m]) => m)).to.deep.equal(['--11', '--12', '--01', '--02']);
      for (const [month] of xml.matchAll(/<b:MonthlyPayment>.*?<\/b:MonthlyPayment>/g)) {
        const sums = (from: string) =>
          [...from.matchAll(/b:Sum>([\d.]+)</g)].map(([, s]) => Math.round(Number(s) * 100));
        const total = Math.round(Number(/TotalPaymentsSum>([\d.]+)</.exec(month)?.[1]) * 100);
        const whole = sums(month.replace(/<b:PaymentDetail>.*?<\/b:PaymentDetail>/g, ''));
        expect(whole.reduce((a, b) => a + b, 0)).to.equal(total);
        expect(/NumberOfPayments>(\d+)</.exec(month)?.[1]).to.equal(String(whole.length));
      }
    });

    it('pays nothing ahead of the day, nor to the young and healthy', async () => {
      now += 1;
      expect(await answered(KINDS.payments, payments(pensioner, '2026-03-01', 12))).to.include('ExistData>false<');
      const young = PEOPLE.find((p) => p.birthDate > '1990' && p.disability === undefined) as SyntheticPerson;
      const xml = await answered(KINDS.payments, payments(young, '2025-01-01', 12));
      expect(xml).to.include('ExistData>false<').and.not.include('MonthlyPayments');
    });

    it('answers an unknown person by an empty answer, and a span without sense by a rejection', async () => {
      const xml = await answered(KINDS.payments, payments({ ...pensioner, snils: '12345678900' }, '2025-01-01', 1));
      expect(xml).to.match(/^<t:BapForPeriodResponse [^>]*\/>$/);
      for (const months of [0, -1, 61, 2_147_483_647])
        expect(await rejected(KINDS.payments, payments(pensioner, '2025-01-01', months))).to.include({
          code: 'UNKNOWN_REQUEST_DESCRIPTION',
        });
    });
  });

  describe('a message', () => {
    it('has one effect for one MessageID, and is told the second time what it was told the first', async () => {
      const sent = delivery(messageId(900), KINDS.byData, byData(PERSON));
      const first = await adapter.deliver(sent, NEVER);
      expect(await adapter.deliver(sent, NEVER)).to.deep.equal(first);
      expect(await adapter.ask(messageId(900), NEVER)).to.deep.equal(first);
      const other = await adapter.deliver(
        { ...sent, format: KINDS.validation, content: Buffer.from(validation(PERSON)) },
        NEVER,
      );
      expect(other).to.include({ kind: 'failed' });
    });

    it('is told after a restart of the asker which format it was, rejections too', async () => {
      await adapter.deliver(delivery(messageId(901), KINDS.byParticulars, byParticulars(TWIN)), NEVER);
      const fresh = pensionFundAdapter({ url: fund.url, partner: 'PFR' });
      expect(await fresh.ask(messageId(901), NEVER)).to.include({ kind: 'rejected', code: 'NO_DATA' });
    });

    it('that is a test is answered fully and leaves no trace', async () => {
      const sent = delivery(messageId(902), KINDS.byData, byData(PERSON), { test: true });
      expect(await adapter.deliver(sent, NEVER)).to.include({ kind: 'answered' });
      expect(await adapter.ask(messageId(902), NEVER)).to.include({ kind: 'later' });
    });

    it('of a format it does not serve is rejected', async () => {
      const format = { namespace: 'http://kvs.pfr.com/snils-by-data/9.9.9', local: 'SnilsByDataRequest' };
      const answer = await adapter.deliver(delivery(messageId(903), format, '<x/>'), NEVER);
      expect(answer).to.include({ kind: 'rejected', code: 'UNKNOWN_REQUEST_DESCRIPTION' });
    });
  });
});
