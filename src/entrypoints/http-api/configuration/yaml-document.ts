import { isScalar, LineCounter, parseDocument, stringify, visit } from 'yaml';
import { type Words, words } from '../../../participants/index.js';
import { beyondLimits } from './yaml-limits.js';

/** Enough to mend a file by; the rest mostly follows from these. */
const MOST_PROBLEMS = 100;

/** Text as YAML 1.2; JSON is a part of it. */
export function toYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** The value of a YAML or JSON text, or what is wrong with it, by line. Anchors, aliases and tags are refused: a file says what it means. */
export function fromYaml(text: string): { readonly value: unknown } | { readonly why: readonly Words[] } {
  const beyond = beyondLimits(text);
  if (beyond !== undefined) return { why: [beyond] };
  const lineCounter = new LineCounter();
  // Keys are compared below: the library compares each with each.
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter,
  });
  const problems: Words[] = [];
  const tell = (offset: number, message: string) => {
    const { line } = lineCounter.linePos(offset);
    problems.push(words(`YAML, строка ${line}: ${message}`, `YAML, line ${line}: ${message}`));
  };
  for (const e of [...document.errors, ...document.warnings].slice(0, MOST_PROBLEMS)) tell(e.pos[0], e.message);
  visit(document, {
    Map: (_key, map) => {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (seen.has(name)) tell(key.range?.[0] ?? 0, `Map keys must be unique: ${name.slice(0, 100)}`);
        if (problems.length >= MOST_PROBLEMS) return visit.BREAK;
        seen.add(name);
      }
      return undefined;
    },
  });
  return problems.length > 0 ? { why: problems } : { value: document.toJS({ maxAliasCount: 0 }) };
}
