import type { ReceivedRequest, ReceivedResponse, ReceivedStatus } from '../client/index.js';
import { nameOf } from '../message/index.js';
import type { Context } from './context.js';

export type Received = ReceivedRequest | ReceivedResponse | ReceivedStatus;

/** A message from a mailbox for people: who, what, and the content itself. */
export function describeReceived(received: Received, { texts }: Context): string[] {
  if (!('messageId' in received)) return describeStatus(received);
  const c = texts.columns;
  const { metadata, contentName, content, attachments = [] } = received;
  return [
    `${c.messageId}: ${received.messageId}`,
    ...('originalMessageId' in received ? [`${c.answerTo}: ${received.originalMessageId}`] : []),
    ...(metadata.sender === undefined ? [] : [`${c.sender}: ${metadata.sender}`]),
    ...(contentName === undefined ? [] : [`${c.format}: ${nameOf(contentName)}`]),
    ...('replyTo' in received ? [`ReplyTo: ${received.replyTo}`] : []),
    ...attachments.map((a) => `${c.attachment}: ${a.contentId} ${a.mimeType} ${a.content.length}`),
    ...standIns(received),
    ...(content === undefined ? [] : ['', content.toString()]),
  ];
}

/** What may come in place of content. */
function standIns(received: ReceivedRequest | ReceivedResponse): string[] {
  if (!('rejected' in received || 'status' in received || 'asyncStatus' in received)) return [];
  return [
    ...(received.rejected ?? []).map((rejection) => `${rejection.code}: ${rejection.description}`),
    ...(received.status === undefined ? [] : [`${received.status.code}: ${received.status.description}`]),
    ...(received.asyncStatus === undefined ? [] : describeStatus(received.asyncStatus)),
  ];
}

function describeStatus(status: Omit<ReceivedStatus, 'raw'>): string[] {
  const { originalMessageId, category, details, fault } = status;
  const why =
    fault === undefined ? '' : ` ${fault.name ?? ''} ${fault.code ?? ''} ${fault.description ?? ''}`.trimEnd();
  return [
    `${originalMessageId}: ${category}${why}`,
    ...(details === undefined ? [] : [details]),
    ...describeRouting(status.routing),
  ];
}

/** What came of every value and record of rout:Routing. */
function describeRouting(routing: ReceivedStatus['routing']): string[] {
  if (routing === undefined) return [];
  const values = ({ dynamic, identifiers }: Pick<typeof routing, 'dynamic' | 'identifiers'>) =>
    [...dynamic, ...identifiers].map(({ value, code }) => `  «${value}»: ${code}`);
  return [
    ...values(routing),
    ...routing.records.flatMap((r) => [`  RecordId ${r.recordId}: ${r.code}`, ...values(r).map((line) => `  ${line}`)]),
  ];
}

/** The same as data: octets as text (content is XML in UTF-8) or base64 (attachments). */
export function receivedAsJson(received: Received): object {
  const { raw: _, ...rest } = received;
  if (!('content' in rest) || rest.content === undefined) return rest;
  return {
    ...rest,
    content: rest.content.toString(),
    attachments: (rest.attachments ?? []).map(({ content, pkcs7: _signature, ...header }) => ({
      ...header,
      content: Buffer.from(content).toString('base64'),
    })),
  };
}
