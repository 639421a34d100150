/**
 * Business rules (ФЛК) that the gateway itself can judge: one file a rule, over the sender's document.
 * May import: the element view, formats' plain types, message. Start at `rule.ts`, then any rule.
 */
import type { Finding } from '../../message/index.js';
import type { XmlElement, XmlTree } from '../../xml/index.js';
import { viewOf } from '../element-view.js';
import type { FormatEntry } from '../format.js';
import { amounts } from './amounts.js';
import { datesInOrder } from './dates-in-order.js';
import { datesInRange } from './dates-in-range.js';
import { documentNumber } from './document-number.js';
import { equivalentAmount } from './equivalent-amount.js';
import { kinshipSex } from './kinship-sex.js';
import { mixedAlphabets } from './mixed-alphabets.js';
import { needsCriteria } from './needs-criteria.js';
import { ownFacts } from './own-facts.js';
import { recordsOf } from './records.js';
import { repeatedIds } from './repeated-ids.js';
import { findingOf, type Rule, type RuleContext } from './rule.js';
import { snilsChecksum } from './snils-checksum.js';

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
  needsCriteria,
  repeatedIds,
  ownFacts,
];

/** Rules the gateway runs on a format: those its `format.json` names and that apply to it. */
export function rulesFor(entry: FormatEntry): readonly Rule[] {
  const named = entry.format.rules.gateway;
  return RULES.filter((rule) => named.includes(rule.id) && rule.applies(entry.format));
}

/** Findings on single records, in the order of the rules. Answers carry no records, so only requests and documents are judged. */
export function runRules(
  entry: FormatEntry,
  tree: XmlTree,
  root: XmlElement,
  context: RuleContext,
): readonly Finding[] {
  if (entry.role === 'response') return [];
  const rules = rulesFor(entry);
  if (rules.length === 0) return [];
  const view = viewOf(tree, root);
  const document = { format: entry.format, root: view, records: recordsOf(entry.format, view), context };
  return rules.flatMap((rule) => [...rule.check(document)].map((report) => findingOf(rule, report)));
}

export { recordsOf } from './records.js';
export type { Rule, RuleContext } from './rule.js';
