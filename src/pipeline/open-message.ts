import {
  type AttachmentHeader,
  type RequestData,
  type ResponseData,
  type RoutingStatus,
  readSigned,
} from '../envelope/index.js';
import { isFault } from '../faults/index.js';
import { openBody } from '../journal/index.js';
import type { Attachment } from '../message/index.js';
import type { StoredBody, StoredMessage } from '../ports/index.js';
import { isXmlProblem, parseXml, type XmlTree } from '../xml/index.js';
import { Defect } from './defect.js';
import type { World } from './world.js';

/** A stored message as it came: the signed element's octets, the signature's, the attachments, and what they say. */
export interface OpenedMessage {
  readonly tree: XmlTree;
  readonly data: RequestData | ResponseData;
  readonly octets: Buffer;
  readonly signature: Buffer;
  readonly attachments: readonly Attachment[];
  /** Rewritings of attachments of retired versions, by the index of the attachment. */
  readonly upgraded: ReadonlyMap<number, Buffer>;
  /** What came of the rout:Routing it came with. */
  readonly routing?: RoutingStatus;
}

/**
 * Unseals a body and reads it again. Throws when it is damaged or erased: what is stored was valid once, so anything
 * else is a defect for the operator, never a fault of the caller.
 */
export function openMessage(message: StoredMessage, body: StoredBody, { vault, offset }: World): OpenedMessage {
  const parts = openBody(body.container, body.keys, vault);
  if (parts === 'damaged') throw new Defect(`the body of ${message.messageId} is damaged`);
  const bytesOf = (name: string): Buffer => {
    const part = parts.find((p) => p.name === name);
    if (part === undefined) throw new Defect(`the body of ${message.messageId} has no part ${name}`);
    if (part.erased.length > 0) throw new Defect(`the body of ${message.messageId} is erased in part`);
    return part.bytes;
  };
  const octets = bytesOf('element');
  const tree = parseXml(octets);
  if (isXmlProblem(tree)) throw new Defect(`the element of ${message.messageId} cannot be parsed: ${tree.textEn}`);
  const operation = message.kind === 'request' ? 'SendRequest' : 'SendResponse';
  const data = readSigned(tree, tree.root, message.version, operation, offset);
  if (isFault(data)) throw new Defect(`the element of ${message.messageId} cannot be read: ${data.description}`);
  // Only body-parts.ts writes it.
  const routed = parts.some((p) => p.name === 'routing-status');
  const headers = 'attachmentHeaders' in data ? data.attachmentHeaders : [];
  return {
    tree,
    data,
    octets,
    signature: bytesOf('signature'),
    attachments: headers.map((h, i) => attachment(h, bytesOf(`attachment/${i}`))),
    upgraded: new Map(
      parts.flatMap(({ name }) => {
        const index = /^upgraded\/(\d+)$/.exec(name)?.[1];
        return index === undefined ? [] : [[Number(index), bytesOf(name)] as const];
      }),
    ),
    ...(routed ? { routing: JSON.parse(bytesOf('routing-status').toString()) as RoutingStatus } : {}),
  };
}

function attachment({ contentId, mimeType, namespaceUri, pkcs7 }: AttachmentHeader, content: Buffer): Attachment {
  return {
    contentId,
    mimeType,
    content,
    ...(namespaceUri === undefined ? {} : { namespaceUri }),
    ...(pkcs7 === undefined ? {} : { pkcs7 }),
  };
}
