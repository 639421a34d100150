import { hash, randomBytes } from 'node:crypto';
import { v1 as uuidv1 } from 'uuid';
import { asyncStatus, type RoutingStatus, responseData, type StatusText } from '../envelope/index.js';
import { type Fault, fault } from '../faults/index.js';
import { sealBody, sealLeaf } from '../journal/index.js';
import type { Commit, NewDelivery, NewMessage, StoredDelivery, StoredMessage } from '../ports/index.js';
import { signElement } from '../signature/index.js';
import { isXmlProblem, parseXml } from '../xml/index.js';
import { ASYNC_CODE } from './answers.js';
import { arrow } from './arrow.js';
import { Defect } from './defect.js';
import { answerers, isBroadcast, isForSeveral } from './destinations.js';
import { deliveryLeaf, recordTime } from './records.js';
import { sealReplyTo } from './reply-token.js';
import { responseFormatOf } from './response-format.js';
import { routingInWords } from './routing/find-recipients.js';
import { answerSigner, type World } from './world.js';

/** Mnemonic of the gateway as a sender, the real system's own. */
export const SMEV = 'SMEV';

interface Refused {
  readonly message: StoredMessage;
  readonly deliveries: readonly StoredDelivery[];
  readonly fault: Fault;
  readonly to: 'refused' | 'failed';
  readonly at: number;
}

/**
 * One commit that ends deliveries and tells their sender why: AsyncProcessingStatus through GetResponse for requests,
 * through GetStatus for responses. Such messages are exempt from capacity.
 */
export async function refuseDelivery(refused: Refused, world: World): Promise<Commit> {
  const { message, deliveries, at } = refused;
  const told = await tellSender(message, rejection(refused), at, world);
  const ends = deliveries.map((delivery) => ended(refused, delivery, world));
  return {
    ...told,
    moves: ends.flatMap((e) => e.moves),
    // The exchange waits for an answer again: the sender corrects the one refused.
    ...(message.closes ? { reopens: { exchange: message.exchange, closedBy: message.messageId } } : {}),
    leaves: [...ends.flatMap((e) => e.leaves), ...told.leaves],
  };
}

/**
 * A delivery to the gateway itself: the word it owes the sender of a routed message, made by the late checks. It is never
 * handed out, because it is never queued for longer than a commit.
 */
export function deliveryToGateway({ messageId, acceptedAt }: NewMessage): NewDelivery {
  return {
    messageId,
    recipient: SMEV,
    mailbox: 'requests',
    road: 'pull',
    state: 'checking',
    queuedAt: acceptedAt,
  };
}

export function isToGateway({ recipient }: StoredDelivery): boolean {
  return recipient === SMEV;
}

/** The commit that tells the sender what came of its rout:Routing and so ends the delivery to the gateway. */
export async function tellRouting(
  message: StoredMessage,
  delivery: StoredDelivery,
  routing: RoutingStatus,
  at: number,
  world: World,
): Promise<Commit> {
  const recipients = answerers(message).length;
  const details = routingInWords(routing, recipients);
  const nobody = recipients === 0 ? { fault: fault('RecipientIsNotFound', details), code: ASYNC_CODE } : {};
  const category = recipients === 0 ? 'requestIsRejectedBySmev' : 'requestIsAcceptedBySmev';
  const told = await tellSender(message, { category, details, routing, ...nobody }, at, world);
  const { id, attempts } = delivery;
  return {
    ...told,
    moves: [
      { delivery: id, from: ['checking'], ifAttempts: attempts, to: 'queued' },
      { delivery: id, from: ['queued'], ifAttempts: attempts, to: 'delivered' },
    ],
    leaves: [
      deliveryLeaf('checked', message, delivery, at, world.vault),
      deliveryLeaf('answered', message, delivery, at, world.vault, { answer: told.message.messageId }),
      ...told.leaves,
    ],
  };
}

/** Of several recipients the one is named that the message does not reach. */
function rejection({ message, deliveries: [delivery], fault: why, to }: Refused): Word {
  const isForOneOf = to === 'failed' && delivery !== undefined && (isBroadcast(message) || isForSeveral(message));
  const fault = isForOneOf ? { ...why, description: `Получатель ${delivery.recipient}: ${why.description}` } : why;
  const category = message.kind === 'request' ? 'requestIsRejectedBySmev' : 'responseIsRejectedBySmev';
  return { category, details: fault.description, fault, code: ASYNC_CODE };
}

export type Word = Omit<StatusText, 'originalMessageId'>;

/** AsyncProcessingStatus about `message` as a message of its own, on its way to the one who sent it. */
export async function tellSender(
  message: StoredMessage,
  word: Word,
  at: number,
  world: World,
): Promise<Commit & { readonly message: NewMessage }> {
  const status = await statusOf(message, word, world);
  const isRequest = message.kind === 'request';
  const told: NewMessage = {
    messageId: status.messageId,
    exchange: message.exchange,
    kind: 'async-status',
    version: message.version,
    sender: SMEV,
    recipient: message.sender,
    acceptedAt: at,
    test: message.test,
    bodyId: status.messageId,
    config: world.directory.hash,
    road: 'inline',
    closes: false,
    digest: hash('sha256', status.octets, 'buffer'),
    meta: { about: message.messageId, category: word.category },
    receiptToken: randomBytes(18).toString('base64url'),
  };
  const sealed = sealBody(
    [
      { name: 'element', bytes: status.octets },
      { name: 'signature', bytes: status.signature },
    ],
    world.vault,
  );
  const { leaf } = sealLeaf(
    {
      kind: 'accepted',
      time: recordTime(at),
      messageId: told.messageId,
      exchange: told.exchange,
      sender: SMEV,
      recipient: message.sender,
      config: told.config,
      body: sealed.sha256.toString('base64'),
      hidden: { about: message.messageId, ...(told.test && { test: true }) },
    },
    world.vault,
  );
  const nodeId = message.meta.nodeId;
  const format = isRequest ? responseFormatOf(message.format, world.catalogue) : undefined;
  return {
    message: told,
    body: { bodyId: told.bodyId, container: sealed.container, sha256: sealed.sha256, keys: sealed.keys },
    deliveries: [
      {
        messageId: told.messageId,
        recipient: message.sender,
        mailbox: isRequest ? 'responses' : 'statuses',
        road: 'pull',
        state: 'queued',
        ...(format === undefined ? {} : { format }),
        ...(nodeId === undefined ? {} : { nodeId }),
        queuedAt: at,
      },
    ],
    leaves: [leaf],
  };
}

/** A lease that ran out ends first: nothing held by its reader is taken away. */
function ended(
  { message, fault, to, at }: Refused,
  delivery: StoredDelivery,
  { vault }: World,
): Required<Pick<Commit, 'moves' | 'leaves'>> {
  const parts = { now: at, vault };
  const cause = `${fault.fault}: ${fault.description}`.slice(0, 2_000);
  const event = { kind: to === 'refused' ? 'check-refused' : 'cannot-be-handed-out', cause } as const;
  const lapsed = delivery.state === 'leased' ? arrow({ kind: 'time-passed' }, message, delivery, parts) : undefined;
  const free: StoredDelivery = lapsed === undefined ? delivery : { ...delivery, state: lapsed.step.to };
  const end = arrow(event, message, free, parts, { fault: fault.fault });
  if (end === undefined) throw new Defect(`delivery ${delivery.id} is ${delivery.state}: it cannot be ${to}`);
  return { moves: [...(lapsed?.moves ?? []), ...end.moves], leaves: [...(lapsed?.leaves ?? []), ...end.leaves] };
}

async function statusOf(message: StoredMessage, word: Word, world: World) {
  const messageId = uuidv1();
  const id = 'SIGNED_ASYNC_BY_SMEV';
  const status = asyncStatus(message.version, { originalMessageId: message.messageId, ...word });
  const to = sealReplyTo({ mid: message.exchange, mnm: message.sender }, world.vault);
  const text = responseData(message.version, { messageId, to, asyncStatus: status }, id);
  const signature = await signElement(text, id, answerSigner(world, message.sender));
  const tree = parseXml(Buffer.from(text));
  if (isXmlProblem(tree)) throw new Defect(`our own status is not well-formed: ${tree.textEn}`);
  // Kept as written, not in canonical form: that would lose the prefix in SmevFault's xsi:type.
  return { messageId, octets: Buffer.from(text), signature: Buffer.from(signature) };
}
