import type { Version } from '../message/index.js';
import { canonicalize, type XmlElement, type XmlTree } from '../xml/index.js';
import { requestData, responseData } from './build/signed.js';
import { asyncStatus } from './build/status.js';
import { moscow, type OffsetAt } from './schema/lexical.js';
import type { AttachmentHeader, RefAttachmentHeader, RequestData, ResponseData } from './signed.js';
import { NAMESPACES } from './versions.js';

/** Canonical octets of the elements that data refers to: what of them outlives the tree. */
export interface Octets {
  readonly content?: Buffer;
  /** The ds:Signature inside PersonalSignature. */
  readonly personalSignature?: Buffer;
  /** The elements inside BusinessProcessMetadata. */
  readonly businessProcessMetadata?: Buffer;
}

/** Takes the octets while the tree is at hand. */
export function octetsOf(tree: XmlTree, data: RequestData | ResponseData): Octets {
  if (data.kind !== 'request' && data.kind !== 'response') return {};
  const inside = (element: XmlElement) =>
    Buffer.concat(tree.children(element).map((child) => canonicalize(tree, child)));
  const metadata = data.kind === 'request' ? data.businessProcessMetadata : undefined;
  return {
    content: canonicalize(tree, data.content),
    ...(data.personalSignature === undefined ? {} : { personalSignature: inside(data.personalSignature) }),
    ...(metadata === undefined ? {} : { businessProcessMetadata: inside(metadata) }),
  };
}

/**
 * The sender's element in another version, for a recipient that polls in that. What the target cannot express is never
 * dropped silently; a file's name in the file store is, because FSAttachment carries it in every version.
 */
export function rebuild(
  data: RequestData | ResponseData,
  octets: Octets,
  to: Version,
  offsetAt: OffsetAt = moscow,
): string | { readonly inexpressible: string } {
  const id = data.id ?? 'SIGNED_BY_CALLER';
  if (data.kind === 'rejection') return responseData(to, data, id);
  if (data.kind === 'status') return responseData(to, data, id);
  if (data.kind === 'async-status')
    return responseData(to, { ...data, asyncStatus: asyncStatus(to, data.asyncStatus) }, id);
  const reason = inexpressible(data, to);
  if (reason !== undefined) return { inexpressible: reason };
  const delivered = {
    content: octets.content?.toString() ?? '',
    ...(octets.personalSignature === undefined ? {} : { personalSignature: octets.personalSignature.toString() }),
    attachmentHeaders: data.attachmentHeaders,
    refAttachmentHeaders: data.refAttachmentHeaders,
  };
  if (data.kind === 'response') {
    const { messageId, to: address } = data;
    return responseData(to, { messageId, to: address, ...delivered }, id);
  }
  const { messageId, referenceMessageId, transactionCode, nodeId, eol, test } = data;
  const metadata = octets.businessProcessMetadata?.toString();
  const optionalText = Object.fromEntries(
    Object.entries({ referenceMessageId, transactionCode, nodeId, eol, businessProcessMetadata: metadata }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  return requestData(to, { messageId, test, ...optionalText, ...delivered }, id, offsetAt);
}

function inexpressible(
  data: Extract<RequestData | ResponseData, { contentName: unknown }>,
  to: Version,
): string | undefined {
  const { basic } = NAMESPACES[to];
  if (data.contentName.namespace === basic)
    return `содержимое стоит в пространстве имён ${basic}, которое схема ${to} под MessagePrimaryContent не допускает`;
  if (to === '1.3') return undefined;
  for (const header of [...data.attachmentHeaders, ...data.refAttachmentHeaders]) {
    const what =
      header.archive !== undefined ? 'Archive' : header.namespaceUri !== undefined ? 'NamespaceUri' : undefined;
    if (what !== undefined)
      return `заголовок вложения «${nameOf(header)}» содержит ${what}, которого в схеме ${to} нет`;
  }
  return undefined;
}

function nameOf(header: AttachmentHeader | RefAttachmentHeader): string {
  return 'contentId' in header ? header.contentId : header.uuid;
}
