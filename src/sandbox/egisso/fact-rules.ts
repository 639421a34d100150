import type { Fact, Note, Person } from './api.js';
import type { Dictionaries, Measure } from './dictionaries.js';
import { printedDay, twoDigits } from './texts.js';
import { unitOf } from './units.js';

/** What a rule may look at. `measure` is undefined when the registry does not hold it. */
export interface FactUnderRules {
  readonly fact: Fact;
  readonly measure: Measure | undefined;
  readonly dictionaries: Dictionaries;
  /** Codes the sender may act for: its own and delegated ones. */
  readonly senderCodes: readonly string[];
}
type Rule = (given: FactUnderRules) => readonly Note[];

/**
 * The registry's own checks of a fact, in the order the protocol lists them. Codes and texts are the published ones where
 * the operator's reference protocols show them (014, 019, 059); the others carry no code, because theirs is not known.
 * A finding refuses its record, never the package.
 */
const RULES: readonly Rule[] = [ownBody, knownMeasure, ownCategory, criteria, withinValidity, daysInOrder, knownUnit];

export function notesOn(given: FactUnderRules): readonly Note[] {
  return RULES.flatMap((rule) => rule(given));
}

export function refusal(report: string, code?: string): Note {
  return { type: 1, ...(code === undefined ? {} : { code }), report };
}

/** A supplier reports what its own body, or one that delegated to it, has assigned. */
function ownBody({ fact, dictionaries, senderCodes }: FactUnderRules): readonly Note[] {
  if (!senderCodes.includes(fact.oszCode)) {
    const whose = 'сведения о назначении передаёт осуществивший его орган или получивший от него полномочия';
    return [refusal(`Код ОСЗ ${fact.oszCode} не принадлежит отправителю: ${whose}`)];
  }
  if (dictionaries.bodyTitle(fact.oszCode) !== undefined) return [];
  return [refusal(`Значение кода ОСЗ ${fact.oszCode} не найдено в справочнике "Участники"`)];
}

function knownMeasure({ fact, measure }: FactUnderRules): readonly Note[] {
  if (measure) return [];
  return [refusal(`Значение идентификатора ЛМСЗ ${fact.lmszId} в реестре не найдено`, '014')];
}

function ownCategory({ fact, measure }: FactUnderRules): readonly Note[] {
  if (!measure || measure.categories.has(fact.categoryId.toLowerCase())) return [];
  const report = `Значение идентификатора категории ${fact.categoryId} не найдено у ЛМСЗ ${fact.lmszId}`;
  return [refusal(report, '014')];
}

/** 059. A code outside the dictionary is reported twice, as the reference protocol does: it is not the measure's either. */
function criteria({ fact, measure, dictionaries }: FactUnderRules): readonly Note[] {
  const seen = new Set<string>();
  return fact.criteria.codes.flatMap((code) => {
    if (seen.has(code)) {
      const report = `Значение кода ${code} дублирует значение кода нуждаемости, описываемого в блоке "Критерии нуждаемости"`;
      return [refusal(report, '059')];
    }
    seen.add(code);
    const inDictionary = dictionaries.criterionTitle(code) !== undefined;
    const ofMeasure = inDictionary && (!measure || measure.criteria.has(code));
    return [
      ...(inDictionary
        ? []
        : [refusal(`Значение кода ${code} не найдено в справочнике "Критерии нуждаемости"`, '059')]),
      ...(ofMeasure ? [] : [refusal(`Значение кода ${code} критерия нуждаемости не найдено у указанной ЛМСЗ`, '059')]),
    ];
  });
}

/** 019 warns only: the fact is stored all the same. */
function withinValidity({ fact, measure }: FactUnderRules): readonly Note[] {
  if (!measure) return [];
  const outside = (day: string) => day < measure.validFrom || (measure.validTo !== undefined && day > measure.validTo);
  const warning = (what: string, day: string): readonly Note[] =>
    outside(day)
      ? [{ type: 2, code: '019', report: `${what} ${printedDay(day)} не входит в период действия локальной МСЗ` }]
      : [];
  return [
    ...warning('Дата решения о назначении', fact.decisionDate),
    ...warning('Дата начала действия назначения', fact.dateStart),
  ];
}

/** Also refuses what a 10.13.I 2.0.0 answer could not print: its dates have four-digit years from 1000 to 2999. */
function daysInOrder({ fact }: FactUnderRules): readonly Note[] {
  const people: readonly Person[] = [fact.receiver, ...fact.reasonPersons.map((reason) => reason.person)];
  const days = [fact.decisionDate, fact.dateStart, fact.dateFinish, ...people.map((person) => person.birthDate)];
  const unprintable = days.filter((day) => day !== undefined && !/^[12]\d{3}-\d\d-\d\d$/.test(day));
  if (unprintable.length > 0) return [refusal(`Дата ${unprintable[0]} вне допустимого диапазона`)];
  return finishInOrder(fact.dateStart, fact.dateFinish);
}

export function finishInOrder(dateStart: string, dateFinish: string | undefined): readonly Note[] {
  if (dateFinish === undefined || dateFinish >= dateStart) return [];
  const report = `Дата начала действия назначения ${printedDay(dateStart)} больше даты окончания действия назначения ${printedDay(dateFinish)}`;
  return [refusal(report)];
}

function knownUnit({ fact }: FactUnderRules): readonly Note[] {
  const { assignment } = fact;
  if (twoDigits(assignment.amount) === undefined)
    return [refusal(`Размер назначения ${assignment.amount} не является числом`)];
  if (unitOf(assignment) !== undefined) return [];
  const code = assignment.measuryCode ?? assignment.okeiCode ?? '';
  return [refusal(`Значение кода ${code} не найдено в справочнике "Единицы измерения"`)];
}
