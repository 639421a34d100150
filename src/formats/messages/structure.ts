import { nearest } from '../edit-distance.js';
import { clarkOf, type ElementView } from '../element-view.js';
import type { Complaint, Mending } from './complaint.js';
import { counted, type Phrase, shown } from './phrase.js';

/** Text for a complaint about structure. `element` is where it stands in the document, when it was found. */
export function structurePhrase(c: Complaint, element: ElementView | undefined, mended?: Mending): Phrase {
  const local = localOf(c.element);
  switch (c.kind) {
    case 'unexpected':
      return unexpected(c.element, c.expected, element, mended);
    case 'missing-child':
      return missingChild(c.expected, local, element);
    case 'no-such-root':
    case 'no-such-global':
      return {
        ru: `элемент ${local} в этом формате не описан${inNamespace(c.element)}`,
        en: `the format has no element ${local}`,
      };
    case 'attribute-missing':
      return {
        ru: `нет обязательного атрибута ${localOf(c.name)}`,
        en: `the required attribute ${localOf(c.name)} is missing`,
      };
    case 'attribute-alien':
      return {
        ru: `атрибут ${localOf(c.name)} здесь не допускается: уберите его`,
        en: `the attribute ${localOf(c.name)} is not allowed here`,
      };
    case 'text-in-structure':
      return {
        ru: `внутри ${local} стоит текст, а допускаются только вложенные элементы`,
        en: `${local} holds text, only child elements are allowed`,
      };
    case 'text-in-empty':
    case 'children-in-empty':
      return { ru: `элемент ${local} должен быть пустым`, en: `${local} must be empty` };
    case 'children-in-simple':
      return {
        ru: `внутри ${local} допускается только значение, без вложенных элементов`,
        en: `${local} takes a value only, no child elements`,
      };
    case 'not-nillable':
      return {
        ru: `xsi:nil здесь не допускается: заполните ${local} или, если он необязателен, уберите`,
        en: `xsi:nil is not allowed here: fill in ${local} or leave it out`,
      };
    case 'content-in-nil':
      return {
        ru: `у элемента с xsi:nil="true" не может быть содержимого: уберите xsi:nil или содержимое`,
        en: 'an element with xsi:nil="true" must have no content',
      };
    case 'abstract-type':
      return {
        ru: `тип элемента ${local} отвлечённый: укажите xsi:type`,
        en: `the type of ${local} is abstract: give an xsi:type`,
      };
    case 'type-unresolved':
      return {
        ru: `тип ${shown(localOf(c.name))}, названный в xsi:type, в формате не описан`,
        en: `xsi:type names ${localOf(c.name)}, which the format does not have`,
      };
    case 'type-undeclared-prefix':
      return undeclaredPrefix(c.name, c.attribute === undefined ? local : 'xsi:type');
    case 'type-not-derived':
      return {
        ru: `тип ${shown(localOf(c.name))} из xsi:type здесь не допускается`,
        en: `the type ${localOf(c.name)} is not allowed here`,
      };
    case 'duplicate-key':
      return {
        ru: `значение ${shown(c.value)} повторяется, а должно быть единственным`,
        en: `the value ${shown(c.value)} must be unique`,
      };
    case 'key-not-found':
      return {
        ru: `значение ${shown(c.value)} ссылается на то, чего в документе нет`,
        en: `the value ${shown(c.value)} refers to nothing in the document`,
      };
    case 'not-comparable':
      return {
        ru: `${element?.local ?? local}: значение ${shown(element?.text ?? '')} нельзя сверить с допустимым пределом`,
        en: `${element?.local ?? local}: value ${shown(element?.text ?? '')} cannot be compared with the limit`,
      };
    default:
      return {
        ru: `элемент ${local} не соответствует схеме (сообщение проверяющего: ${shown(rawOf(c))})`,
        en: `${local} does not fit the schema (${rawOf(c)})`,
      };
  }
}

/**
 * Exclusive canonical form keeps a declaration only where a name uses the prefix, so a prefix that stands only in a value is
 * lost under the signature unless the PrefixList names it.
 */
function undeclaredPrefix(qname: string, where: string): Phrase {
  const prefix = qname.split(':')[0]!;
  return {
    ru: `объявите префикс ${shown(prefix)}: он стоит только в значении (${where}) и под подпись не попал; используйте его в имени элемента или перечислите в InclusiveNamespaces PrefixList`,
    en: `declare the prefix ${prefix}: it stands only in a value (${where}) and is not covered by the signature; use it in an element name or list it in InclusiveNamespaces PrefixList`,
  };
}

function unexpected(
  found: string,
  expected: readonly string[],
  element: ElementView | undefined,
  mended: Mending | undefined,
): Phrase {
  const local = localOf(found);
  const namesakes = namesakesBefore(element);
  if (namesakes > 0 && !expected.includes(found))
    return {
      ru: `${local} повторён: допускается не более ${counted(namesakes, 'раза', 'раз', 'раз')}`,
      en: `${local} may occur at most ${namesakes} time(s)`,
    };
  if (expected.length === 0)
    return {
      ru: `элемент ${local} здесь лишний: после ${previousOf(element)} ничего не ожидается`,
      en: `${local} is not expected: nothing may follow here`,
    };
  const twin = expected.find((e) => localOf(e) === local);
  if (twin !== undefined)
    return {
      ru: `${local} стоит в другом пространстве имён: ожидалось ${namespaceOf(twin)}, а найдено ${namespaceOf(found)}`,
      en: `${local} is in another namespace: expected ${namespaceOf(twin)}, found ${namespaceOf(found)}`,
    };
  const remedy = remedyFor(local, expected, element, mended);
  return {
    ru: `${oneOf(expected, 'ожидался', 'ожидался один из:')}, а найден ${local}${remedy.ru}`,
    en: `expected ${expected.map(localOf).join(' or ')}, found ${local}${remedy.en}`,
  };
}

/** What was found out by mending, else what the names alone suggest. */
function remedyFor(
  local: string,
  expected: readonly string[],
  element: ElementView | undefined,
  mended: Mending | undefined,
): Phrase {
  const strayed = mended === 'taken-out' ? undefined : strayedBelow(expected, element);
  if (strayed)
    return {
      ru: `; ${strayed} стоит ниже: исправьте порядок элементов`,
      en: `; ${strayed} stands below: mend the order`,
    };
  const missing = localOf(expected.at(-1)!);
  if (mended === 'missing-put-in')
    return { ru: `; похоже, пропущен ${missing}`, en: `; ${missing} seems to be missing` };
  if (mended === 'taken-out') return { ru: `; похоже, ${local} здесь лишний`, en: `; ${local} seems superfluous` };
  const near = expected.length > 1 ? nearest(local, expected.map(localOf)) : undefined;
  return near === undefined
    ? NOTHING
    : { ru: ` (возможно, имелось в виду ${near})`, en: ` (perhaps ${near} was meant)` };
}

const NOTHING: Phrase = { ru: '', en: '' };

/** An expected element that stands later among the siblings: the order is wrong, which is a different repair. */
function strayedBelow(expected: readonly string[], element: ElementView | undefined): string | undefined {
  const siblings = element?.parent?.children ?? [];
  return siblings.slice(siblings.indexOf(element!) + 1).find((s) => expected.includes(clarkOf(s)))?.local;
}

function missingChild(expected: readonly string[], local: string, element: ElementView | undefined): Phrase {
  const last = element?.children.at(-1);
  const after = last ? ` после ${last.local}` : '';
  if (expected.length === 0) return { ru: `в ${local} не хватает вложенных элементов`, en: `${local} is incomplete` };
  return {
    ru: `в ${local}${after} нет ${oneOf(expected, 'обязательного элемента', 'ни одного из:')}`,
    en: `${local} lacks ${expected.map(localOf).join(' or ')}`,
  };
}

function oneOf(names: readonly string[], one: string, several: string): string {
  return names.length === 1 ? `${one} ${localOf(names[0]!)}` : `${several} ${names.map(localOf).join(', ')}`;
}

/** Namesakes standing directly before the element: with none of its name expected any more, that many are the most. */
function namesakesBefore(element: ElementView | undefined): number {
  const siblings = element?.parent?.children ?? [];
  let n = 0;
  for (let i = siblings.indexOf(element!) - 1; i >= 0 && clarkOf(siblings[i]!) === clarkOf(element!); i--) n++;
  return n;
}

function previousOf(element: ElementView | undefined): string {
  const siblings = element?.parent?.children ?? [];
  return siblings[siblings.indexOf(element!) - 1]?.local ?? 'этого места';
}

/** Local part of a Clark name; wildcards of libxml2 (`##other{ns}*`) in words. */
export function localOf(name: string): string {
  if (name.startsWith('##other')) return 'любой элемент другого пространства имён';
  if (name.startsWith('##any') || name === '*') return 'любой элемент';
  return name.replace(/^\{.*\}/s, '').replace(/\*$/, '');
}

function namespaceOf(name: string): string {
  return name.match(/^\{(.*)\}/s)?.[1] ?? '(никакое)';
}

function inNamespace(name: string): string {
  const namespace = name.match(/^\{(.*)\}/s)?.[1];
  return namespace === undefined ? ' (нет пространства имён)' : ` (пространство имён ${namespace})`;
}

function rawOf(c: Complaint): string {
  return c.kind === 'unknown' ? c.raw : c.kind;
}
