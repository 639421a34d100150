import {
  type FileStoreAccess,
  NAMESPACES,
  optional,
  pairAttachments,
  type RequestData,
  type ResponseData,
  readAttachmentContents,
  readDateTime,
  readSigned,
  textOf,
} from '../envelope/index.js';
import { type Fault, fault, isFault } from '../faults/index.js';
import type { Version } from '../message/index.js';
import { canonicalize, type XmlElement, type XmlTree } from '../xml/index.js';
import type { QueueRow, ReadMetadata, ReceivedContent, ReceivedRequest, ReceivedResponse } from './answers.js';
import type { Answer } from './post.js';

/** Reads MessageMetadata; what a version lacks stays absent. */
export function readMetadata(tree: XmlTree, element: XmlElement, version: Version): ReadMetadata {
  const { types } = NAMESPACES[version];
  const text = (local: string) => textOf(tree, element, types, local);
  const party = (local: string) => {
    const found = tree.child(element, types, local);
    return found === undefined ? undefined : textOf(tree, found, types, 'Mnemonic');
  };
  const delivered = text('DeliveryTimestamp');
  return {
    ...optional('messageId', text('MessageId')),
    type: text('MessageType') ?? '',
    ...optional('sender', party('Sender')),
    ...optional('recipient', party('Recipient')),
    sendingTimestamp: readDateTime(text('SendingTimestamp') ?? '') ?? Number.NaN,
    ...optional('deliveryTimestamp', delivered === undefined ? undefined : readDateTime(delivered)),
    ...optional('status', text('Status')),
  };
}

/** Reads the Request of a RequestMessage; a Fault when it is not as the schema says. */
export function readRequest(answer: Answer, message: XmlElement, version: Version): ReceivedRequest | Fault {
  const { tree, raw } = answer;
  const { types } = NAMESPACES[version];
  const request = tree.child(message, types, 'Request');
  const element = request && tree.child(request, types, 'SenderProvidedRequestData');
  const about = request && tree.child(request, types, 'MessageMetadata');
  if (request === undefined || element === undefined || about === undefined) return incomplete('Request');
  const data = readSigned(tree, element, version, 'SendRequest');
  if (isFault(data)) return data;
  const content = readContent(answer, message, data, version);
  if (isFault(content)) return content;
  const metadata = readMetadata(tree, about, version);
  return {
    messageId: metadata.messageId ?? data.messageId,
    metadata,
    ...content,
    replyTo: textOf(tree, request, types, 'ReplyTo') ?? '',
    ...optional('referenceMessageId', data.referenceMessageId),
    ...optional('transactionCode', data.transactionCode),
    ...optional('nodeId', data.nodeId),
    ...optional('eol', data.eol),
    test: data.test,
    fsAttachments: readFsAttachments(tree, request, version),
    raw,
  };
}

/** Reads the Response of a ResponseMessage. */
export function readResponse(answer: Answer, message: XmlElement, version: Version): ReceivedResponse | Fault {
  const { tree, raw } = answer;
  const { types } = NAMESPACES[version];
  const response = tree.child(message, types, 'Response');
  const element = response && tree.child(response, types, 'SenderProvidedResponseData');
  const about = response && tree.child(response, types, 'MessageMetadata');
  if (response === undefined || element === undefined || about === undefined) return incomplete('Response');
  const data = readSigned(tree, element, version, 'SendResponse');
  if (isFault(data)) return data;
  const content = data.kind === 'response' ? readContent(answer, message, data, version) : {};
  if (isFault(content)) return content;
  const metadata = readMetadata(tree, about, version);
  return {
    messageId: metadata.messageId ?? data.messageId,
    ...optional('originalMessageId', textOf(tree, response, types, 'OriginalMessageId')),
    metadata,
    ...content,
    ...(data.kind === 'rejection' ? { rejected: data.rejected } : {}),
    ...(data.kind === 'status' ? { status: data.status } : {}),
    ...(data.kind === 'async-status' ? { asyncStatus: data.asyncStatus } : {}),
    fsAttachments: readFsAttachments(tree, response, version),
    raw,
  };
}

function incomplete(name: string): Fault {
  return fault('InvalidContent', `В полученном ${name} нет данных отправителя или MessageMetadata`);
}

function readContent(
  { tree, parts }: Answer,
  message: XmlElement,
  data: Extract<RequestData | ResponseData, { contentName: unknown }>,
  version: Version,
): ReceivedContent | Fault {
  const list = tree.child(message, NAMESPACES[version].basic, 'AttachmentContentList');
  const contents = list === undefined ? [] : readAttachmentContents(tree, list, version, parts);
  if (isFault(contents)) return contents;
  const attachments = pairAttachments(data.attachmentHeaders, contents);
  if (isFault(attachments)) return attachments;
  return {
    content: canonicalize(tree, data.content),
    contentName: data.contentName,
    attachments,
    refAttachmentHeaders: data.refAttachmentHeaders,
  };
}

function readFsAttachments(tree: XmlTree, parent: XmlElement, version: Version): readonly FileStoreAccess[] {
  const { basic } = NAMESPACES[version];
  const list = tree.child(parent, basic, 'FSAttachmentsList');
  if (list === undefined) return [];
  return tree.children(list).map((item) => ({
    uuid: textOf(tree, item, basic, 'uuid') ?? '',
    userName: textOf(tree, item, basic, 'UserName') ?? '',
    password: textOf(tree, item, basic, 'Password') ?? '',
    fileName: textOf(tree, item, basic, 'FileName') ?? '',
  }));
}

/** Rows of GetIncomingQueueStatisticsResponse. */
export function readQueueRows({ tree, wrapper }: Answer): readonly QueueRow[] {
  return tree.children(wrapper).map((row) => ({
    queueName: tree.attribute(row, 'queueName') ?? '',
    pending: Number(tree.attribute(row, 'pendingMessageNumber') ?? 0),
  }));
}
