import { type Fault, fault } from '../faults/index.js';
import type { Attachment, AttachmentRoad, Version, Violation } from '../message/index.js';
import type { XmlElement, XmlTree } from '../xml/index.js';
import { optional } from './place.js';
import { GRAMMARS } from './schema/grammar-types.js';
import { judge } from './schema/judge.js';
import { violationAt } from './schema/judgement.js';
import { collapse, readBase64 } from './schema/lexical.js';
import type { AttachmentHeader } from './signed.js';
import { NAMESPACES, XOP_NAMESPACE } from './versions.js';

/** One AttachmentContent. Unsigned: only the header that names it is under the sender's signature. */
export interface AttachmentContent {
  readonly id: string;
  readonly content: Buffer;
  readonly road: AttachmentRoad;
}

/**
 * Reads AttachmentContentList: base64 text, or an xop:Include that refers to a MIME part (XOP §2.1, MTOM §3).
 * Judged as the version's schema judges the list with its Includes put back as text.
 */
export function readAttachmentContents(
  tree: XmlTree,
  list: XmlElement,
  version: Version,
  parts: ReadonlyMap<string, Buffer>,
): readonly AttachmentContent[] | Fault {
  const { basic } = NAMESPACES[version];
  const grammar = GRAMMARS[version];
  const violations = [...judge(tree, list, grammar.attachmentReferences, grammar)];
  const contents: AttachmentContent[] = [];
  for (const item of tree.children(list)) {
    const id = tree.child(item, basic, 'Id');
    const content = tree.child(item, basic, 'Content');
    const name = id === undefined ? undefined : tree.textOf(id);
    if (name === undefined || content === undefined) continue;
    const octets = readOctets(tree, content, parts);
    if ('text' in octets) {
      violations.push(octets);
      if (violations.length >= MOST_VIOLATIONS) break;
    } else if ('lost' in octets)
      return miscoordinated(
        `нет части сообщения с Content-ID «${octets.lost}», на которую ссылается вложение «${collapse(name)}»`,
      );
    else contents.push({ id: collapse(name), ...octets });
  }
  if (violations.length === 0) return contents;
  const count = violations.length;
  return fault('InvalidContent', `AttachmentContentList не соответствует схеме СМЭВ ${version}: нарушений ${count}`, {
    violations,
  });
}

/** Violations told of one list: their paths cost a look at all attachments. */
const MOST_VIOLATIONS = 100;

type Octets = Pick<AttachmentContent, 'content' | 'road'> | { readonly lost: string } | Violation;

function readOctets(tree: XmlTree, element: XmlElement, parts: ReadonlyMap<string, Buffer>): Octets {
  const [include, ...rest] = tree.children(element);
  const wrong = (ru: string, en: string) => violationAt(tree, element, ru, en);
  if (tree.attributes(element).length > 0)
    return wrong('У элемента Content не допускаются атрибуты', 'Content takes no attributes');
  if (include === undefined) {
    const content = readBase64(tree.textOf(element) ?? '');
    return content === undefined
      ? wrong('Содержимое вложения не является base64', 'The attachment content is not base64')
      : { content, road: 'inline' };
  }
  const isInclude = tree.namespaceOf(include) === XOP_NAMESPACE && tree.localNameOf(include) === 'Include';
  if (!isInclude || rest.length > 0 || tree.hasText(element)) {
    return wrong(
      'В элементе Content допускается либо base64, либо один xop:Include',
      'Content holds either base64 or a single xop:Include',
    );
  }
  const id = contentIdIn(tree.attribute(include, 'href') ?? '');
  if (id === undefined)
    return wrong('Атрибут href в xop:Include не вида cid:…', 'The href of xop:Include is not of the form cid:…');
  const content = parts.get(id);
  return content === undefined ? { lost: id } : { content, road: 'mtom' };
}

/** Content-ID of a `cid:` URL (RFC 2392 §2): percent-decoded. */
function contentIdIn(href: string): string | undefined {
  const match = /^cid:(.+)$/is.exec(href.trim());
  if (match === null) return undefined;
  try {
    return decodeURIComponent(match[1] ?? '');
  } catch {
    return undefined;
  }
}

/**
 * Pairs signed headers with unsigned contents by contentId = Id, in any order, and answers in the headers' order.
 * `permitted` is the greatest size of all contents together, bytes.
 */
export function pairAttachments(
  headers: readonly AttachmentHeader[],
  contents: readonly AttachmentContent[],
  permitted = Number.POSITIVE_INFINITY,
): readonly Attachment[] | Fault {
  const real = contents.reduce((sum, { content }) => sum + content.length, 0);
  if (real > permitted) {
    return fault(
      'AttachmentSizeLimitExceeded',
      `Вложения занимают ${real} байт, допускается не больше ${permitted}. Передайте их через файловое хранилище`,
      {
        extra: { PermittedTotalAttachmentSize: permitted, RealTotalAttachmentSize: real },
      },
    );
  }
  const byId = new Map(contents.map((item) => [item.id, item.content]));
  const ids = new Set(headers.map(({ contentId }) => contentId));
  const problems = [
    ...named('повторяется contentId', repeated(headers.map(({ contentId }) => contentId))),
    ...named('повторяется Id содержимого', repeated(contents.map(({ id }) => id))),
    ...named(
      'нет содержимого для',
      [...ids].filter((id) => !byId.has(id)),
    ),
    ...named(
      'нет заголовка для',
      [...byId.keys()].filter((id) => !ids.has(id)),
    ),
  ];
  if (problems.length > 0) return miscoordinated(problems.join('; '));
  return headers.map(({ contentId, mimeType, namespaceUri, pkcs7 }) => ({
    contentId,
    mimeType,
    ...optional('namespaceUri', namespaceUri),
    ...optional('pkcs7', pkcs7),
    content: byId.get(contentId)!,
  }));
}

function repeated(ids: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return [...new Set(ids.filter((id) => seen.size === seen.add(id).size))];
}

function named(what: string, ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return [];
  const shown = ids.slice(0, 20).map((id) => `«${id.slice(0, 100)}»`);
  return [`${what} ${shown.join(', ')}${ids.length > 20 ? ` и ещё ${ids.length - 20}` : ''}`];
}

function miscoordinated(what: string): Fault {
  return fault('AttachmentContentMiscoordination', `Заголовки вложений и их содержимое не составляют пар: ${what}`);
}
