/** One case a rule: a record it is content with, and others one step away with what it says of them. */
import type { Dictionaries, Measure } from '../../../../src/sandbox/egisso/dictionaries.js';
import {
  bornBeforeLoaded,
  type ClassifierLookups,
  FACT_RULES,
  type FactUnderRules,
  knownPoint,
  type LocalMeasure,
  livingWageOnce,
  MEASURE_RULES,
  notesOn,
  type Rule,
} from '../../../../src/sandbox/egisso/rules/index.js';
import { CATEGORY, fact, MEASURE, OWN, uuid } from '../registry-client.js';

export interface Case {
  readonly rule: string;
  readonly what: string;
  /** `type code report` lines. */
  readonly told: readonly string[];
  readonly lines: readonly string[];
}

const HELD: Measure = {
  lmszId: MEASURE,
  title: 'Пособие',
  kmszCode: '0101.07000029.02.0110.01.010101',
  validFrom: '2019-06-01',
  validTo: '2030-12-31',
  form: '01',
  periodicity: '01',
  categories: new Map([[CATEGORY, 'Семья']]),
  npas: [],
  criteria: new Set(['000001', '000002']),
};
const DICTIONARIES: Dictionaries = {
  bodyTitle: (code) => (code === OWN ? 'Орган' : undefined),
  measure: () => HELD,
  criterionTitle: (code) => (code <= '000003' ? 'Критерий' : undefined),
};

const LOCAL: LocalMeasure = {
  id: uuid(1),
  periodicityCode: '01',
  sectionCode: '010101',
  measureCode: '0101',
  formCode: '01',
  levelCode: '02',
  categoryCodes: ['01000000'],
  funding: [
    { source: '0100', quota: '90.00' },
    { source: '0010', quota: '10.00' },
  ],
  territories: ['01701000', '01601000'],
  budgetCode: '00000000000000000000',
};
const CODES: Readonly<Record<string, readonly string[]>> = {
  '011': ['0101'],
  '012': ['010101'],
  '013': ['01000000', '02000000'],
  '014': ['02'],
  '015': ['0100', '0010', '0110'],
  '016': ['01', '02'],
  '020': ['01701000', '01601000'],
  '022': ['01'],
};
const CLASSIFIERS: ClassifierLookups = {
  has: (classifier, code) => CODES[classifier]!.includes(code),
  combines: (_measure, category) => category === '01000000',
  holds: (code) => code === '0101.01000000.02.0110.01.010101',
};

function told<Given>(rule: Rule<Given>, given: Given): readonly string[] {
  return notesOn([rule], given).map((note) => `${note.type} ${note.code ?? '-'} ${note.report}`);
}

function ofFact(id: string, what: string, changes: Parameters<typeof fact>[0], ...lines: string[]): Case {
  const rule = FACT_RULES.find((r) => r.id === id)!;
  const given: FactUnderRules = { fact: fact(changes), measure: HELD, dictionaries: DICTIONARIES, senderCodes: [OWN] };
  return { rule: id, what, told: told(rule, given), lines };
}

function ofUnknownMeasure(id: string, ...lines: string[]): Case {
  const rule = FACT_RULES.find((r) => r.id === id)!;
  const given = { fact: fact({ lmszId: uuid(7) }), measure: undefined, dictionaries: DICTIONARIES, senderCodes: [OWN] };
  return { rule: id, what: 'a measure nobody holds', told: told(rule, given), lines };
}

function ofMeasure(id: string, what: string, changes: Partial<LocalMeasure>, ...lines: string[]): Case {
  const rule = MEASURE_RULES.find((r) => r.id === id)!;
  return { rule: id, what, told: told(rule, { measure: { ...LOCAL, ...changes }, lookups: CLASSIFIERS }), lines };
}

function ofPoint(what: string, pointId: string, ofKnown: boolean, ...lines: string[]): Case {
  const given = { change: { pointId, ofKnown }, lookups: { holdsPoint: (id: string) => id === uuid(1) } };
  return { rule: knownPoint.id, what, told: told(knownPoint, given), lines };
}

function ofWage(what: string, quarter: string, previousId: string | undefined, ...lines: string[]): Case {
  const wage = { oktmo: '01000000', year: '2024', quarter, ...(previousId === undefined ? {} : { previousId }) };
  const lookups = { livingWage: (_o: string, _y: string, q: string) => (q === '1' ? uuid(10) : undefined) };
  return { rule: livingWageOnce.id, what, told: told(livingWageOnce, { wage, lookups }), lines };
}

function ofBirth(what: string, birthDate: string, ...lines: string[]): Case {
  return {
    rule: 'born-before-loaded',
    what,
    told: told(bornBeforeLoaded, { birthDate, loadedOn: '2024-05-20' }),
    lines,
  };
}

const CRITERIA = (...codes: string[]) => ({ criteria: { used: true, codes } });
const KIND = (assignment: object) => ({
  assignment: { form: '02', amount: '2', equivalentAmount: '100', ...assignment },
});
const REPEATED =
  '1 059 Значение кода 000001 дублирует значение кода нуждаемости, описываемого в блоке "Критерии нуждаемости"';
const ORDER = '1 - Дата начала действия назначения 01-04-2020 больше даты окончания действия назначения 31-03-2020';

export const CASES: readonly Case[] = [
  ...FACT_RULES.map((rule) => ofFact(rule.id, 'a fact without faults', {})),
  ofFact(
    'own-facts',
    'the code of somebody else',
    { oszCode: '0001.000002' },
    '1 - Код ОСЗ 0001.000002 не принадлежит отправителю: сведения о назначении передаёт осуществивший его орган или получивший от него полномочия',
  ),
  ofFact(
    'known-body',
    'a body outside the register',
    { oszCode: '0001.000002' },
    '1 - Значение кода ОСЗ 0001.000002 не найдено в справочнике "Участники"',
  ),
  ofUnknownMeasure('known-measure', `1 014 Значение идентификатора ЛМСЗ ${uuid(7)} в реестре не найдено`),
  ofUnknownMeasure('known-category'),
  ofUnknownMeasure('known-criteria'),
  ofUnknownMeasure('measure-validity'),
  ofFact(
    'known-category',
    'a category of another measure',
    { categoryId: uuid(7) },
    `1 014 Значение идентификатора категории ${uuid(7)} не найдено у ЛМСЗ ${MEASURE}`,
  ),
  ofFact('needs-criteria', 'different criteria', CRITERIA('000001', '000002')),
  ofFact('needs-criteria', 'a criterion named three times', CRITERIA('000001', '000001', '000001'), REPEATED, REPEATED),
  ofFact(
    'known-criteria',
    'a criterion outside the dictionary',
    CRITERIA('000004'),
    '1 059 Значение кода 000004 не найдено в справочнике "Критерии нуждаемости"',
    '1 059 Значение кода 000004 критерия нуждаемости не найдено у указанной ЛМСЗ',
  ),
  ofFact(
    'known-criteria',
    'a criterion of another measure',
    CRITERIA('000003'),
    '1 059 Значение кода 000003 критерия нуждаемости не найдено у указанной ЛМСЗ',
  ),
  ofFact('measure-validity', 'the first and the last day', { decisionDate: '2019-06-01', dateStart: '2030-12-31' }),
  ofFact(
    'measure-validity',
    'the day before and the day after',
    { decisionDate: '2019-05-31', dateStart: '2031-01-01' },
    '2 019 Дата решения о назначении 31-05-2019 не входит в период действия локальной МСЗ',
    '2 019 Дата начала действия назначения 01-01-2031 не входит в период действия локальной МСЗ',
  ),
  ofFact('printable-dates', 'the last year', { dateFinish: '2999-12-31' }),
  ofFact(
    'printable-dates',
    'the year after',
    { dateFinish: '3000-01-01' },
    '1 - Дата 3000-01-01 вне допустимого диапазона',
  ),
  ofFact('dates-in-order', 'an end on the day of the start', { dateFinish: '2020-04-01' }),
  ofFact('dates-in-order', 'an end the day before', { dateFinish: '2020-03-31' }, ORDER),
  ofFact('known-unit', 'pieces', KIND({ okeiCode: '796' })),
  ofFact('known-unit', 'kilograms by the registry’s own code', KIND({ measuryCode: '07' })),
  ofFact(
    'known-unit',
    'an own code outside the dictionary',
    KIND({ measuryCode: '08' }),
    '1 - Значение кода 08 не найдено в справочнике "Единицы измерения"',
  ),
  ofFact(
    'known-unit',
    'an amount that is no number',
    KIND({ amount: 'два', okeiCode: '796' }),
    '1 - Размер назначения два не является числом',
  ),

  ...MEASURE_RULES.map((rule) => ofMeasure(rule.id, 'a measure without faults', {})),
  ofMeasure(
    'kmsz-section',
    'a section that is not there',
    { sectionCode: '990101' },
    '1 001 Значение кода 990101 не найдено в справочнике "Структура КМСЗ"',
  ),
  ofMeasure(
    'kmsz-measure',
    'a measure that is not there',
    { measureCode: '9901' },
    '1 002 Значение кода 9901 не найдено в справочнике "Реестр МСЗ"',
  ),
  ofMeasure(
    'kmsz-category',
    'one category of two that is not there',
    { categoryCodes: ['01000000', '99000000'] },
    '1 003 Значение кода 99000000 не найдено в справочнике "Категории получателей"',
  ),
  ofMeasure(
    'granting-form',
    'a form that is not there',
    { formCode: '99' },
    '1 004 Значение кода 99 не найдено в справочнике "Форма предоставления"',
  ),
  ofMeasure(
    'funding-level',
    'a source that is not there',
    { funding: [{ source: '0900', quota: '100' }] },
    '1 005 Значение кода 0900 не найдено в справочнике "Уровень финансирования"',
  ),
  ofMeasure(
    'regulation-level',
    'a level that is not there',
    { levelCode: '09' },
    '1 006 Значение кода 09 не найдено в справочнике "Уровни регулирования"',
  ),
  ofMeasure(
    'territory',
    'a territory that is not there, named twice',
    { territories: ['01701000', '09991000', '09991000'] },
    '1 007 Значение кода 09991000 не найдено в справочнике "ОКТМО"',
  ),
  ofMeasure(
    'granting-period',
    'a period that is not there',
    { periodicityCode: '09' },
    '1 008 Значение кода 09 не найдено в справочнике "Периодичность предоставления"',
  ),
  ofMeasure(
    'funding-source',
    'the code of two sources',
    { funding: [{ source: '0110', quota: '100' }] },
    '1 015 Код источника финансирования 0110 не корректен',
  ),
  ofMeasure('cofinancing-total', 'thirds that make a hundred', {
    funding: ['33.33', '33.33', '33.34'].map((quota) => ({ source: '0100', quota })),
  }),
  ofMeasure(
    'cofinancing-total',
    'a hundredth of a percent too little',
    { funding: [{ source: '0100', quota: '99.99' }] },
    '1 016 Сумма долей софинансирования не равна 100%',
  ),
  ofMeasure(
    'funding-total',
    'sources that make no level',
    { funding: ['0100', '0100'].map((source) => ({ source, quota: '50' })) },
    '1 018 Значение суммарного кода не найдено в справочнике "Уровень финансирования"',
  ),
  ofMeasure(
    'kmsz-code',
    'a category the measure is not combined with',
    { categoryCodes: ['01000000', '02000000'] },
    '2 018 Комбинация меры и категории не найдена в перечне правил КМСЗ',
    '2 018 Код 0101.02000000.02.0110.01.010101 отсутствует в КМСЗ',
  ),
  ofMeasure(
    'kmsz-code',
    'a whole code that is not there',
    { formCode: '02' },
    '2 018 Код 0101.01000000.02.0110.02.010101 отсутствует в КМСЗ',
  ),
  ofMeasure('kmsz-code', 'codes not known one by one', { measureCode: '9901' }),
  ofMeasure(
    'budget-code',
    'letters in the first digits',
    { budgetCode: 'FF000000000000000000' },
    '1 022 Указан некорректный код КБК FF000000000000000000',
  ),

  ofPoint('a new point', uuid(2), false),
  ofPoint('the deletion of a point it holds', uuid(1).toUpperCase(), true),
  ofPoint(
    'the deletion of another',
    uuid(2),
    true,
    `1 039 Значение идентификатора точки присутствия ${uuid(2)} в реестре не найдено`,
  ),
  ofWage('a quarter nobody told of', '2', undefined),
  ofWage('a correction of the record held', '1', uuid(10).toUpperCase()),
  ofWage(
    'a quarter that is there',
    '1',
    undefined,
    '1 066 Запись для 01000000 за 2024 год 1 квартал существует в списке прожиточных минимумов',
  ),
  ofBirth('a birth on the day', '2024-05-20'),
  ofBirth(
    'a birth the day after',
    '2024-05-21',
    '1 051 Дата рождения 21-05-2024 больше даты загрузки внесения записи в источник данных 20-05-2024',
  ),
];

export { CLASSIFIERS, LOCAL };
