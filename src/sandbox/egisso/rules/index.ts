/**
 * The registry's own checks: one file a rule, codes and texts the published ones where the operator's reference protocols show them.
 * Pure; what only the registry knows comes in with the record. Imports the registry's JSON and dictionaries. Start at rule.ts.
 */
import { datesInOrder } from './facts/dates-in-order.js';
import type { FactUnderRules } from './facts/fact-under-rules.js';
import { knownBody } from './facts/known-body.js';
import { knownCategory } from './facts/known-category.js';
import { knownCriteria } from './facts/known-criteria.js';
import { knownMeasure } from './facts/known-measure.js';
import { knownUnit } from './facts/known-unit.js';
import { measureValidity } from './facts/measure-validity.js';
import { needsCriteria } from './facts/needs-criteria.js';
import { ownFacts } from './facts/own-facts.js';
import { printableDates } from './facts/printable-dates.js';
import { bornBeforeLoaded } from './registers/born-before-loaded.js';
import { budgetCode } from './registers/budget-code.js';
import { classifierCode } from './registers/classifier-codes.js';
import { cofinancingTotal } from './registers/cofinancing-total.js';
import { fundingSource } from './registers/funding-source.js';
import { fundingTotalKnown } from './registers/funding-total.js';
import { kmszCode } from './registers/kmsz-code.js';
import { knownPoint } from './registers/known-point.js';
import { livingWageOnce } from './registers/living-wage-once.js';
import type { MeasureUnderRules } from './registers/local-measure.js';
import type { Rule, RuleInfo } from './rule.js';

/** Of a fact (10.06.S, 10.36.S), in the order the protocol lists them. */
export const FACT_RULES: readonly Rule<FactUnderRules>[] = [
  ownFacts,
  knownBody,
  knownMeasure,
  knownCategory,
  needsCriteria,
  knownCriteria,
  measureValidity,
  printableDates,
  datesInOrder,
  knownUnit,
];

/** Of a local measure (10.05.I), in the order of the reference protocol. */
export const MEASURE_RULES: readonly Rule<MeasureUnderRules>[] = [
  budgetCode,
  ...['kmsz-section', 'kmsz-measure', 'regulation-level', 'granting-form', 'granting-period', 'kmsz-category'].map(
    classifierCode,
  ),
  fundingTotalKnown,
  classifierCode('funding-level'),
  fundingSource,
  cofinancingTotal,
  classifierCode('territory'),
  kmszCode,
];

/** Checks of what the registry has stored, judged where it is: `packages.ts` and `element-effect.ts`. */
const OF_STORED: readonly RuleInfo[] = [
  {
    id: 'package-once',
    type: 1,
    title: {
      ru: 'пакет с таким идентификатором уже загружен',
      en: 'a package id that came before: refuses the package',
    },
  },
  {
    id: 'record-once',
    type: 1,
    title: { ru: 'запись с таким идентификатором уже загружена', en: 'a record id that is stored already' },
  },
  {
    id: 'fact-in-force',
    type: 1,
    title: {
      ru: 'событие о факте, которого нет, чужом, удалённом или прекращённом',
      en: 'an event on a fact that is unknown, another’s, deleted or ended',
    },
  },
];

/** Every check of the registry: what `rules.registry` of a `format.json` may name. */
export const RULES: readonly RuleInfo[] = [
  ...OF_STORED,
  ...FACT_RULES,
  ...MEASURE_RULES,
  knownPoint,
  livingWageOnce,
  bornBeforeLoaded,
];

export type { FactUnderRules } from './facts/fact-under-rules.js';
export type { PointChange } from './registers/known-point.js';
export type { LivingWage } from './registers/living-wage-once.js';
export type { ClassifierLookups, LocalMeasure, MeasureUnderRules } from './registers/local-measure.js';
export { notesOn, type Rule, type RuleInfo } from './rule.js';
export { bornBeforeLoaded, datesInOrder, knownPoint, livingWageOnce };
