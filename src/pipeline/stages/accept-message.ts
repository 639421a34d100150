import { hash, randomBytes } from 'node:crypto';
import { deadlineOf } from '../../delivery/index.js';
import { messageMetadata, sendAnswer } from '../../envelope/index.js';
import { formatName } from '../../formats/index.js';
import { indexEntries, sealBody, sealLeaf } from '../../journal/index.js';
import { nameOf } from '../../message/index.js';
import type { Participant } from '../../participants/index.js';
import type { Commit, NewDelivery, NewMessage } from '../../ports/index.js';
import { fingerprintOf, signElement } from '../../signature/index.js';
import { soapAnswer } from '../answers.js';
import { bodyParts } from '../body-parts.js';
import { destinationOf, isForSeveral, onlyOne } from '../destinations.js';
import { fileHeaders, referencesText } from '../file-references.js';
import type { Checked } from '../known.js';
import type { Accepted } from '../outcome.js';
import { purposeFields, purposeText } from '../purpose.js';
import { recordTime } from '../records.js';
import { responseFormatOf } from '../response-format.js';
import { deliveryToGateway } from '../status-message.js';
import { answerSigner, type World } from '../world.js';

/** Everything one commit needs, and the signed answer that leaves after it: message, sealed body, delivery, leaf. */
export async function acceptMessage(known: Checked, world: World): Promise<Accepted> {
  const parts = bodyParts(known);
  const message = newMessage(known, parts[0].bytes, world);
  const sealed = sealBody(parts, world.vault);
  const index = indexEntries(sealed.persons, message.messageId, world.vault);
  const { leaf } = sealLeaf(
    {
      kind: 'accepted',
      time: recordTime(known.at),
      messageId: message.messageId,
      exchange: message.exchange,
      sender: message.sender,
      ...(message.recipient === undefined ? {} : { recipient: message.recipient }),
      ...(message.format === undefined ? {} : { format: message.format }),
      config: message.config,
      body: sealed.sha256.toString('base64'),
      ...(index.commitment === undefined ? {} : { index: index.commitment }),
      hidden: {
        ...(message.recipient === undefined && { recipients: known.recipients.map((r) => r.mnemonic) }),
        ...(known.broadcast === true && { broadcast: true }),
        ...(message.test && { test: true }),
        digestValue: known.digestValue.toString('base64'),
        certificate: fingerprintOf(known.certificate),
        ...(known.personalCertificate && { personalCertificate: fingerprintOf(known.personalCertificate) }),
        attachments: known.attachments.map((a) => hash('sha256', a.content, 'base64')),
        ...announcedFiles(known),
        ...upgradedInWords(known),
        ...(known.purposes && purposeFields(known.purposes)),
        ...(index.salt === undefined ? {} : { indexSalt: index.salt }),
        ...('nodeId' in known.data && known.data.nodeId !== undefined ? { nodeId: known.data.nodeId } : {}),
      },
    },
    world.vault,
  );
  const commit: Commit = {
    message,
    body: { bodyId: message.bodyId, container: sealed.container, sha256: sealed.sha256, keys: sealed.keys },
    deliveries: newDeliveries(known, message, world),
    leaves: [leaf],
    persons: index.rows,
    judgedUnder: message.config,
  };
  return {
    kind: 'accepted',
    version: known.version,
    operation: known.operation,
    message,
    attachmentBytes: known.attachments.reduce((sum, a) => sum + a.content.length, 0),
    ...(known.purposes && { purposes: known.purposes }),
    commit,
    answer: await answer(known, world),
  };
}

/** Each rewriting of an attachment: its index, both versions, SHA-256. The attachment itself stays as it was sent. */
function upgradedInWords({ documents }: Checked): { readonly upgraded?: readonly string[] } {
  const upgraded = documents.flatMap(({ attachment, rewriting, entry }) => {
    if (rewriting === undefined) return [];
    const { format } = rewriting.of.entry;
    return [
      `${attachment} ${formatName(format)} → ${entry.format.version} ${hash('sha256', rewriting.octets, 'base64')}`,
    ];
  });
  return upgraded.length === 0 ? {} : { upgraded };
}

/** When the first answer is due, where the route of a recipient says how long it may take. */
function answerDue({ entry, recipients, at }: Checked, { directory, offset }: World): number | undefined {
  if (entry === undefined) return undefined;
  const format = nameOf(entry.root);
  const due = recipients.flatMap(({ mnemonic }) => {
    const term = directory.answerTerm(format, mnemonic, at);
    return term === undefined ? [] : [deadlineOf(at, term, offset)];
  });
  return due.length === 0 ? undefined : Math.min(...due);
}

/** Files in the store by uuid and the hash its sender signed; what was found there is in the record of the late check. */
function announcedFiles({ data }: Checked): { readonly files?: readonly string[] } {
  const headers = fileHeaders(data);
  return headers.length === 0 ? {} : { files: headers.map(({ uuid, hash: signed }) => `${uuid} ${signed.trim()}`) };
}

function newMessage(known: Checked, octets: Uint8Array, world: World): NewMessage {
  const { data, at, request } = known;
  const destination = destinationOf(known);
  const meta: Record<string, string> = { ...destination.meta };
  if (data.kind === 'request') {
    if (data.nodeId !== undefined) meta.nodeId = data.nodeId;
    if (data.transactionCode !== undefined) meta.transactionCode = data.transactionCode;
    if (data.referenceMessageId !== undefined) meta.referenceMessageId = data.referenceMessageId;
    const answerBy = answerDue(known, world);
    if (answerBy !== undefined) meta.answerBy = recordTime(answerBy);
  }
  const purpose = purposeText(known.purposes ?? []);
  if (purpose !== '') meta.purpose = purpose;
  const files = referencesText(fileHeaders(data), known.entry);
  if (files !== undefined) meta.files = files;
  const isFinal = data.kind === 'response' || data.kind === 'rejection';
  return {
    messageId: data.messageId,
    exchange: known.exchange,
    kind: data.kind,
    version: known.version,
    sender: known.caller.participant.mnemonic,
    ...(destination.recipient === undefined ? {} : { recipient: destination.recipient }),
    ...(known.entry === undefined ? {} : { format: nameOf(known.entry.root) }),
    acceptedAt: at,
    ...(data.kind === 'request' && data.eol !== undefined ? { eol: data.eol } : {}),
    test: known.test,
    bodyId: data.messageId,
    config: world.directory.hash,
    road: known.road,
    closes: isFinal && (request !== undefined && isForSeveral(request) ? 'part' : true),
    digest: hash('sha256', octets, 'buffer'),
    meta,
    receiptToken: randomBytes(18).toString('base64url'),
  };
}

/** One a recipient; with rout:Routing one more, to the gateway itself, which has to tell the sender what came of it. */
function newDeliveries(known: Checked, message: NewMessage, world: World): NewDelivery[] {
  const deliveries = known.recipients.map((recipient) => newDelivery(known, recipient, message, world));
  return known.routing === undefined ? deliveries : [...deliveries, deliveryToGateway(message)];
}

function newDelivery(
  { request, late }: Checked,
  recipient: Participant,
  message: NewMessage,
  { catalogue }: World,
): NewDelivery {
  const format = message.format ?? responseFormatOf(request?.format, catalogue);
  const nodeId = request?.meta.nodeId;
  return {
    messageId: message.messageId,
    recipient: recipient.mnemonic,
    mailbox: message.kind === 'request' ? 'requests' : 'responses',
    road: message.kind === 'request' ? recipient.mode : 'pull',
    state: late ? 'checking' : 'queued',
    ...(format === undefined ? {} : { format }),
    ...(nodeId === undefined ? {} : { nodeId }),
    queuedAt: message.acceptedAt,
    ...(recipient.mode === 'push' ? { dueAt: message.acceptedAt } : {}),
    ...(message.eol === undefined ? {} : { expiresAt: message.eol }),
    capacity: recipient.capacity,
  };
}

/** MessageMetadata with SMEVSignature; the Status of a send answer is always requestIsQueued. */
async function answer(known: Checked, world: World) {
  const { version, operation, data, caller, at } = known;
  const id = 'SIGNED_BY_SMEV';
  const recipient = onlyOne(known.recipients, known.broadcast);
  const metadata = messageMetadata(
    version,
    {
      id,
      messageId: data.messageId,
      type: known.broadcast === true ? 'BROADCAST' : data.kind === 'request' ? 'REQUEST' : 'RESPONSE',
      sender: { mnemonic: caller.participant.mnemonic, name: caller.participant.name.ru },
      sendingTimestamp: at,
      recipient: recipient && { mnemonic: recipient.mnemonic, name: recipient.name.ru },
      status: 'requestIsQueued',
    },
    world.offset,
  );
  const signature = await signElement(metadata, id, answerSigner(world, caller.participant.mnemonic, known.gost));
  return soapAnswer(sendAnswer(version, operation as 'SendRequest' | 'SendResponse', metadata, signature));
}
