import { createHash } from 'node:crypto';
import type { Attachment, AttachmentRoad, Operation, Version } from '../../message/index.js';
import { NAMESPACES } from '../versions.js';
import { attributeText, textElement, wrapped } from './markup.js';
import { answer, attachmentContentList, typesElement, type WireBody } from './operation.js';

/** Answer of SendRequest or SendResponse: MessageMetadata and the gateway's signature over it. */
export function sendAnswer(
  version: Version,
  operation: 'SendRequest' | 'SendResponse',
  metadata: string,
  signature?: string,
): WireBody {
  return answer(version, operation, metadata + wrapped('ns2:SMEVSignature', signature));
}

/** Credentials for one attachment in the file store, for one reader. */
export interface FileStoreAccess {
  readonly uuid: string;
  readonly userName: string;
  readonly password: string;
  readonly fileName: string;
}

/**
 * The Request element with the Id the gateway signs it under. `data` (SenderProvidedRequestData) and `signature` (the
 * sender's ds:Signature) are put in unchanged, so that the recipient can verify them; a rebuilt element goes without.
 */
export function requestElement(
  version: Version,
  request: {
    readonly id: string;
    readonly data: string;
    readonly metadata: string;
    /** Absent where no answer is expected; 1.1 requires one all the same. */
    readonly replyTo?: string | undefined;
    readonly signature?: string | undefined;
    readonly fsAttachments?: readonly FileStoreAccess[];
  },
): string {
  const content = [
    request.data,
    request.metadata,
    fsAttachmentsList(version, request.fsAttachments),
    textElement('ns2:ReplyTo', request.replyTo),
    wrapped('ns2:SenderInformationSystemSignature', request.signature),
  ];
  return typesElement(version, 'Request', content.join(''), attributeText('Id', request.id));
}

/** The Response element with the Id the gateway signs it under; `data` is SenderProvidedResponseData. */
export function responseElement(
  version: Version,
  response: {
    readonly id: string;
    readonly originalMessageId?: string | undefined;
    readonly originalTransactionCode?: string | undefined;
    readonly referenceMessageId?: string | undefined;
    readonly data: string;
    readonly metadata: string;
    readonly signature?: string | undefined;
    readonly fsAttachments?: readonly FileStoreAccess[];
  },
): string {
  const content = [
    textElement('ns2:OriginalMessageId', response.originalMessageId),
    textElement('ns2:OriginalTransactionCode', response.originalTransactionCode),
    textElement('ns2:ReferenceMessageID', response.referenceMessageId),
    response.data,
    response.metadata,
    fsAttachmentsList(version, response.fsAttachments),
    wrapped('ns2:SenderInformationSystemSignature', response.signature),
  ];
  return typesElement(version, 'Response', content.join(''), attributeText('Id', response.id));
}

function fsAttachmentsList(version: Version, items: readonly FileStoreAccess[] = []): string {
  if (items.length === 0) return '';
  const rows = items.map((item) =>
    wrapped(
      'FSAttachment',
      textElement('uuid', item.uuid) +
        textElement('UserName', item.userName) +
        textElement('Password', item.password) +
        textElement('FileName', item.fileName),
    ),
  );
  return `<FSAttachmentsList xmlns="${NAMESPACES[version].basic}">${rows.join('')}</FSAttachmentsList>`;
}

interface HandedOut {
  /** requestElement or responseElement, unchanged since the gateway signed it. */
  readonly element: string;
  readonly signature?: string | undefined;
  readonly attachments?: readonly Attachment[];
  readonly road?: AttachmentRoad;
}

/** Answer of GetRequest with a message. */
export function requestMessage(version: Version, message: HandedOut): WireBody {
  return handedOut(version, 'GetRequest', 'RequestMessage', message);
}

/** Answer of GetResponse with a message. */
export function responseMessage(version: Version, message: HandedOut): WireBody {
  return handedOut(version, 'GetResponse', 'ResponseMessage', message);
}

function handedOut(version: Version, operation: Operation, local: string, message: HandedOut): WireBody {
  const { list, parts } = attachmentContentList(version, message.attachments ?? [], message.road ?? 'mtom');
  const content = wrapped(`ns2:${local}`, message.element + list + wrapped('ns2:SMEVSignature', message.signature));
  return answer(version, operation, content, parts);
}

/** Answer of GetStatus: asyncStatusData and the gateway's signature over it. */
export function statusMessage(version: Version, data: string, signature?: string): WireBody {
  const content = data + wrapped('ns2:SMEVSignature', signature);
  return answer(version, 'GetStatus', wrapped('ns2:SmevAsyncProcessingMessage', content));
}

/** An empty queue: the wrapper without child. */
export function emptyAnswer(version: Version, operation: 'GetRequest' | 'GetResponse' | 'GetStatus'): WireBody {
  return answer(version, operation);
}

export function ackAnswer(version: Version): WireBody {
  return answer(version, 'Ack');
}

/** Answer of GetIncomingQueueStatistics (1.1). */
export function queueStatistics(
  version: Version,
  rows: readonly { readonly queueName: string; readonly pending: number }[],
): WireBody {
  const items = rows.map(
    ({ queueName, pending }) =>
      `<ns2:QueueStatistics${attributeText('queueName', queueName.slice(0, 200))}${attributeText('pendingMessageNumber', pending)}></ns2:QueueStatistics>`,
  );
  return answer(version, 'GetIncomingQueueStatistics', items.join(''));
}

/**
 * An Id for the gateway's own element that `sender`'s text does not use: senders may have chosen SIGNED_BY_SMEV too, and a
 * repeated Id would make both signatures ambiguous. A hash of the text cannot stand in that text.
 */
export function freeId(sender: string, wanted = 'SIGNED_BY_SMEV'): string {
  if (!sender.includes(wanted)) return wanted;
  return `${wanted}_${createHash('sha256').update(sender).digest('hex').slice(0, 32)}`;
}
