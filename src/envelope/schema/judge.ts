import type { Violation } from '../../message/index.js';
import type { XmlElement, XmlTree } from '../../xml/index.js';
import { XSI_NAMESPACE } from '../versions.js';
import { type Attributes, type ComplexType, derivesFrom, type Grammar, type Type } from './grammar.js';
import { judgeSequence } from './judge-sequence.js';
import { judgeValue } from './judge-value.js';
import { type Judgement, report } from './judgement.js';
import { namespaceOfPrefix } from './prefixes.js';

/** Every way in which the element departs from the type; none when the schema would call it valid. */
export function judge(tree: XmlTree, element: XmlElement, type: Type, grammar: Grammar): readonly Violation[] {
  const judgement: Judgement = { tree, grammar, violations: [], ids: new Set(), steps: new Map(), judgeElement };
  judgeElement(judgement, element, type);
  return judgement.violations;
}

function judgeElement(judgement: Judgement, element: XmlElement, declared: Type): void {
  if (declared === 'opaque') return;
  const type = substituted(judgement, element, declared);
  if (type === undefined || type === 'opaque') return;
  judgeAttributes(judgement, element, type.attributes ?? {});
  const { tree } = judgement;
  const children = tree.children(element);
  const name = tree.qualifiedNameOf(element);
  if (type.kind === 'complex') {
    judgeContent(judgement, element, type, children);
    return;
  }
  const text = tree.textOf(element);
  if (text === undefined) {
    report(
      judgement,
      element,
      `Элемент ${name} содержит только текст, без вложенных элементов`,
      `${name} holds text only, no elements`,
    );
    return;
  }
  const wrong = judgeValue(type, text);
  if (wrong !== undefined)
    report(judgement, element, `Значение элемента ${name} ${wrong.ru}`, `The value of ${name} ${wrong.en}`);
}

function judgeContent(
  judgement: Judgement,
  element: XmlElement,
  type: ComplexType,
  children: readonly XmlElement[],
): void {
  const { tree } = judgement;
  const name = tree.qualifiedNameOf(element);
  // Empty content admits no character at all, element-only content admits white space (cvc-complex-type.2.1 and 2.3).
  if (tree.hasText(element) || (type.content.length === 0 && tree.textOf(element) !== '' && children.length === 0)) {
    report(judgement, element, `В элементе ${name} не допускается текст`, `Text is not allowed in ${name}`);
  }
  judgeSequence(judgement, element, children, type.content);
}

/** The type that xsi:type puts in place of the declared one; undefined once it is reported as unfit. */
function substituted(judgement: Judgement, element: XmlElement, declared: Exclude<Type, 'opaque'>): Type | undefined {
  const { tree, grammar } = judgement;
  const value = tree.attribute(element, 'type', XSI_NAMESPACE);
  if (value === undefined) return declared;
  const name = resolveQName(tree, element, value);
  const type = name === undefined ? undefined : grammar.types.get(name);
  if (type !== undefined && derivesFrom(type, declared)) return type;
  const at = tree.qualifiedNameOf(element);
  report(
    judgement,
    element,
    `xsi:type="${value}" элемента ${at} не называет допустимого здесь типа`,
    `xsi:type="${value}" of ${at} names no type allowed here`,
  );
  return undefined;
}

/** `{namespace}local` of a QName value; undefined when its prefix is not declared there. */
function resolveQName(tree: XmlTree, element: XmlElement, value: string): string | undefined {
  const [prefix, local, ...rest] = value.trim().includes(':') ? value.trim().split(':') : ['', value.trim()];
  if (prefix === undefined || local === undefined || rest.length > 0) return undefined;
  const namespace = namespaceOfPrefix(tree, element, prefix);
  if (namespace === undefined && prefix !== '') return undefined;
  return `{${namespace ?? ''}}${local}`;
}

function judgeAttributes(judgement: Judgement, element: XmlElement, attributes: Attributes): void {
  const { tree } = judgement;
  const name = tree.qualifiedNameOf(element);
  for (const attribute of tree.attributes(element)) {
    if (attribute.namespace === XSI_NAMESPACE && attribute.local !== 'nil') continue;
    const rule = attribute.namespace === '' ? attributes[attribute.local] : undefined;
    if (rule === undefined) {
      report(
        judgement,
        element,
        `Атрибут ${attribute.local} у элемента ${name} не допускается`,
        `The attribute ${attribute.local} is not allowed on ${name}`,
      );
      continue;
    }
    const wrong = judgeValue(rule.type, attribute.value);
    if (wrong !== undefined) {
      report(
        judgement,
        element,
        `Значение атрибута ${attribute.local} элемента ${name} ${wrong.ru}`,
        `The value of the attribute ${attribute.local} of ${name} ${wrong.en}`,
      );
    } else if (rule.type.base === 'ID') judgeId(judgement, element, attribute.value.trim());
  }
  for (const [local, rule] of Object.entries(attributes)) {
    if (rule.required && tree.attribute(element, local) === undefined) {
      report(
        judgement,
        element,
        `У элемента ${name} нет обязательного атрибута ${local}`,
        `${name} lacks the required attribute ${local}`,
      );
    }
  }
}

function judgeId(judgement: Judgement, element: XmlElement, id: string): void {
  if (judgement.ids.has(id)) {
    report(
      judgement,
      element,
      `Идентификатор «${id}» в документе повторяется`,
      `The identifier "${id}" is not unique in the document`,
    );
  }
  judgement.ids.add(id);
}
