import type { QualifiedName, Version } from '../../message/index.js';
import { moscow, type OffsetAt, writeDateTime } from '../schema/lexical.js';
import type { AttachmentHeader, RefAttachmentHeader, Rejection, RequestStatus } from '../signed.js';
import { NAMESPACES } from '../versions.js';
import { attributeText, textElement, wrapped } from './markup.js';

/**
 * The elements callers sign, as text with their own namespace declarations: they can be signed alone and embedded
 * unchanged. Every element bears a prefix, so that the content's own default namespace, or its lack, stays as it is.
 */

/** Content and what stands beside it; texts of elements are put in as they are. */
export interface DeliveredText {
  /** The one element under MessagePrimaryContent, with its own namespace declarations. */
  readonly content: string;
  /** A ds:Signature over the content (ЭП-СП). */
  readonly personalSignature?: string;
  readonly attachmentHeaders?: readonly AttachmentHeader[];
  readonly refAttachmentHeaders?: readonly RefAttachmentHeader[];
}

export interface RequestText extends DeliveredText {
  readonly messageId: string;
  readonly referenceMessageId?: string;
  readonly transactionCode?: string;
  readonly nodeId?: string;
  /** ms since 1970. */
  readonly eol?: number;
  /** Elements inside BusinessProcessMetadata. */
  readonly businessProcessMetadata?: string;
  readonly test?: boolean;
}

export type ResponseText = { readonly messageId: string; readonly to: string } & (
  | DeliveredText
  | { readonly rejected: readonly Rejection[] }
  | { readonly status: RequestStatus }
  /** AsyncProcessingStatus as asyncStatus() writes it. */
  | { readonly asyncStatus: string }
);

/** SenderProvidedRequestData. 1.1 and 1.2 leave out what they have no place for; convert.ts tells beforehand. */
export function requestData(version: Version, data: RequestText, id: string, offsetAt: OffsetAt = moscow): string {
  const eol = data.eol === undefined ? undefined : writeDateTime(data.eol, offsetAt);
  return open(version, 'SenderProvidedRequestData', id, [
    textElement('ns2:MessageID', data.messageId),
    textElement('ns2:ReferenceMessageID', data.referenceMessageId),
    textElement('ns2:TransactionCode', data.transactionCode),
    textElement('ns2:NodeID', data.nodeId),
    textElement('ns2:EOL', eol),
    deliveredText(version, data),
    wrapped('ns2:BusinessProcessMetadata', data.businessProcessMetadata),
    data.test === true ? '<ns2:TestMessage></ns2:TestMessage>' : '',
  ]);
}

/** SenderProvidedResponseData. */
export function responseData(version: Version, data: ResponseText, id: string): string {
  return open(version, 'SenderProvidedResponseData', id, [
    textElement('ns2:MessageID', data.messageId),
    textElement('ns2:To', data.to),
    responseBody(version, data),
  ]);
}

function responseBody(version: Version, data: ResponseText): string {
  if ('asyncStatus' in data) return data.asyncStatus;
  if ('status' in data) {
    const { code, description, parameters } = data.status;
    const rows = parameters.map(({ key, value }) =>
      wrapped('ns2:StatusParameter', textElement('ns2:Key', key) + textElement('ns2:Value', value)),
    );
    return wrapped(
      'ns2:RequestStatus',
      textElement('ns2:StatusCode', code) + rows.join('') + textElement('ns2:StatusDescription', description),
    );
  }
  if (!('rejected' in data)) return deliveredText(version, data);
  const reasons = data.rejected.map(({ code, description }) =>
    wrapped(
      'ns2:RequestRejected',
      textElement('ns2:RejectionReasonCode', code) + textElement('ns2:RejectionReasonDescription', description),
    ),
  );
  return reasons.join('');
}

function deliveredText(version: Version, data: DeliveredText): string {
  const headers = (data.attachmentHeaders ?? []).map((header) =>
    wrapped('ns3:AttachmentHeader', textElement('ns3:contentId', header.contentId) + headerTail(version, header)),
  );
  const references = (data.refAttachmentHeaders ?? []).map((header) =>
    wrapped('ns3:RefAttachmentHeader', refHeader(version, header)),
  );
  return [
    basicElement(version, 'MessagePrimaryContent', data.content),
    wrapped('ns2:PersonalSignature', data.personalSignature),
    headers.length === 0 ? '' : basicElement(version, 'AttachmentHeaderList', headers.join('')),
    references.length === 0 ? '' : basicElement(version, 'RefAttachmentHeaderList', references.join('')),
  ].join('');
}

function refHeader(version: Version, header: RefAttachmentHeader): string {
  const isLatest = version === '1.3';
  return (
    textElement('ns3:uuid', header.uuid) +
    (version === '1.1' ? '' : textElement('ns3:FileName', header.fileName)) +
    (isLatest ? textElement('ns3:NamespaceUri', header.namespaceUri) : '') +
    textElement('ns3:Hash', header.hash) +
    headerTail(version, { ...header, namespaceUri: undefined })
  );
}

/** What both kinds of header end in. NamespaceUri and Archive exist in 1.3 only. */
function headerTail(
  version: Version,
  header: Pick<AttachmentHeader, 'mimeType' | 'pkcs7' | 'archive'> & { readonly namespaceUri?: string | undefined },
): string {
  const files = header.archive?.map(({ name, namespaceUri }) =>
    wrapped('ns3:File', textElement('ns3:Name', name) + textElement('ns3:NamespaceUri', namespaceUri)),
  );
  const isLatest = version === '1.3';
  return (
    (isLatest ? textElement('ns3:NamespaceUri', header.namespaceUri) : '') +
    textElement('ns3:MimeType', header.mimeType) +
    textElement('ns3:SignaturePKCS7', header.pkcs7 && Buffer.from(header.pkcs7).toString('base64')) +
    (isLatest ? wrapped('ns3:Archive', files?.join('')) : '')
  );
}

/** MessageTypeSelector: what a poll asks for; without type, whatever is oldest. */
export function messageTypeSelector(
  version: Version,
  selector: {
    readonly type?: QualifiedName | undefined;
    readonly nodeId?: string | undefined;
    readonly timestamp: number;
  },
  id: string,
  offsetAt: OffsetAt = moscow,
): string {
  return basicElement(
    version,
    'MessageTypeSelector',
    textElement('ns3:NamespaceURI', selector.type?.namespace) +
      textElement('ns3:RootElementLocalName', selector.type?.local) +
      textElement('ns3:Timestamp', writeDateTime(selector.timestamp, offsetAt)) +
      textElement('ns3:NodeID', selector.nodeId),
    attributeText('Id', id),
  );
}

/** AckTargetMessage. */
export function ackTarget(version: Version, messageId: string, accepted: boolean, id: string): string {
  const attributes = attributeText('Id', id) + attributeText('accepted', String(accepted));
  return basicElement(version, 'AckTargetMessage', messageId, attributes);
}

/** Timestamp, for GetStatus and GetIncomingQueueStatistics. */
export function timestamp(version: Version, at: number, id: string, offsetAt: OffsetAt = moscow): string {
  return basicElement(version, 'Timestamp', writeDateTime(at, offsetAt), attributeText('Id', id));
}

function basicElement(version: Version, local: string, content: string, attributes = ''): string {
  return `<ns3:${local} xmlns:ns3="${NAMESPACES[version].basic}"${attributes}>${content}</ns3:${local}>`;
}

function open(version: Version, local: string, id: string, content: readonly string[]): string {
  return `<ns2:${local} xmlns:ns2="${NAMESPACES[version].types}"${attributeText('Id', id)}>${content.join('')}</ns2:${local}>`;
}
