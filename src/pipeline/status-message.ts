import { hash, randomBytes } from 'node:crypto';
import { v1 as uuidv1 } from 'uuid';
import { asyncStatus, responseData } from '../envelope/index.js';
import type { Fault } from '../faults/index.js';
import { sealBody, sealLeaf } from '../journal/index.js';
import type { Commit, NewMessage, StoredDelivery, StoredMessage } from '../ports/index.js';
import { signElement } from '../signature/index.js';
import { isXmlProblem, parseXml } from '../xml/index.js';
import { ASYNC_CODE } from './answers.js';
import { arrow } from './arrow.js';
import { Defect } from './defect.js';
import { recordTime } from './records.js';
import { sealReplyTo } from './reply-token.js';
import { responseFormatOf } from './response-format.js';
import { answerSigner, type World } from './world.js';

/** Mnemonic of the gateway as a sender, the real system's own. */
export const SMEV = 'SMEV';

interface Refused {
  readonly message: StoredMessage;
  readonly delivery: StoredDelivery;
  readonly fault: Fault;
  readonly to: 'refused' | 'failed';
  readonly at: number;
}

/**
 * One commit that ends a delivery and tells its sender why: AsyncProcessingStatus through GetResponse for requests,
 * through GetStatus for responses. Such messages are exempt from capacity.
 */
export async function refuseDelivery(refused: Refused, world: World): Promise<Commit> {
  const { message, fault, at } = refused;
  const status = await statusOf(message, fault, world);
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
    meta: { about: message.messageId },
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
      hidden: { about: message.messageId },
    },
    world.vault,
  );
  const end = ended(refused, world);
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
    moves: end.moves,
    // The exchange waits for an answer again: the sender corrects the one refused.
    ...(message.closes === true ? { reopens: { exchange: message.exchange, closedBy: message.messageId } } : {}),
    leaves: [...end.leaves, leaf],
  };
}

/** A lease that ran out ends first: nothing held by its reader is taken away. */
function ended(
  { message, delivery, fault, to, at }: Refused,
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

async function statusOf(message: StoredMessage, fault: Fault, world: World) {
  const messageId = uuidv1();
  const id = 'SIGNED_ASYNC_BY_SMEV';
  const status = asyncStatus(message.version, {
    originalMessageId: message.messageId,
    category: message.kind === 'request' ? 'requestIsRejectedBySmev' : 'responseIsRejectedBySmev',
    details: fault.description,
    fault,
    code: ASYNC_CODE,
  });
  const to = sealReplyTo({ mid: message.exchange, mnm: message.sender }, world.vault);
  const text = responseData(message.version, { messageId, to, asyncStatus: status }, id);
  const signature = await signElement(text, id, answerSigner(world, message.sender));
  const tree = parseXml(Buffer.from(text));
  if (isXmlProblem(tree)) throw new Defect(`our own status is not well-formed: ${tree.textEn}`);
  // Kept as written, not in canonical form: that would lose the prefix in SmevFault's xsi:type.
  return { messageId, octets: Buffer.from(text), signature: Buffer.from(signature) };
}
