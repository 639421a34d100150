import { isAlias, parseDocument, stringify, visit } from 'yaml';
import { type Words, words } from '../../../participants/index.js';

/** Text as YAML 1.2; JSON is a part of it. */
export function toYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** The value of a YAML or JSON text, or everything wrong with it, by line. Anchors, aliases and tags are refused: a file says what it means. */
export function fromYaml(text: string): { readonly value: unknown } | { readonly why: readonly Words[] } {
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: true,
    prettyErrors: true,
  });
  const problems = [...document.errors, ...document.warnings].map((e) => {
    const at = e.linePos?.[0];
    const [first = e.code] = e.message.split('\n');
    return at === undefined
      ? words(`YAML: ${first}`, `YAML: ${first}`)
      : words(`YAML, строка ${at.line}: ${first}`, `YAML, line ${at.line}: ${first}`);
  });
  visit(document, {
    Node: (_key, node) => {
      if (!isAlias(node)) return undefined;
      problems.push(words('YAML: ссылки (&, *) не допускаются', 'YAML: anchors and aliases are not permitted'));
      return visit.BREAK;
    },
  });
  return problems.length > 0 ? { why: problems } : { value: document.toJS({ maxAliasCount: 0 }) };
}
