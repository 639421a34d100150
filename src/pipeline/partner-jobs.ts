import {
  type AttachmentHeader,
  operation,
  optional,
  type RefAttachmentHeader,
  responseData,
} from '../envelope/index.js';
import { runRules } from '../formats/index.js';
import type { Attachment, Finding } from '../message/index.js';
import type { PartnerFile } from '../ports/index.js';
import { signElement } from '../signature/index.js';
import { canonicalize } from '../xml/index.js';
import { Defect } from './defect.js';
import { findDocuments } from './documents.js';
import { fileHeaders } from './file-references.js';
import { documentsInFiles } from './judge-files.js';
import { type OpenedMessage, openMessage } from './open-message.js';
import type { EnvelopeBytes, Job, OpenedForPartner } from './outcome.js';
import { recordTime } from './records.js';
import { sealReplyTo } from './reply-token.js';
import { ruleContext } from './rule-violations.js';
import type { World } from './world.js';

/** What the adapter gets: validated content, attachments and the findings of the gateway's own rules. */
export function openForPartner(
  { message, body, files, at }: Extract<Job, { job: 'open-for-partner' }>,
  world: World,
): OpenedForPartner {
  const opened = openMessage(message, body, world);
  const { tree, data, attachments } = opened;
  if (data.kind !== 'request') throw new Defect(`${message.messageId} is no request`);
  const senderCodes = world.directory.codesOf(message.sender, message.acceptedAt);
  return {
    messageId: message.messageId,
    sender: message.sender,
    senderCodes,
    format: data.contentName,
    content: canonicalize(tree, data.content),
    attachments: attachments.map((a, i) => forPartner(a, opened.upgraded.get(i))),
    files: fileHeaders(data).map(forReading),
    road: message.road,
    findings: findingsOn(
      { ...opened, attachments: [...attachments, ...documentsInFiles(fileHeaders(data), files)] },
      message.acceptedAt,
      senderCodes,
      at,
      world,
    ),
    test: message.test,
    acceptedAt: recordTime(message.acceptedAt),
  };
}

/** A rewriting in place of what was sent; what speaks of the sent octets (their signature, their namespace) is left out with them. */
function forPartner(sent: Attachment, upgraded: Buffer | undefined): Attachment {
  const { contentId, mimeType } = sent;
  return upgraded === undefined ? sent : { contentId, mimeType, content: upgraded };
}

function forReading({ uuid, fileName, mimeType, namespaceUri }: RefAttachmentHeader): Omit<PartnerFile, 'read'> {
  return {
    uuid: uuid.toLowerCase(),
    mimeType,
    ...optional('fileName', fileName),
    ...optional('namespaceUri', namespaceUri),
  };
}

function findingsOn(
  { tree, data, attachments, upgraded }: OpenedMessage,
  acceptedAt: number,
  senderCodes: readonly string[],
  at: number,
  world: World,
): readonly Finding[] {
  if (!('contentName' in data)) return [];
  const entry = world.catalogue.find(data.contentName.namespace, data.contentName.local);
  const sent = {
    tree,
    data,
    attachments,
    upgraded,
    at: acceptedAt,
    test: false,
    ...(entry === undefined ? {} : { entry }),
  };
  const { documents } = findDocuments(sent, world);
  const context = ruleContext(senderCodes, at, world);
  return documents.flatMap((d) => runRules(d.entry, d.tree, d.element, context));
}

/** The partner's answer as a signed SendResponse in the request's own version, ready for the front door. */
export async function answerForPartner(
  job: Extract<Job, { job: 'answer-for-partner' }>,
  world: World,
): Promise<Omit<EnvelopeBytes, 'at'>> {
  const { message, partner, answer, messageId } = job;
  const signer = world.partnerSigners.get(partner);
  if (signer === undefined) throw new Defect(`the gateway holds no key for ${partner}`);
  const { version, road } = message;
  const to = sealReplyTo({ mid: message.messageId, mnm: message.sender }, world.vault);
  const id = 'SIGNED_BY_PROVIDER';
  const attachments = answer.kind === 'answered' ? answer.attachments : [];
  const headers = attachments.map(
    ({ contentId, mimeType, namespaceUri }): AttachmentHeader => ({
      contentId,
      mimeType,
      ...(namespaceUri !== undefined && version === '1.3' ? { namespaceUri } : {}),
    }),
  );
  const body =
    answer.kind === 'answered'
      ? { content: answer.content, attachmentHeaders: headers }
      : { rejected: [{ code: answer.code, description: answer.description.slice(0, 4_000) }] };
  const signed = responseData(version, { messageId, to, ...body }, id);
  const signature = await signElement(signed, id, signer);
  const wire = operation(version, 'SendResponse', { signed, signature, attachments, road });
  return { version, contentType: wire.contentType, body: Uint8Array.from(wire.body) };
}
