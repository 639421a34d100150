import {
  type FormatEntry,
  formatModel,
  formatName,
  type RuleContext,
  runRules,
  sampleOf,
} from '../../../src/formats/index.js';
import type { Finding } from '../../../src/message/index.js';
import {
  catalogue,
  changed,
  FACTS_DOCUMENT,
  factsEntry,
  STATEMENT_REQUEST,
  statementEntry,
  treeOf,
} from '../sample.js';

export const CONTEXT: RuleContext = { senderCodes: ['0542.000017', '0542.000018'], today: '2024-07-01' };

/** The entry with one rule declared, so that a test sees that rule alone; a rule the format does not name runs nowhere. */
function only(entry: FormatEntry, rule: string): FormatEntry {
  const gateway = entry.format.rules.gateway.filter((id) => id === rule);
  return { ...entry, format: { ...entry.format, rules: { gateway, registry: [] } } };
}

/** A rule on the full sample of a built-in format, changed. */
export function judgeSample(
  name: string,
  rule: string,
  ...changes: readonly (readonly [string, string])[]
): readonly Finding[] {
  const entry = catalogue()
    .entries()
    .find((e) => formatName(e.format) === name && e.role !== 'response')!;
  const sample = sampleOf(formatModel(catalogue().data, entry.format)!, entry.role, 'full')!;
  const tree = treeOf(changed(sample, ...changes));
  return runRules(only(entry, rule), tree, tree.root, CONTEXT);
}

export function judgeFacts(rule: string, ...changes: readonly (readonly [string, string])[]): readonly Finding[] {
  const tree = treeOf(changed(FACTS_DOCUMENT, ...changes));
  return runRules(only(factsEntry(), rule), tree, tree.root, CONTEXT);
}

export function judgeRequest(rule: string, ...changes: readonly (readonly [string, string])[]): readonly Finding[] {
  const tree = treeOf(changed(STATEMENT_REQUEST, ...changes));
  return runRules(only(statementEntry(), rule), tree, tree.root, CONTEXT);
}

/** `type report` lines. */
export function told(findings: readonly Finding[]): readonly string[] {
  return findings.map((f) => `${f.type} ${f.report}`);
}
