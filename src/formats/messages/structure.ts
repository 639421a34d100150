import type { ElementView } from '../element-view.js';
import type { Complaint, Mending } from './complaint.js';
import { misplaced, missingChild } from './misplaced.js';
import { localOf, namespaceOf } from './names.js';
import { type Phrase, shown } from './phrase.js';

/** Text for a complaint about structure. `element` is where it stands in the document, when it was found. */
export function structurePhrase(c: Complaint, element: ElementView | undefined, mended?: Mending): Phrase {
  const local = localOf(c.element);
  switch (c.kind) {
    case 'unexpected':
      return misplaced(c.element, c.expected, element, mended);
    case 'missing-child':
      return missingChild(c.expected, local, element, mended);
    case 'no-such-root':
    case 'no-such-global':
      return {
        ru: `элемент ${local} в этом формате не описан${inNamespace(c.element).ru}`,
        en: `the format has no element ${local}${inNamespace(c.element).en}`,
      };
    case 'attribute-missing':
      return {
        ru: `нет обязательного атрибута ${localOf(c.name)}`,
        en: `the required attribute ${localOf(c.name)} is missing`,
      };
    case 'attribute-alien':
      return alienAttribute(localOf(c.name), mended);
    case 'text-in-structure':
      return {
        ru: `внутри ${local} стоит текст, а допускаются только вложенные элементы`,
        en: `${local} holds text, but only child elements are allowed`,
      };
    case 'text-in-empty':
    case 'children-in-empty':
      return { ru: `элемент ${local} должен быть пустым`, en: `${local} must be empty` };
    case 'children-in-simple':
      return {
        ru: `внутри ${local} допускается только значение, без вложенных элементов`,
        en: `${local} may hold a value only, no child elements`,
      };
    case 'not-nillable':
      return {
        ru: `xsi:nil здесь не допускается: заполните ${local} или, если он необязателен, уберите`,
        en: `xsi:nil is not allowed here: fill in ${local} or, if it is optional, leave it out`,
      };
    case 'content-in-nil':
      return {
        ru: `у элемента с xsi:nil="true" не может быть содержимого: уберите xsi:nil или содержимое`,
        en: 'an element with xsi:nil="true" must have no content: take away xsi:nil or the content',
      };
    case 'abstract-type':
      return {
        ru: `тип элемента ${local} отвлечённый: укажите xsi:type`,
        en: `the type of ${local} is abstract: give an xsi:type`,
      };
    case 'type-unresolved':
      return {
        ru: `тип ${shown(localOf(c.name))}, названный в xsi:type, в формате не описан`,
        en: `xsi:type names the type ${shown(localOf(c.name))}, which the format does not have`,
      };
    case 'type-undeclared-prefix':
      return undeclaredPrefix(c.name, c.attribute === undefined ? local : 'xsi:type');
    case 'type-not-derived':
      return {
        ru: `тип ${shown(localOf(c.name))} из xsi:type здесь не допускается`,
        en: `the type ${shown(localOf(c.name))} of xsi:type is not allowed here`,
      };
    case 'duplicate-key':
      return {
        ru: `значение ${shown(c.value)} повторяется, а должно быть единственным`,
        en: `the value ${shown(c.value)} is repeated, but must be unique`,
      };
    case 'key-not-found':
      return {
        ru: `значение ${shown(c.value)} ссылается на то, чего в документе нет`,
        en: `the value ${shown(c.value)} refers to what the document does not have`,
      };
    case 'not-comparable':
      return {
        ru: `${element?.local ?? local}: значение ${shown(element?.text ?? '')} нельзя сверить с допустимым пределом`,
        en: `${element?.local ?? local}: value ${shown(element?.text ?? '')} cannot be compared with the limit`,
      };
    default:
      return {
        ru: `элемент ${local} не соответствует схеме (сообщение проверяющего: ${shown(rawOf(c))})`,
        en: `${local} does not fit the schema (the validator says: ${shown(rawOf(c))})`,
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
    en: `declare the prefix ${shown(prefix)}: it stands only in a value (${where}) and is not covered by the signature; use it in an element name or list it in InclusiveNamespaces PrefixList`,
  };
}

function alienAttribute(local: string, mended: Mending | undefined): Phrase {
  return mended?.kind === 'renamed'
    ? {
        ru: `атрибут ${local} здесь не допускается (возможно, имелось в виду ${mended.to})`,
        en: `the attribute ${local} is not allowed here (perhaps ${mended.to} was meant)`,
      }
    : {
        ru: `атрибут ${local} здесь не допускается: уберите его`,
        en: `the attribute ${local} is not allowed here: take it away`,
      };
}

function inNamespace(name: string): Phrase {
  const namespace = namespaceOf(name);
  return namespace === undefined
    ? { ru: ' (нет пространства имён)', en: ' (it has no namespace)' }
    : { ru: ` (пространство имён ${namespace})`, en: ` (namespace ${namespace})` };
}

function rawOf(c: Complaint): string {
  return c.kind === 'unknown' ? c.raw : c.kind;
}
