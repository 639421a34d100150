import type { Rule } from '../rule.js';
import type { Classifier, LocalMeasure, MeasureUnderRules } from './local-measure.js';

interface ClassifierCode {
  readonly id: string;
  readonly code: string;
  readonly classifier: Classifier;
  /** As the operator's protocols name it. */
  readonly name: string;
  readonly title: { readonly ru: string; readonly en: string };
  codes(measure: LocalMeasure): readonly string[];
}

/** Published rules 001 to 008: a code of the measure that its classifier does not have. A row is a rule. */
const ROWS: readonly ClassifierCode[] = [
  {
    id: 'kmsz-section',
    code: '001',
    classifier: '012',
    name: 'Структура КМСЗ',
    title: { ru: 'раздела нет в структуре КМСЗ', en: 'a section outside the structure of the КМСЗ' },
    codes: (measure) => [measure.sectionCode],
  },
  {
    id: 'kmsz-measure',
    code: '002',
    classifier: '011',
    name: 'Реестр МСЗ',
    title: { ru: 'меры нет в реестре МСЗ', en: 'a measure outside the register of measures' },
    codes: (measure) => [measure.measureCode],
  },
  {
    id: 'regulation-level',
    code: '006',
    classifier: '014',
    name: 'Уровни регулирования',
    title: { ru: 'уровня нет среди уровней регулирования', en: 'a level outside the levels of regulation' },
    codes: (measure) => [measure.levelCode],
  },
  {
    id: 'granting-form',
    code: '004',
    classifier: '016',
    name: 'Форма предоставления',
    title: { ru: 'нет такой формы предоставления', en: 'a form outside the forms of granting' },
    codes: (measure) => [measure.formCode],
  },
  {
    id: 'granting-period',
    code: '008',
    classifier: '022',
    name: 'Периодичность предоставления',
    title: { ru: 'нет такой периодичности предоставления', en: 'a period outside the periods of granting' },
    codes: (measure) => [measure.periodicityCode],
  },
  {
    id: 'kmsz-category',
    code: '003',
    classifier: '013',
    name: 'Категории получателей',
    title: { ru: 'нет такой категории получателей', en: 'a category outside the categories of recipients' },
    codes: (measure) => measure.categoryCodes,
  },
  {
    id: 'funding-level',
    code: '005',
    classifier: '015',
    name: 'Уровень финансирования',
    title: { ru: 'нет такого уровня финансирования', en: 'a source outside the levels of funding' },
    codes: (measure) => measure.funding.map(({ source }) => source),
  },
  {
    id: 'territory',
    code: '007',
    classifier: '020',
    name: 'ОКТМО',
    title: { ru: 'территории нет в ОКТМО', en: 'a territory outside OKTMO' },
    codes: (measure) => measure.territories,
  },
];

function ruleOf({ classifier, name, codes, ...info }: ClassifierCode): Rule<MeasureUnderRules> {
  return {
    ...info,
    type: 1,
    *check({ measure, lookups }) {
      for (const code of new Set(codes(measure)))
        if (!lookups.has(classifier, code)) yield `Значение кода ${code} не найдено в справочнике "${name}"`;
    },
  };
}

const RULES = ROWS.map(ruleOf);

/** The rule of a row; the order of the protocol is the caller's. */
export function classifierCode(id: string): Rule<MeasureUnderRules> {
  return RULES.find((rule) => rule.id === id) as Rule<MeasureUnderRules>; // rules/index.ts asks for ids of ROWS only; its test sees it
}
