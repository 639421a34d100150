import type { AttachmentRoad, Operation, Version } from '../../message/index.js';
import { type OutgoingPart, writeMessage } from '../mime.js';
import { answerWrapper, NAMESPACES, requestWrapper, SOAP_NAMESPACE, XOP_NAMESPACE } from '../versions.js';
import { textElement, wrapped } from './markup.js';

/** A body ready for HTTP with its Content-Type. */
export interface WireBody {
  readonly contentType: string;
  readonly body: Buffer;
}

/** Attachment content by the Id its header names. */
export interface OutgoingAttachment {
  readonly contentId: string;
  readonly content: Uint8Array;
}

/** What a caller sends. */
export function operation(
  version: Version,
  name: Operation,
  message: {
    /** The signed element, unchanged since it was signed. */
    readonly signed: string;
    /** The ds:Signature over it; without one the block is left out. */
    readonly signature?: string;
    readonly attachments?: readonly OutgoingAttachment[];
    readonly road?: AttachmentRoad;
    /** rout:Routing (1.3), as it is. */
    readonly routing?: string | undefined;
    /** GetIncomingQueueStatistics. */
    readonly nodeId?: string | undefined;
  },
): WireBody {
  const { list, parts } = attachmentContentList(version, message.attachments ?? [], message.road ?? 'mtom');
  const content = [
    textElement('ns2:NodeID', message.nodeId),
    message.signed,
    list,
    wrapped('ns2:CallerInformationSystemSignature', message.signature),
    message.routing ?? '',
  ];
  return writeMessage(inEnvelope(typesElement(version, requestWrapper(name), content.join(''))), parts);
}

/** What the gateway answers with: the operation's wrapper around `content`, empty for an empty queue. */
export function answer(version: Version, name: Operation, content = '', parts: readonly OutgoingPart[] = []): WireBody {
  return writeMessage(inEnvelope(typesElement(version, answerWrapper(name), content)), parts);
}

/** An element of types with prefix ns2: public clients read answers with regular expressions that expect it. */
export function typesElement(version: Version, local: string, content: string, attributes = ''): string {
  return `<ns2:${local} xmlns:ns2="${NAMESPACES[version].types}"${attributes}>${content}</ns2:${local}>`;
}

export function inEnvelope(content: string): string {
  return `<soap:Envelope xmlns:soap="${SOAP_NAMESPACE}"><soap:Body>${content}</soap:Body></soap:Envelope>`;
}

/** AttachmentContentList with the parts it refers to; both empty when there are no attachments. */
export function attachmentContentList(
  version: Version,
  attachments: readonly OutgoingAttachment[],
  road: AttachmentRoad,
): { readonly list: string; readonly parts: readonly OutgoingPart[] } {
  if (attachments.length === 0) return { list: '', parts: [] };
  const parts: OutgoingPart[] = [];
  const items = attachments.map(({ contentId, content }, index) => {
    const id = `attachment-${index + 1}@gateway`;
    if (road === 'mtom') parts.push({ id, content });
    const octets =
      road === 'mtom'
        ? `<xop:Include xmlns:xop="${XOP_NAMESPACE}" href="cid:${encodeURIComponent(id)}"></xop:Include>`
        : Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('base64');
    return wrapped('AttachmentContent', textElement('Id', contentId) + wrapped('Content', octets));
  });
  const list = `<AttachmentContentList xmlns="${NAMESPACES[version].basic}">${items.join('')}</AttachmentContentList>`;
  return { list, parts };
}
