import { CST, Lexer } from 'yaml';
import { type Words, words } from '../../../participants/index.js';

/** A file of 8 MB that holds what an export writes has about 140,000. */
const MOST_SIGNS = 400_000;
/** An export nests five deep. */
const MOST_NESTED = 20;

const MOST_INDENTED = 200;

/** Before a scalar's own text, which may begin with anything. */
const SCALAR = '\u001f';

const OPENS = new Set(['flow-seq-start', 'flow-map-start', 'seq-item-ind', 'map-value-ind', 'explicit-key-ind']);
const REFUSED = new Map([
  ['alias', words('YAML: ссылки (&, *) не допускаются', 'YAML: anchors and aliases are not permitted')],
  ['anchor', words('YAML: ссылки (&, *) не допускаются', 'YAML: anchors and aliases are not permitted')],
  ['tag', words('YAML: метки типов (!) не допускаются', 'YAML: tags (!) are not permitted')],
]);

/**
 * What a text must not hold, seen in one pass that builds nothing: the parser behind it takes minutes and gigabytes for eight
 * megabytes of brackets, and the thread it runs in answers everybody.
 */
export function beyondLimits(text: string): Words | undefined {
  let signs = 0;
  let flow = 0;
  let inLine = 0;
  let scalarNext = false;
  for (const lexeme of new Lexer().lex(text)) {
    const type = scalarNext ? undefined : CST.tokenType(lexeme);
    scalarNext = !scalarNext && lexeme === SCALAR;
    if (type === undefined || type === null) continue;
    const refused = REFUSED.get(type);
    if (refused !== undefined) return refused;
    signs += 1;
    if (signs > MOST_SIGNS) return words('YAML: слишком много знаков разметки', 'YAML: too many signs of markup');
    if (type === 'newline') inLine = 0;
    if (flow === 0 && OPENS.has(type)) inLine += 1;
    if (type.startsWith('flow-')) flow = Math.max(0, flow + (type.endsWith('start') ? 1 : -1));
    // Within [ ] and { } a line may hold many values; outside, each sign of a line opens a level.
    const indented = type === 'space' && inLine === 0 && lexeme.length > MOST_INDENTED;
    if (flow > MOST_NESTED || inLine > MOST_NESTED || (flow === 0 && indented))
      return words('YAML: слишком глубокая вложенность', 'YAML: nested too deep');
  }
  return undefined;
}
