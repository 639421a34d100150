import type { ElementView } from '../element-view.js';
import type { Mending } from './complaint.js';
import { listed, localOf, namespaceOf } from './names.js';
import { counted, type Phrase, shown } from './phrase.js';

const NOTHING: Phrase = { ru: '', en: '' };

/** An element that was not expected where it stands; `mended` is what made the rest fit. `found` and `expected` are Clark names. */
export function misplaced(
  found: string,
  expected: readonly string[],
  element: ElementView | undefined,
  mended: Mending | undefined,
): Phrase {
  const local = localOf(found);
  switch (mended?.kind) {
    case 'renamed':
      return localOf(mended.to) === local
        ? otherNamespace(found, mended.to, element)
        : added(instead(local, expected), misspelt(local, localOf(mended.to), expected));
    case 'supplied':
      return added(instead(local, expected), missing(mended.names, mended.oneOf));
    case 'moved':
      return added(instead(local, expected), {
        ru: `; ${mended.strayed} стоит ниже: исправьте порядок элементов`,
        en: `; ${mended.strayed} stands below: mend the order of the elements`,
      });
    case 'moved-up':
      return {
        ru: `${local} стоит не на своём месте: он должен быть выше, перед ${mended.before}`,
        en: `${local} is out of place: it belongs above, before ${mended.before}`,
      };
    case 'moved-down':
      return {
        ru: `${local} стоит не на своём месте: он должен быть ниже, после ${mended.after}`,
        en: `${local} is out of place: it belongs below, after ${mended.after}`,
      };
    case 'wrapped':
      return added(instead(local, expected), {
        ru: `; ${local} должен стоять внутри ${localOf(mended.in)}`,
        en: `; ${local} belongs inside ${localOf(mended.in)}`,
      });
    case 'repeated':
      return {
        ru: `${local} повторён: допускается не более ${counted(mended.most, 'раза', 'раз', 'раз')}, а здесь ${mended.found}`,
        en: `${local} is repeated: at most ${mended.most} allowed, found ${mended.found}`,
      };
    case 'alternative':
      return {
        ru: `${local} нельзя вместе с ${mended.to}: оставьте что-то одно из: ${mended.options.join(', ')}`,
        en: `${local} cannot stand beside ${mended.to}: keep one of: ${mended.options.join(', ')}`,
      };
    case 'taken-out': {
      const many = mended.found > 1 ? { ru: `, всего их ${mended.found}`, en: `, ${mended.found} of them` } : NOTHING;
      return expected.length === 0
        ? added(nothingExpected(local, element), many)
        : added(instead(local, expected), {
            ru: `; похоже, ${local} здесь лишний${many.ru}`,
            en: `; ${local} seems superfluous here${many.en}`,
          });
    }
    default:
      return expected.length === 0 ? nothingExpected(local, element) : instead(local, expected);
  }
}

/** An element that ends before everything required stood in it. */
export function missingChild(
  expected: readonly string[],
  local: string,
  element: ElementView | undefined,
  mended: Mending | undefined,
): Phrase {
  const last = element?.children.at(-1)?.local;
  const after = last === undefined ? NOTHING : { ru: ` после ${last}`, en: ` after ${last}` };
  const wanted = mended?.kind === 'supplied' ? mended.names : expected;
  if (wanted.length === 0)
    return {
      ru: `в ${local} не хватает вложенных элементов${after.ru}`,
      en: `child elements are missing in ${local}${after.en}`,
    };
  const names = listed(wanted);
  if (wanted.length > 1 && mended?.kind !== 'supplied')
    return {
      ru: `в ${local}${after.ru} нет ни одного из: ${names.ru}`,
      en: `${local} has none of these${after.en}: ${names.en}`,
    };
  return {
    ru: `в ${local}${after.ru} нет ${wanted.length === 1 ? 'обязательного элемента' : 'обязательных элементов'} ${names.ru}`,
    en: `${local} lacks the required ${wanted.length === 1 ? 'element' : 'elements'} ${names.en}${after.en}`,
  };
}

function instead(local: string, expected: readonly string[]): Phrase {
  const names = listed(expected);
  return expected.length === 1
    ? { ru: `ожидался ${names.ru}, а найден ${local}`, en: `expected ${names.en}, found ${local}` }
    : { ru: `ожидался один из: ${names.ru}, а найден ${local}`, en: `expected one of: ${names.en}; found ${local}` };
}

function added(phrase: Phrase, more: Phrase): Phrase {
  return { ru: phrase.ru + more.ru, en: phrase.en + more.en };
}

function missing(names: readonly string[], oneOf: readonly string[] = []): Phrase {
  const list = listed(names);
  if (oneOf.length > 0) {
    const options = listed(oneOf);
    return {
      ru: `; похоже, пропущен один из: ${options.ru}${names.length > 0 ? `, а также ${list.ru}` : ''}`,
      en: `; one of ${options.en}${names.length > 0 ? `, and also ${list.en},` : ''} seems to be missing`,
    };
  }
  return names.length === 1
    ? { ru: `; похоже, пропущен ${list.ru}`, en: `; ${list.en} seems to be missing` }
    : { ru: `; похоже, пропущены ${list.ru}`, en: `; ${list.en} seem to be missing` };
}

/** What differs, where it is easily overlooked; else which of several names was meant. */
function misspelt(local: string, meant: string, expected: readonly string[]): Phrase {
  const which =
    expected.length > 1 ? { ru: ` (возможно, имелось в виду ${meant})`, en: ` (perhaps ${meant} was meant)` } : NOTHING;
  return added(which, lookAlikes(local, meant) ?? letterCase(local, meant));
}

/** Letters of the other alphabet in a name that must have none of them. */
function lookAlikes(local: string, meant: string): Phrase | undefined {
  const cyrillic = /[А-Яа-яЁё]/g;
  const latin = /[A-Za-z]/g;
  if (!meant.match(cyrillic) && local.match(cyrillic)) {
    const letters = shown(local.match(cyrillic)!.join(''));
    return {
      ru: `; русские буквы ${letters} стоят в имени вместо латинских`,
      en: `; the name has Russian letters ${letters} instead of Latin ones`,
    };
  }
  if (meant.match(latin) || !local.match(latin) || !local.match(cyrillic)) return undefined;
  const letters = shown(local.match(latin)!.join(''));
  return {
    ru: `; латинские буквы ${letters} стоят в имени вместо русских`,
    en: `; the name has Latin letters ${letters} instead of Russian ones`,
  };
}

function letterCase(local: string, meant: string): Phrase {
  return local.toLowerCase() === meant.toLowerCase()
    ? { ru: '; прописные и строчные буквы различаются', en: '; capital and small letters are different letters' }
    : NOTHING;
}

function otherNamespace(found: string, meant: string, element: ElementView | undefined): Phrase {
  const local = localOf(found);
  const [is, wanted] = [namespaceOf(found), namespaceOf(meant)];
  const prefix = element && wanted !== undefined ? prefixNearby(element, wanted) : undefined;
  const hint = prefix === undefined ? NOTHING : { ru: `; пишите ${prefix}:${local}`, en: `; write ${prefix}:${local}` };
  return added(
    {
      ru: `${local} стоит ${is === undefined ? 'без пространства имён' : 'в другом пространстве имён'}: ожидалось ${wanted ?? 'никакое'}${is === undefined ? '' : `, а найдено ${is}`}`,
      en: `${local} is in ${is === undefined ? 'no' : 'another'} namespace: expected ${wanted ?? 'none'}${is === undefined ? '' : `, found ${is}`}`,
    },
    hint,
  );
}

/** Siblings looked at for a prefix. */
const NEARBY = 40;

/** A prefix the document uses for a namespace, among the ancestors of an element and their children. */
function prefixNearby(element: ElementView, namespace: string): string | undefined {
  for (let up: ElementView | undefined = element; up; up = up.parent) {
    const known: ElementView | undefined = [up, ...up.children.slice(0, NEARBY)].find(
      (e) => e.namespace === namespace && e.name.includes(':'),
    );
    if (known) return known.name.slice(0, known.name.indexOf(':'));
  }
  return undefined;
}

function nothingExpected(local: string, element: ElementView | undefined): Phrase {
  const siblings = element?.parent?.children ?? [];
  const previous = siblings[siblings.indexOf(element!) - 1]?.local;
  return previous === undefined
    ? {
        ru: `элемент ${local} здесь лишний: вложенных элементов не ожидается`,
        en: `${local} is superfluous here: no child elements are expected`,
      }
    : {
        ru: `элемент ${local} здесь лишний: после ${previous} ничего не ожидается`,
        en: `${local} is superfluous here: nothing is expected after ${previous}`,
      };
}
