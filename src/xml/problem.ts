import type { XmlLimits } from './limits.js';

/** Russian, English. `{n}` stands for a limit, `{d}` for what was found. */
type Texts = readonly [ru: string, en: string];

/** Every way a document can be refused here; the texts say what is wrong and what to do. */
export const PROBLEMS = {
  bytes: [
    'Документ больше {n} байт. Передайте большие данные вложением.',
    'The document is larger than {n} bytes. Send large data as an attachment.',
  ],
  utf8: [
    'Байты не являются UTF-8. Сохраните документ в кодировке UTF-8.',
    'The bytes are not UTF-8. Save the document as UTF-8.',
  ],
  encoding: [
    'Кодировка {d} не принимается. Сохраните документ в UTF-8 и укажите encoding="UTF-8".',
    'The encoding {d} is not accepted. Save the document as UTF-8 and declare encoding="UTF-8".',
  ],
  version: ['Принимается только XML 1.0. Укажите version="1.0".', 'Only XML 1.0 is accepted. Declare version="1.0".'],
  declaration: [
    'Объявление XML записано неверно. Правильно: <?xml version="1.0" encoding="UTF-8"?>, с первого байта документа.',
    'The XML declaration is malformed. Write <?xml version="1.0" encoding="UTF-8"?> at the first byte.',
  ],
  doctype: ['DOCTYPE не допускается. Удалите его вместе с сущностями.', 'DOCTYPE is not allowed. Remove it.'],
  instruction: [
    'Инструкции обработки (<?…?>) не допускаются. Удалите инструкцию.',
    'Processing instructions (<?…?>) are not allowed. Remove it.',
  ],
  depth: ['Вложенность элементов больше {n}.', 'Elements are nested deeper than {n}.'],
  attributes: ['У элемента больше {n} атрибутов.', 'An element has more than {n} attributes.'],
  namespacesInScope: [
    'Одновременно действуют больше {n} префиксов пространств имён. Удалите лишние объявления xmlns.',
    'More than {n} namespace prefixes are in scope. Remove needless xmlns declarations.',
  ],
  namespaces: ['В документе больше {n} пространств имён.', 'The document has more than {n} namespaces.'],
  namespaceBytes: ['Имя пространства имён длиннее {n} байт.', 'A namespace name is longer than {n} bytes.'],
  names: ['В документе больше {n} разных имён.', 'The document has more than {n} different names.'],
  nameBytes: ['Имя длиннее {n} байт.', 'A name is longer than {n} bytes.'],
  nodes: ['В документе больше {n} узлов. Разделите данные.', 'The document has more than {n} nodes. Split the data.'],
  attributesInAll: ['В документе больше {n} атрибутов.', 'The document has more than {n} attributes.'],
  repeatedNamespaceBytes: [
    'Канонический вид документа повторит объявления пространств имён больше чем на {n} байт. Объявите их короче.',
    'The canonical form would repeat namespace declarations beyond {n} bytes. Use shorter names.',
  ],
  name: ['Недопустимое имя.', 'A name is not valid here.'],
  tag: ['Тег записан неверно: ожидается пробел, «>» или «/>».', 'Malformed tag: a blank, ">" or "/>" is expected.'],
  endTag: ['Закрывающий тег не соответствует открывающему <{d}>.', 'The end tag does not match the start tag <{d}>.'],
  attribute: ['Атрибут записан неверно: ожидается имя="значение".', 'Malformed attribute: name="value" is expected.'],
  duplicateAttribute: ['Атрибут повторяется: {d}.', 'The attribute repeats: {d}.'],
  prefixUnbound: [
    'Префикс имени {d} не объявлен. Добавьте xmlns для этого префикса.',
    'The prefix of {d} is not declared. Add its xmlns.',
  ],
  prefixReserved: [
    'Префиксы xml и xmlns нельзя переопределять или использовать для других целей.',
    'The prefixes xml and xmlns cannot be redefined or used otherwise.',
  ],
  prefixUndeclared: [
    'Пустое значение xmlns:{d}="" не допускается в XML 1.0.',
    'The empty value xmlns:{d}="" is not allowed in XML 1.0.',
  ],
  namespaceName: [
    'Имя пространства имён содержит &, <, кавычку или управляющий символ. Выберите другое имя.',
    'The namespace name holds &, <, a quote or a control character. Choose another.',
  ],
  reference: [
    'Ссылка записана неверно или сущность неизвестна. Допустимы &amp; &lt; &gt; &quot; &apos; и &#код;.',
    'The reference is malformed or the entity unknown. Allowed: amp, lt, gt, quot, apos and &#code;.',
  ],
  character: ['Символ {d} недопустим в XML. Удалите его.', 'The character {d} is not allowed in XML. Remove it.'],
  lessThan: ['Знак «<» в значении атрибута пишется &lt;.', 'Write < as &lt; in an attribute value.'],
  cdataEnd: ['Последовательность ]]> в тексте пишется ]]&gt;.', 'Write ]]> as ]]&gt; in text.'],
  comment: [
    'Комментарий записан неверно: «--» внутри не допускается.',
    'Malformed comment: "--" is not allowed inside.',
  ],
  markup: ['Неизвестная разметка после «<!».', 'Unknown markup after "<!".'],
  unclosed: ['Документ обрывается: есть незакрытый элемент, комментарий или значение.', 'The document ends too early.'],
  noRoot: ['Ожидается корневой элемент.', 'A root element is expected.'],
  trailing: ['После корневого элемента есть лишнее содержимое.', 'There is content after the root element.'],
  smevNamespace: [
    'Подписанный элемент {d} не имеет пространства имён: преобразование СМЭВ его не допускает. Задайте xmlns.',
    'The signed element {d} has no namespace, which the SMEV transform does not allow. Give it an xmlns.',
  ],
  smevXmlAttribute: [
    'Атрибут {d} не допускается в подписанном элементе: преобразование СМЭВ не знает префикса xml. Удалите его.',
    'The attribute {d} is not allowed in the signed element: the SMEV transform has no xml prefix. Remove it.',
  ],
  smevCharacter: [
    'Символ {d} (эмодзи и другие знаки за пределами U+FFFF) надо исключить из сообщения до подписания.',
    'The character {d} (emoji and others above U+FFFF) must be left out of the message before it is signed.',
  ],
} as const satisfies Record<string, Texts> & Record<keyof XmlLimits, Texts>;

export type XmlProblemCode = keyof typeof PROBLEMS;

/** A refused document. Position and offset are those of the sender's bytes. */
export interface XmlProblem {
  readonly problem: XmlProblemCode;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in characters. */
  readonly column: number;
  /** 0-based, in bytes. */
  readonly offset: number;
  /** What is wrong and what to do, in Russian. */
  readonly text: string;
  readonly textEn: string;
}

export interface Place {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export function xmlProblem(
  problem: XmlProblemCode,
  place: Place,
  more: { detail?: string; limit?: number },
): XmlProblem {
  const [ru, en] = PROBLEMS[problem];
  const fill = (s: string) => s.replace('{d}', () => more.detail ?? '').replace('{n}', String(more.limit ?? ''));
  const { line, column, offset } = place;
  return { problem, line, column, offset, text: fill(ru), textEn: fill(en) };
}

export function isXmlProblem(value: unknown): value is XmlProblem {
  return typeof value === 'object' && value !== null && 'problem' in value && 'textEn' in value;
}
