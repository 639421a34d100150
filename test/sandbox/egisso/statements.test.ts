import { expect } from 'chai';
import { newFact, PERSON, Registry, uuid } from './registry-client.js';

describe('Registry twin: statements', () => {
  let registry: Registry;
  before(async () => {
    registry = await Registry.start();
    await registry.send([
      newFact(1, { dateStart: '2020-04-01', dateFinish: '2020-06-30' }),
      newFact(2, { dateStart: '2022-01-01' }),
    ]);
  });
  after(() => registry.close());

  const starts = async (beginDate: string, endDate: string) =>
    (await registry.shown({ beginDate, endDate })).map((shown) => shown.dateStart);

  it('a fact is in when its days meet the period, ends included; without an end it lasts for ever', async () => {
    expect(await starts('2020-01-01', '2020-03-31')).to.deep.equal([]);
    expect(await starts('2020-01-01', '2020-04-01')).to.deep.equal(['2020-04-01']);
    expect(await starts('2020-06-30', '2021-12-31')).to.deep.equal(['2020-04-01']);
    expect(await starts('2020-07-01', '2021-12-31')).to.deep.equal([]);
    expect(await starts('2020-05-05', '2020-05-05')).to.deep.equal(['2020-04-01']);
    expect(await starts('2990-01-01', '2999-12-31')).to.deep.equal(['2022-01-01']);
    expect(await starts('2020-01-01', '2030-01-01')).to.deep.equal(['2020-04-01', '2022-01-01']);
  });

  it('filters by form and by the measure’s four digits of the KMSZ code', async () => {
    const shown = async (filter: object) =>
      (await registry.shown({ assignments: { include: true, ...filter } })).length;
    expect([await shown({ form: '01' }), await shown({ form: '02' })]).to.deep.equal([1, 0]);
    expect([await shown({ mszCodes: ['0444', '0101'] }), await shown({ mszCodes: ['0444'] })]).to.deep.equal([1, 0]);
  });

  it('shows only what was asked for: sections it does not hold are empty or absent', async () => {
    const [none, all] = await registry.ask([
      { assignments: { include: false } },
      { obligations: true, assignees: true, job: true, snils: '00000000000' },
    ]);
    expect(none).to.deep.equal({ requestUid: uuid(900), statement: { snils: PERSON } });
    const empty = { snils: '00000000000', assignments: [], obligations: [], assignees: [], job: [] };
    expect(all).to.deep.equal({ requestUid: uuid(901), statement: empty });
  });

  it('a period that ends before it begins is the error of that request only', async () => {
    const [bad, good] = await registry.ask([{ beginDate: '2021-01-02', endDate: '2021-01-01' }, {}]);
    const message = 'Дата начала периода 02-01-2021 больше даты окончания периода 01-01-2021';
    const time = '2024-03-01T00:00:00+03:00';
    expect(bad).to.deep.equal({ requestUid: uuid(900), errors: [{ message, time }] });
    expect(good).to.have.property('statement');
  });

  it('an error the gateway found stands in place of that request’s statement, a warning does not', async () => {
    const findings = [
      { record: uuid(900), type: 1, code: '001', report: 'ошибка' },
      { record: uuid(901), type: 2, report: 'предупреждение' },
    ];
    const [bad, good] = await registry.ask([{}, {}], { findings });
    expect(bad).to.have.nested.property('errors[0].code', '001');
    expect(good).to.have.property('statement');
  });

  it('shows the people of the sandbox, each with an invented surname and a right control number', async () => {
    for (const [snils, count] of [
      ['11223344595', 1],
      ['90000000182', 1],
      ['90000000283', 1],
      ['90000000384', 1],
    ] as const) {
      const shown = await registry.shown({ snils, beginDate: '2019-01-01', endDate: '2030-01-01' });
      expect(shown, snils).to.have.length(count);
      expect(shown[0]?.person.surname).to.match(/^Вымышленн/);
    }
  });

  it('shows the person of the published answer as published: two bodies, two measures, two dates of birth', async () => {
    const shown = await registry.shown({ snils: '11737784886', beginDate: '2019-03-01', endDate: '2020-03-01' });
    const parts = shown.map((s) => [s.oszCode, s.kmszCode, s.periodicity, s.dateStart, s.amount, s.person.birthDate]);
    expect(parts).to.deep.equal([
      ['0036.000006', '0444.07000029.01.0010.01.030701', '01', '2019-03-19', '2000.00', '2019-03-01'],
      ['0036.000002', '0506.11010400.01.0010.01.030501', '05', '2019-03-20', '100.00', '2019-03-04'],
    ]);
    expect(shown.map((s) => s.npaList.map((act) => act.number))).to.deep.equal([['80'], ['61-ЗС']]);
  });
});
