import {
  asyncStatusData,
  type FileStoreAccess,
  freeId,
  messageMetadata,
  octetsOf,
  type RefAttachmentHeader,
  rebuild,
  requestElement,
  requestMessage,
  responseElement,
  responseMessage,
  statusMessage,
} from '../envelope/index.js';
import { fault } from '../faults/index.js';
import { signElement } from '../signature/index.js';
import { soapAnswer } from './answers.js';
import { Defect } from './defect.js';
import { isBroadcast, isForSeveral } from './destinations.js';
import { fileAccess } from './file-access.js';
import { fileHeaders } from './file-references.js';
import { type OpenedMessage, openMessage } from './open-message.js';
import type { Answer, CannotHandOut, Job } from './outcome.js';
import { sealReplyTo } from './reply-token.js';
import { answerSigner, type World } from './world.js';

type HandOut = Extract<Job, { job: 'hand-out' }>;

/** The signed answer to a poll, in the poll's version: the sender's own element where versions agree, rebuilt where not. */
export async function handOut(job: HandOut, world: World): Promise<Answer | CannotHandOut> {
  const opened = readable(job, world);
  if ('cannot' in opened) return opened;
  if (job.poll.operation === 'GetStatus') return handOutStatus(job, opened, world);
  const element = elementFor(job, opened, world);
  if ('cannot' in element) return element;
  const id = freeId(element.data);
  const files = accessTo(fileHeaders(opened.data), job.at, world);
  const text =
    job.message.kind === 'request' ? request(job, element, id, files, world) : response(job, element, id, files, world);
  const signature = await signElement(text, id, answerSigner(world, job.poll.caller, job.poll.gost));
  const handed = { element: text, signature, attachments: opened.attachments, road: job.message.road };
  const { version } = job.poll;
  return soapAnswer(
    job.poll.operation === 'GetRequest' ? requestMessage(version, handed) : responseMessage(version, handed),
  );
}

type Files = { readonly fsAttachments?: readonly FileStoreAccess[] };

interface Element {
  readonly data: string;
  /** The sender's ds:Signature; left out where the element was rebuilt and it would not verify. */
  readonly signature?: string;
}

function elementFor({ message, poll }: HandOut, opened: OpenedMessage, world: World): Element | CannotHandOut {
  if (message.version === poll.version)
    return { data: opened.octets.toString(), signature: opened.signature.toString() };
  const rebuilt = rebuild(opened.data, octetsOf(opened.tree, opened.data), poll.version, world.offset);
  if (typeof rebuilt === 'string') return { data: rebuilt };
  const text = `Сообщение нельзя передать получателю в версии, по которой он работает: ${rebuilt.inexpressible}`;
  return { cannot: fault('InvalidContent', text) };
}

/** A body that is damaged or erased must not stop the queue behind it. */
function readable({ message, body }: HandOut, world: World): OpenedMessage | CannotHandOut {
  try {
    return openMessage(message, body, world);
  } catch (error) {
    if (!(error instanceof Defect)) throw error;
    const text =
      'Принятое сообщение больше не читается в хранилище шлюза и не может быть передано. Отправьте его заново под новым MessageID';
    return { cannot: fault('SMEVFailure', text, { operator: error.message }) };
  }
}

/** One-off credentials for each file; the name is the sender's, or stands for the one file there is. */
function accessTo(headers: readonly RefAttachmentHeader[], at: number, { vault }: World): Files {
  if (headers.length === 0) return {};
  return {
    fsAttachments: headers.map(({ uuid, fileName }) => ({
      uuid,
      ...fileAccess(uuid, at, vault),
      fileName: fileName === undefined || fileName.startsWith('/') ? (fileName ?? `/${uuid}`) : `/${fileName}`,
    })),
  };
}

function request(job: HandOut, { data, signature }: Element, id: string, files: Files, world: World): string {
  const { message, poll } = job;
  // A broadcast has no answer; 1.1 requires the element all the same.
  const isAnswered = !isBroadcast(message) || poll.version === '1.1';
  const replyTo = isAnswered ? sealReplyTo({ mid: message.messageId, mnm: message.sender }, world.vault) : undefined;
  return requestElement(poll.version, { id, data, metadata: metadata(job, data, world), replyTo, signature, ...files });
}

function response(job: HandOut, { data, signature }: Element, id: string, files: Files, world: World): string {
  const { message, poll, request } = job;
  return responseElement(poll.version, {
    id,
    originalMessageId: message.exchange,
    originalTransactionCode: request?.meta.transactionCode,
    ...(poll.version === '1.1' ? {} : { referenceMessageId: request?.meta.referenceMessageId }),
    data,
    metadata: metadata(job, data, world),
    signature,
    ...files,
  });
}

function metadata({ message, poll, at }: HandOut, data: string, { directory, offset }: World): string {
  const party = (mnemonic: string) => ({ mnemonic, name: directory.participant(mnemonic)?.name.ru ?? mnemonic });
  // Of several recipients each is told of itself only.
  const recipient = isForSeveral(message) ? poll.caller : message.recipient;
  return messageMetadata(
    poll.version,
    {
      id: freeId(data, 'MESSAGE_METADATA'),
      messageId: message.messageId,
      type: isBroadcast(message) ? 'BROADCAST' : message.kind === 'request' ? 'REQUEST' : 'RESPONSE',
      sender: party(message.sender),
      sendingTimestamp: message.acceptedAt,
      recipient: recipient === undefined ? undefined : party(recipient),
      deliveryTimestamp: at,
      status: 'messageIsDelivered',
    },
    offset,
  );
}

/** GetStatus carries the status itself, signed by the gateway. */
async function handOutStatus(job: HandOut, { data }: OpenedMessage, world: World): Promise<Answer> {
  if (data.kind !== 'async-status')
    throw new Defect(`${job.message.messageId} is in a status mailbox and is no status`);
  const id = 'SIGNED_BY_SMEV';
  const text = asyncStatusData(job.poll.version, data.asyncStatus, id);
  return soapAnswer(
    statusMessage(
      job.poll.version,
      text,
      await signElement(text, id, answerSigner(world, job.poll.caller, job.poll.gost)),
    ),
  );
}
