import { mixedWord } from '../alphabets.js';
import { nearest } from '../edit-distance.js';
import { type Complaint, VALUE_KINDS } from './complaint.js';
import { exampleOf } from './example-of.js';
import { patternInWords } from './patterns.js';
import { characters, type Phrase, shown, symbols } from './phrase.js';
import { typeInWords } from './value-types.js';

/** Words people write where the formats want a code. */
const ALIASES: Readonly<Record<string, RegExp>> = {
  Male: /^(м|муж|муж\.|мужской|m)$/i,
  Female: /^(ж|жен|жен\.|женский|f)$/i,
  M: /^(м|муж|мужской|male)$/i,
  F: /^(ж|жен|женский|female)$/i,
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
  const type = first.kind === 'not-of-type' ? typeInWords(first.type, '') : undefined;
  const words = wanted ?? type;
  return {
    ru: `не допускается${words ? `: ${words.ru}` : ''}; если сведений нет, необязательный элемент опускают целиком`,
    en: `is not allowed${words ? `: ${words.en}` : ''}; an optional element without data is left out`,
  };
}

function reasonFor(c: Complaint, all: readonly Complaint[], name: string, value: string): Phrase {
  switch (c.kind) {
    case 'not-of-type':
      return typeReason(c.type, value);
    case 'enumeration':
      return enumerationReason(c.allowed, value);
    case 'pattern':
      return patternReason(c.pattern, all, name, value);
    case 'length':
      return lengthReason(c, value);
    case 'digits':
      return c.facet === 'totalDigits'
        ? { ru: `слишком длинное: цифр допускается не более ${c.limit}`, en: `has more than ${c.limit} digits` }
        : {
            ru: `слишком точное: знаков после точки допускается не более ${c.limit}`,
            en: `has more than ${c.limit} fraction digits`,
          };
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

function typeReason(type: string, value: string): Phrase {
  const words = typeInWords(type, value);
  if (!words) return { ru: 'не подходит к типу элемента', en: 'does not fit the type' };
  return {
    ru: `не подходит: ${words.ru}${words.proposal ? `; пишите ${shown(words.proposal)}` : ''}`,
    en: `does not fit: ${words.en}${words.proposal ? `; write ${shown(words.proposal)}` : ''}`,
  };
}

function enumerationReason(allowed: readonly string[], value: string): Phrase {
  const near = allowed.find((a) => ALIASES[a]?.test(value.trim())) ?? nearest(value.trim(), allowed);
  const list = allowed.length > 12 ? `${allowed.slice(0, 12).join(', ')} …` : allowed.join(', ');
  return {
    ru: `не из списка допустимых (${list})${near === undefined ? '' : `; возможно, имелось в виду ${shown(near)}`}`,
    en: `is not one of (${list})${near === undefined ? '' : `; perhaps ${shown(near)} was meant`}`,
  };
}

function patternReason(pattern: string, all: readonly Complaint[], name: string, value: string): Phrase {
  const words = patternInWords(pattern, name);
  const culprit = culpritIn(value, pattern) ?? lengthNote(all, value, pattern);
  const shownExample = words ? words.example : exampleOf(pattern);
  const example = shownExample === undefined ? '' : `, например ${shownExample}`;
  const exampleEn = shownExample === undefined ? '' : `, e.g. ${shownExample}`;
  return {
    ru: `не подходит: ${words ? words.ru : `нужен вид по образцу ${pattern}`}${example}${culprit ? `; ${culprit.ru}` : ''}`,
    en: `does not fit: ${words ? words.en : `the pattern is ${pattern}`}${exampleEn}${culprit ? `; ${culprit.en}` : ''}`,
  };
}

/** The character that spoils the value, where it can be told without knowing the grammar. */
function culpritIn(value: string, pattern: string): Phrase | undefined {
  if (value !== value.trim()) return { ru: 'здесь лишние пробелы по краям', en: 'there are spaces around it' };
  const mixed = mixedWord(value);
  if (mixed !== undefined) {
    const latin = shown([...new Set(mixed.match(/[A-Za-z]/g))].join(''));
    return {
      ru: `в ${shown(mixed)} латинские буквы ${latin} стоят среди русских`,
      en: `Latin letters ${latin} stand among Russian ones`,
    };
  }
  const digitsOnly = /^[\\d{},\d*+()|[\]-]+$/.test(pattern) && !/a-|А-/.test(pattern);
  const cyrillicOnly = /а-я/.test(pattern) && !/a-z/i.test(pattern);
  const wrong = digitsOnly ? /\D/u : cyrillicOnly ? /[A-Za-z]/ : undefined;
  const at = wrong === undefined ? -1 : value.search(wrong);
  if (at < 0) return undefined;
  const sign = shown(value[at]!);
  return cyrillicOnly
    ? { ru: `здесь латинская буква ${sign}, ${at + 1}-й символ`, en: `there is a Latin letter ${sign} at ${at + 1}` }
    : { ru: `здесь посторонний знак ${sign}, ${at + 1}-й символ`, en: `there is ${sign} at ${at + 1}` };
}

function lengthNote(all: readonly Complaint[], value: string, pattern: string): Phrase | undefined {
  const said = all.some((c) => c.kind === 'length') || /^\\?\[?(0-9|d)\]?\{\d+\}$/.test(pattern);
  const n = [...value].length;
  return said ? { ru: `здесь ${symbols(n)}`, en: `here are ${characters(n)}` } : undefined;
}

function lengthReason(c: Extract<Complaint, { kind: 'length' }>, value: string): Phrase {
  const actual = c.actual || [...value].length;
  const [ru, en] = {
    length: ['должно быть ровно', 'must have exactly'],
    minLength: ['слишком короткое, нужно не меньше', 'is too short, wanted at least'],
    maxLength: ['слишком длинное, допускается не более', 'is too long, allowed at most'],
  }[c.facet] as [string, string];
  return { ru: `${ru} ${c.limit}, а здесь ${symbols(actual)}`, en: `${en} ${c.limit}, found ${characters(actual)}` };
}

function boundReason(facet: string, limit: string): Phrase {
  const [ru, en] = {
    minInclusive: ['меньше допустимого: не меньше', 'must be at least'],
    maxInclusive: ['больше допустимого: не больше', 'must be at most'],
    minExclusive: ['мало: должно быть больше', 'must be greater than'],
    maxExclusive: ['велико: должно быть меньше', 'must be less than'],
  }[facet] as [string, string];
  return { ru: `${ru} ${limit}`, en: `${en} ${limit}` };
}
