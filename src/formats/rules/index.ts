/**
 * Business rules (ФЛК) that the gateway itself can judge: one file a rule, over the sender's document.
 * May import: the element view, formats' plain types, message. Start at `rule.ts`, then any rule.
 */
import type { Finding, Violation } from '../../message/index.js';
import type { XmlElement, XmlTree } from '../../xml/index.js';
import { viewOf } from '../element-view.js';
import type { FormatEntry } from '../format.js';
import { amounts } from './amounts.js';
import { budgetCode } from './budget-code.js';
import { cofinancingTotal } from './cofinancing-total.js';
import { datesInOrder } from './dates-in-order.js';
import { datesInRange } from './dates-in-range.js';
import { documentNumber } from './document-number.js';
import { equivalentAmount } from './equivalent-amount.js';
import { groundsNamed } from './grounds-named.js';
import { kinshipSex } from './kinship-sex.js';
import { mixedAlphabets } from './mixed-alphabets.js';
import { needsCriteria } from './needs-criteria.js';
import { ownFacts } from './own-facts.js';
import { recordsOf } from './records.js';
import { repeatedFacts } from './repeated-facts.js';
import { repeatedIds } from './repeated-ids.js';
import { repeatedPersons } from './repeated-persons.js';
import { findingOf, type Report, type Rule, type RuleContext } from './rule.js';
import { snilsChecksum } from './snils-checksum.js';
import { unitOfMeasure } from './unit-of-measure.js';

/** Every rule, in the order its findings are reported. */
export const RULES: readonly Rule[] = [
  snilsChecksum,
  datesInOrder,
  datesInRange,
  mixedAlphabets,
  kinshipSex,
  documentNumber,
  amounts,
  equivalentAmount,
  unitOfMeasure,
  needsCriteria,
  groundsNamed,
  repeatedIds,
  repeatedFacts,
  repeatedPersons,
  ownFacts,
  budgetCode,
  cofinancingTotal,
];

/** Rules the gateway runs on a format: those its `format.json` names. A name that is no rule of the gateway's runs nowhere. */
export function rulesFor({ format }: FormatEntry): readonly Rule[] {
  return RULES.filter((rule) => format.rules.gateway.includes(rule.id));
}

/** Findings on single records, in the order of the rules. Answers carry no records, so only requests and documents are judged. */
export function runRules(
  entry: FormatEntry,
  tree: XmlTree,
  root: XmlElement,
  context: RuleContext,
): readonly Finding[] {
  return reports(rulesFor(entry), entry, tree, root, context).map(([rule, report]) => findingOf(rule, report));
}

/** Errors that refuse the message: of the rules the format declares under `refuses`. None unless it declares some. */
export function refusingViolations(
  entry: FormatEntry,
  tree: XmlTree,
  root: XmlElement,
  context: RuleContext,
): readonly Violation[] {
  const refusing = rulesFor(entry).filter(({ id }) => entry.format.rules.refuses?.includes(id));
  return reports(refusing, entry, tree, root, context)
    .filter(([rule, report]) => (report.type ?? rule.type) === 1)
    .map(([{ id, title }, { record, at, text }]) => {
      const { line, column, path } = at ?? record.element;
      return { line, column, path, text, textEn: `rule ${id}: ${title.en}` };
    });
}

function reports(
  rules: readonly Rule[],
  entry: FormatEntry,
  tree: XmlTree,
  root: XmlElement,
  context: RuleContext,
): readonly (readonly [Rule, Report])[] {
  if (entry.role === 'response' || rules.length === 0) return [];
  const view = viewOf(tree, root);
  const document = { root: view, records: recordsOf(entry.format, view), context };
  return rules.flatMap((rule) => [...rule.check(document)].map((report) => [rule, report] as const));
}

export { recordsOf } from './records.js';
export type { Rule, RuleContext } from './rule.js';
export { SHAPES } from './shapes/index.js';
