import { expect } from 'chai';
import { fact, newFact, Registry, uuid } from './registry-client.js';

describe('Registry twin: what it checks of a fact', () => {
  let registry: Registry;
  beforeEach(async () => {
    registry = await Registry.start();
  });
  afterEach(() => registry.close());

  const cases = [
    [
      '014: a measure it does not hold',
      { lmszId: uuid(7) },
      [`1 014 Значение идентификатора ЛМСЗ ${uuid(7)} в реестре не найдено`],
    ],
    [
      '014: a category of another measure',
      { categoryId: uuid(7) },
      [`1 014 Значение идентификатора категории ${uuid(7)} не найдено у ЛМСЗ 4ae1c390-523c-4462-b90c-75ecc7ae9bc3`],
    ],
    [
      '019 warns: decided and begun before the measure was in force',
      { decisionDate: '2019-05-31', dateStart: '2019-05-31' },
      [
        '2 019 Дата решения о назначении 31-05-2019 не входит в период действия локальной МСЗ',
        '2 019 Дата начала действия назначения 31-05-2019 не входит в период действия локальной МСЗ',
      ],
    ],
    ['019: not on its first day', { decisionDate: '2019-06-01', dateStart: '2019-06-01' }, []],
    [
      '059: a code given twice',
      { criteria: { used: true, codes: ['000001', '000002', '000001'] } },
      ['1 059 Значение кода 000001 дублирует значение кода нуждаемости, описываемого в блоке "Критерии нуждаемости"'],
    ],
    [
      '059: a code outside the dictionary, which is not the measure’s either',
      { criteria: { used: true, codes: ['000009'] } },
      [
        '1 059 Значение кода 000009 не найдено в справочнике "Критерии нуждаемости"',
        '1 059 Значение кода 000009 критерия нуждаемости не найдено у указанной ЛМСЗ',
      ],
    ],
    [
      '059: a code of another measure',
      { criteria: { used: true, codes: ['000003'] } },
      ['1 059 Значение кода 000003 критерия нуждаемости не найдено у указанной ЛМСЗ'],
    ],
    [
      'the end before the start',
      { dateFinish: '2020-03-31' },
      ['1 - Дата начала действия назначения 01-04-2020 больше даты окончания действия назначения 31-03-2020'],
    ],
    ['an end on the day of the start', { dateFinish: '2020-04-01' }, []],
    [
      'a year a statement cannot print',
      { dateFinish: '12020-01-01' },
      ['1 - Дата 12020-01-01 вне допустимого диапазона'],
    ],
    [
      'a unit outside the dictionary',
      { assignment: { form: '02', amount: '1', okeiCode: '999', equivalentAmount: '1' } },
      ['1 - Значение кода 999 не найдено в справочнике "Единицы измерения"'],
    ],
    [
      'letter case of ids',
      { lmszId: '4AE1C390-523C-4462-B90C-75ECC7AE9BC3', categoryId: 'C7F2E5FE-C1AE-49FC-9985-AD3FF31DA8F9' },
      [],
    ],
  ] as const;

  for (const [what, changes, lines] of cases) {
    it(`${what}: ${lines.length === 0 ? 'no note' : `${lines.length} note(s)`}`, async () => {
      const told = await registry.send([newFact(1, changes)]);
      expect(told.lines).to.deep.equal(lines);
      const ok = lines.every((line) => line.startsWith('2'));
      expect(told.ok).to.deep.equal([ok]);
      expect(await registry.shown()).to.have.length(ok ? 1 : 0);
    });
  }

  it('a body that is not the sender’s, or that it does not know', async () => {
    const told = await registry.send([newFact(1, { oszCode: '0036.000006' })]);
    expect(told.lines).to.have.length(1);
    expect(told.lines[0]).to.match(/^1 - Код ОСЗ 0036\.000006 не принадлежит отправителю/);
    const unknown = await registry.send([newFact(2, { oszCode: '7777.000001' })], { senderCodes: ['7777.000001'] });
    expect(unknown.lines).to.deep.equal(['1 - Значение кода ОСЗ 7777.000001 не найдено в справочнике "Участники"']);
    const nobody = await registry.send([newFact(3)], { senderCodes: [] });
    expect(nobody.ok).to.deep.equal([false]);
  });

  it('a uuid that is known; but a refused record’s uuid may come again in a new package', async () => {
    expect((await registry.send([newFact(1, { lmszId: uuid(7) })])).ok).to.deep.equal([false]);
    expect((await registry.send([newFact(1)])).ok).to.deep.equal([true]);
    const again = await registry.send([{ kind: 'fact', uuid: uuid(1).toUpperCase(), fact: fact() }]);
    expect(again.lines).to.deep.equal([`1 - Факт назначения с идентификатором ${uuid(1)} уже загружен в реестр`]);
    const twice = await registry.send([newFact(2), newFact(2)]);
    expect(twice.ok, 'the second of one package').to.deep.equal([true, false]);
  });

  it('one bad record never refuses the package', async () => {
    const told = await registry.send([newFact(1), newFact(2, { lmszId: uuid(7) }), newFact(3)]);
    expect(told.ok).to.deep.equal([true, false, true]);
  });

  it('a finding of the gateway that says the same is told once', async () => {
    const report =
      'Значение кода 000001 дублирует значение кода нуждаемости, описываемого в блоке "Критерии нуждаемости"';
    const findings = [{ record: uuid(1), type: 1, code: '059', report }];
    const told = await registry.send([newFact(1, { criteria: { used: true, codes: ['000001', '000001'] } })], {
      findings,
    });
    expect(told.lines).to.deep.equal([`1 059 ${report}`]);
  });

  it('an error of the gateway on the package itself refuses it whole', async () => {
    const findings = [{ record: uuid(77), type: 1, report: 'слишком велик' }];
    expect((await registry.send([newFact(1)], { findings, packageId: uuid(77) })).refused).to.deep.equal([
      'слишком велик',
    ]);
    expect(await registry.shown()).to.deep.equal([]);
  });
});
