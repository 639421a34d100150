import { mixedWord } from '../alphabets.js';
import { nearest } from '../edit-distance.js';
import { type Complaint, VALUE_KINDS } from './complaint.js';
import { exampleOf } from './example-of.js';
import { patternInWords } from './patterns.js';
import { characters, type Phrase, shown, symbols } from './phrase.js';
import { proposalFor } from './proposals.js';
import { typeInWords } from './value-types.js';

/** Words people write where the formats want a code. */
const ALIASES: Readonly<Record<string, RegExp>> = {
  Male: /^(м|муж|муж\.|мужской|m)$/i,
  Female: /^(ж|жен|жен\.|женский|f)$/i,
  M: /^(м|муж|мужской|male)$/i,
  F: /^(ж|жен|женский|female)$/i,
  // The extract itself says FIXED.
  Stable: /^fixed$/i,
};

/**
 * One text for everything said about one value: the most telling complaint speaks, the rest repeat it in other words.
 * `name` is the local name of the element or attribute, `value` what stands there.
 */
export function valuePhrase(complaints: readonly Complaint[], name: string, value: string): Phrase {
  const [first] = [...complaints].sort((a, b) => VALUE_KINDS.indexOf(a.kind) - VALUE_KINDS.indexOf(b.kind));
  const reason = value.trim() === '' ? emptyReason(first!, name) : reasonFor(first!, complaints, name, value);
  const subject = value.trim() === '' ? { ru: 'пустое значение', en: 'empty value' } : quoted(value);
  return { ru: `${subject.ru} ${reason.ru}`, en: `${subject.en} ${reason.en}` };
}

function quoted(value: string): Phrase {
  return { ru: `значение ${shown(value)}`, en: `value ${shown(value)}` };
}

function emptyReason(first: Complaint, name: string): Phrase {
  const wanted = first.kind === 'pattern' ? patternInWords(first.pattern, name) : undefined;
  const type = first.kind === 'not-of-type' ? typeInWords(typesOf(first), '') : undefined;
  const list =
    first.kind === 'enumeration'
      ? { ru: `нужно одно из: ${enumerated(first.allowed)}`, en: `one of ${enumerated(first.allowed)} is wanted` }
      : undefined;
  const words = wanted ?? type ?? list;
  return {
    ru: `не допускается${words ? `: ${words.ru}` : ''}; если сведений нет, необязательный элемент опускают целиком`,
    en: `is not allowed${words ? `: ${words.en}` : ''}; where there is no data, an optional element is left out altogether`,
  };
}

function reasonFor(c: Complaint, all: readonly Complaint[], name: string, value: string): Phrase {
  switch (c.kind) {
    case 'not-of-type':
      return typeReason(c, name, value);
    case 'enumeration':
      return enumerationReason(c.allowed, value);
    case 'pattern':
      return patternReason(c.pattern, all, name, value);
    case 'length':
      return lengthReason(c, value);
    case 'digits':
      return digitsReason(c.facet, c.limit, value);
    case 'bound':
      return boundReason(c.facet, c.limit);
    case 'fixed':
      return {
        ru: `не подходит: допустимо только ${shown(c.fixed)}`,
        en: `does not fit: only ${shown(c.fixed)} is allowed`,
      };
    default:
      return { ru: 'не подходит', en: 'does not fit' };
  }
}

function digitsReason(facet: 'totalDigits' | 'fractionDigits', limit: number, value: string): Phrase {
  const [whole = '', fraction = ''] = value.trim().split('.');
  return facet === 'totalDigits'
    ? {
        ru: `слишком длинное: цифр допускается не более ${limit}, а здесь ${(whole + fraction).replace(/\D/g, '').length}`,
        en: `is too long: at most ${limit} digits allowed, found ${(whole + fraction).replace(/\D/g, '').length}`,
      }
    : {
        ru: `слишком точное: знаков после точки допускается не более ${limit}, а здесь ${fraction.length}`,
        en: `is too precise: at most ${limit} digits after the point allowed, found ${fraction.length}`,
      };
}

type NotOfType = Extract<Complaint, { kind: 'not-of-type' }>;

function typesOf(c: NotOfType): readonly string[] {
  return c.builtIn?.length ? c.builtIn : [c.type];
}

function typeReason(c: NotOfType, name: string, value: string): Phrase {
  // Of values of xs:ID, libxml2 refuses a repeated one with the words for a wrong one.
  if (/(^|:|\})ID$/.test(typesOf(c)[0]!) && /^[\p{L}_][\p{L}\p{N}._-]*$/u.test(value.trim()))
    return {
      ru: `уже стоит в документе: значения ${name} не должны повторяться`,
      en: `stands in the document already: values of ${name} must not be repeated`,
    };
  const words = typeInWords(typesOf(c), value);
  if (!words) return { ru: 'не подходит к типу элемента', en: 'does not fit the type of the element' };
  return {
    ru: `не подходит: ${words.ru}${words.proposal ? `; пишите ${shown(words.proposal)}` : ''}`,
    en: `does not fit: ${words.en}${words.proposal ? `; write ${shown(words.proposal)}` : ''}`,
  };
}

function enumerationReason(allowed: readonly string[], value: string): Phrase {
  const near = allowed.find((a) => ALIASES[a]?.test(value.trim())) ?? nearestOf(value.trim(), allowed);
  const list = enumerated(allowed);
  return {
    ru: `не из списка допустимых (${list})${near === undefined ? '' : `; возможно, имелось в виду ${shown(near)}`}`,
    en: `is not one of the allowed (${list})${near === undefined ? '' : `; perhaps ${shown(near)} was meant`}`,
  };
}

/** Codes of digits differ from one another in a digit, so of those only a lost zero is a slip. */
function nearestOf(value: string, allowed: readonly string[]): string | undefined {
  if (!allowed.every((a) => /^\d+$/.test(a))) return nearest(value, allowed);
  return /^\d+$/.test(value) ? allowed.find((a) => Number(a) === Number(value)) : undefined;
}

function enumerated(allowed: readonly string[]): string {
  const shownValues = allowed.slice(0, 12).map((a) => (/^[\w.-]+$/.test(a) ? a : shown(a)));
  return allowed.length > 12 ? `${shownValues.join(', ')} …` : shownValues.join(', ');
}

function patternReason(pattern: string, all: readonly Complaint[], name: string, value: string): Phrase {
  const words = patternInWords(pattern, name) ?? {
    ru: `нужен вид по образцу ${pattern}`,
    en: `a value by the pattern «${pattern}» is wanted`,
  };
  const culprit = culpritIn(value, pattern) ?? lengthNote(all, value, pattern);
  const example = words.example ?? exampleOf(pattern);
  const proposal = proposalFor(value, pattern);
  const more = [
    example === undefined ? { ru: '', en: '' } : { ru: `, например ${example}`, en: `, e.g. «${example}»` },
    culprit ? { ru: `; ${culprit.ru}`, en: `; ${culprit.en}` } : { ru: '', en: '' },
    proposal === undefined
      ? { ru: '', en: '' }
      : { ru: `; пишите ${shown(proposal)}`, en: `; write ${shown(proposal)}` },
  ];
  return {
    ru: `не подходит: ${words.ru}${more.map((m) => m.ru).join('')}`,
    en: `does not fit: ${words.en}${more.map((m) => m.en).join('')}`,
  };
}

/** The character that spoils the value, where it can be told without knowing the grammar. */
function culpritIn(value: string, pattern: string): Phrase | undefined {
  if (value !== value.trim()) return { ru: 'здесь лишние пробелы по краям', en: 'there are surplus spaces around it' };
  const mixed = mixedWord(value);
  if (mixed !== undefined) {
    const latin = shown([...new Set(mixed.match(/[A-Za-z]/g))].join(''));
    return {
      ru: `в ${shown(mixed)} латинские буквы ${latin} стоят среди русских`,
      en: `Latin letters ${latin} stand among Russian ones in ${shown(mixed)}`,
    };
  }
  const digitsOnly = /^D[D{},\d*+()|]*$/.test(pattern.replace(/\[0-9\]|\\d|\[\\d\]/g, 'D'));
  const cyrillicOnly = /а-я/.test(pattern) && !/a-z/i.test(pattern);
  const wrong = digitsOnly ? /\D/u : cyrillicOnly ? /[A-Za-z]/ : undefined;
  const at = wrong === undefined ? -1 : value.search(wrong);
  if (at < 0) return undefined;
  const sign = shown(value[at]!);
  return cyrillicOnly
    ? {
        ru: `здесь латинская буква ${sign}, ${at + 1}-й символ`,
        en: `there is a Latin letter ${sign}, character ${at + 1}`,
      }
    : {
        ru: `здесь посторонний знак ${sign}, ${at + 1}-й символ`,
        en: `there is an alien sign ${sign}, character ${at + 1}`,
      };
}

function lengthNote(all: readonly Complaint[], value: string, pattern: string): Phrase | undefined {
  const said = all.some((c) => c.kind === 'length') || /^\\?\[?(0-9|d|S)\]?\{\d+\}$/.test(pattern);
  const n = [...value].length;
  return said ? { ru: `здесь ${symbols(n)}`, en: `found ${characters(n)}` } : undefined;
}

function lengthReason(c: Extract<Complaint, { kind: 'length' }>, value: string): Phrase {
  const actual = c.actual || [...value].length;
  const [ru, en] = {
    length: ['должно быть длиной ровно', 'must have a length of exactly'],
    minLength: ['слишком короткое, нужно не меньше', 'is too short: must have at least'],
    maxLength: ['слишком длинное, допускается не более', 'is too long: may have at most'],
  }[c.facet] as [string, string];
  return { ru: `${ru} ${c.limit}, а здесь ${symbols(actual)}`, en: `${en} ${c.limit}, found ${characters(actual)}` };
}

function boundReason(facet: string, limit: string): Phrase {
  const [ru, en] = {
    minInclusive: ['меньше допустимого: не меньше', 'is too small: must be at least'],
    maxInclusive: ['больше допустимого: не больше', 'is too great: must be at most'],
    minExclusive: ['мало: должно быть больше', 'is too small: must be greater than'],
    maxExclusive: ['велико: должно быть меньше', 'is too great: must be less than'],
  }[facet] as [string, string];
  return { ru: `${ru} ${limit}`, en: `${en} ${limit}` };
}
