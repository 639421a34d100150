import { type FormatEntry, type RuleContext, runRules } from '../../../src/formats/index.js';
import type { Finding } from '../../../src/message/index.js';
import { changed, FACTS_DOCUMENT, factsEntry, STATEMENT_REQUEST, statementEntry, treeOf } from '../sample.js';

export const CONTEXT: RuleContext = { senderCodes: ['0542.000017', '0542.000018'], today: '2024-07-01' };

/** The entry with one rule declared, so that a test sees that rule alone. */
function only(entry: FormatEntry, rule: string): FormatEntry {
  return { ...entry, format: { ...entry.format, rules: { gateway: [rule], registry: [] } } };
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
