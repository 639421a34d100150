import { v1 } from 'uuid';
import {
  type AttachmentHeader,
  ackTarget,
  endpointPath,
  messageTypeSelector,
  NAMESPACES,
  operation,
  optional,
  type RoutingToSend,
  readAsyncProcessingStatus,
  requestData,
  responseData,
  routingElement,
  routingInformation,
  timestamp,
} from '../envelope/index.js';
import { type Fault, fault, isFault } from '../faults/index.js';
import type { Attachment, AttachmentRoad, Operation, QualifiedName, Version } from '../message/index.js';
import type { Clock, CryptoProvider } from '../ports/index.js';
import { type Signer, signElement, signerFromPem } from '../signature/index.js';
import type { XmlElement } from '../xml/index.js';
import {
  type Failure,
  isFailure,
  type QueueRow,
  type ReceivedRequest,
  type ReceivedResponse,
  type ReceivedStatus,
  type Sent,
} from './answers.js';
import { GatewaySignature } from './gateway-signature.js';
import { canonicalContent, type RequestToSend, type ResponseToSend } from './messages.js';
import { type Answer, post, type Road } from './post.js';
import { readMetadata, readQueueRows, readRequest, readResponse } from './read-answer.js';
import { refusedHere } from './refused-here.js';

export interface ClientOptions {
  /** Base address, e.g. `http://127.0.0.1:8080`; the version's path is added. */
  readonly url: string;
  readonly version: Version;
  readonly certificatePem: string;
  /** PKCS#8. */
  readonly privateKeyPem: string;
  readonly provider: CryptoProvider;
  /** URI; by the key's type when absent. */
  readonly signatureMethod?: string;
  readonly digestMethod?: string;
  /** Current and next certificates of the gateway: SMEVSignature is checked when given. */
  readonly gatewayCertificatesPem?: readonly string[];
  readonly clock?: Clock;
  readonly fetch?: typeof fetch;
  /** ms; 60,000 by default. */
  readonly timeout?: number;
}

/** What a poll asks for; without type, whatever is oldest. */
export interface Poll {
  readonly type?: QualifiedName;
  readonly nodeId?: string;
}

/** Id of the element the caller signs, as the operator's own clients write it. */
const SIGNED_ID = 'SIGNED_BY_CALLER';
const ROUTING_ID = 'ROUTING_INFORMATION';

/**
 * One participant at one gateway in one version. Every method answers with a value: what was asked for, or a Failure;
 * a poll of an empty mailbox with undefined. Nothing is retried: the caller knows what a retry means.
 */
export class SmevClient {
  readonly #version: Version;
  readonly #road: Road;
  readonly #clock: Clock;
  readonly #signer: Signer;
  readonly #gateway: GatewaySignature;

  constructor(options: ClientOptions) {
    this.#version = options.version;
    this.#clock = options.clock ?? { now: Date.now };
    this.#signer = signerFromPem(options);
    this.#gateway = new GatewaySignature(options.gatewayCertificatesPem ?? [], options.provider);
    this.#road = {
      url: options.url.replace(/\/+$/, '') + endpointPath(options.version),
      fetch: options.fetch ?? fetch,
      timeout: options.timeout ?? 60_000,
    };
  }

  /** A MessageID of now (RFC 4122 version 1); a message sent again keeps its own. */
  newMessageId(): string {
    return v1({ msecs: this.#clock.now() });
  }

  async sendRequest(request: RequestToSend): Promise<Sent | Failure> {
    const content = canonicalContent(request.content);
    if (isFailure(content)) return content;
    const messageId = request.messageId ?? this.newMessageId();
    const { attachments = [], road, content: _, routing: to, ...rest } = request;
    if (to !== undefined && this.#version !== '1.3') return refusedHere('Routing есть только в версии 1.3');
    const data = {
      referenceMessageId: messageId,
      ...rest,
      messageId,
      content,
      attachmentHeaders: attachments.map(header),
    };
    const signed = requestData(this.#version, data, SIGNED_ID);
    const routing = to === undefined ? undefined : await this.#routing(messageId, to);
    return this.#send('SendRequest', messageId, signed, { attachments, ...optional('road', road), routing });
  }

  async sendResponse(response: ResponseToSend): Promise<Sent | Failure> {
    const messageId = response.messageId ?? this.newMessageId();
    const { to } = response;
    if (!('content' in response)) {
      return this.#send('SendResponse', messageId, responseData(this.#version, { ...response, messageId }, SIGNED_ID));
    }
    const content = canonicalContent(response.content);
    if (isFailure(content)) return content;
    const { attachments = [], road, personalSignature, refAttachmentHeaders } = response;
    const data = {
      messageId,
      to,
      content,
      attachmentHeaders: attachments.map(header),
      ...optional('personalSignature', personalSignature),
      ...optional('refAttachmentHeaders', refAttachmentHeaders),
    };
    const signed = responseData(this.#version, data, SIGNED_ID);
    return this.#send('SendResponse', messageId, signed, { attachments, ...optional('road', road) });
  }

  async getRequest(poll: Poll = {}): Promise<ReceivedRequest | Failure | undefined> {
    const answer = await this.#poll('GetRequest', poll);
    return this.#received(answer, 'RequestMessage', 'Request', readRequest);
  }

  async getResponse(poll: Poll = {}): Promise<ReceivedResponse | Failure | undefined> {
    const answer = await this.#poll('GetResponse', poll);
    return this.#received(answer, 'ResponseMessage', 'Response', readResponse);
  }

  async getStatus(): Promise<ReceivedStatus | Failure | undefined> {
    const answer = await this.#signed('GetStatus', timestamp(this.#version, this.#clock.now(), SIGNED_ID));
    return this.#received(
      answer,
      'SmevAsyncProcessingMessage',
      'AsyncProcessingStatusData',
      ({ tree, raw }, message) => {
        const { types } = NAMESPACES[this.#version];
        const data = tree.child(message, types, 'AsyncProcessingStatusData')!;
        const status = tree.child(data, types, 'AsyncProcessingStatus');
        if (status === undefined) return fault('InvalidContent', 'AsyncProcessingStatusData пуст');
        const read = readAsyncProcessingStatus(tree, status, this.#version);
        return isFault(read) ? read : { ...read, raw };
      },
    );
  }

  /** `accepted` false: the message was refused, e.g. for its signature. Undefined when the gateway took it. */
  async ack(messageId: string, accepted = true): Promise<Failure | undefined> {
    const answer = await this.#signed('Ack', ackTarget(this.#version, messageId, accepted, SIGNED_ID));
    return isFailure(answer) ? answer : undefined;
  }

  /** GetIncomingQueueStatistics: 1.1 only, a Fault in other versions. */
  async queueStatistics(nodeId?: string): Promise<readonly QueueRow[] | Failure> {
    if (this.#version !== '1.1') return refusedHere('GetIncomingQueueStatistics есть только в версии 1.1');
    const signed = timestamp(this.#version, this.#clock.now(), SIGNED_ID);
    const answer = await this.#signed('GetIncomingQueueStatistics', signed, { nodeId });
    return isFailure(answer) ? answer : readQueueRows(answer);
  }

  async #poll(name: 'GetRequest' | 'GetResponse', poll: Poll): Promise<Answer | Failure> {
    const selector = { ...poll, timestamp: this.#clock.now() };
    return this.#signed(name, messageTypeSelector(this.#version, selector, SIGNED_ID));
  }

  async #send(name: Operation, messageId: string, signed: string, more: Beside = {}): Promise<Sent | Failure> {
    const answer = await this.#signed(name, signed, more);
    if (isFailure(answer)) return answer;
    const { tree, wrapper, headers, raw } = answer;
    const metadata = tree.child(wrapper, NAMESPACES[this.#version].types, 'MessageMetadata');
    if (metadata === undefined) return { transport: 'broken', cause: 'в ответе нет MessageMetadata', status: 200 };
    const untrusted = this.#gateway.problem(tree, wrapper, metadata, this.#version);
    if (untrusted !== undefined) return { untrusted, messageId, raw };
    const receiptUrl = headers.get('smev-journal-receipt') ?? undefined;
    return {
      messageId,
      metadata: readMetadata(tree, metadata, this.#version),
      ...optional('receiptUrl', receiptUrl),
      raw,
    };
  }

  /** Signed apart from the message: the caller's signature does not cover it. */
  async #routing(messageId: string, to: RoutingToSend): Promise<string> {
    const information = routingInformation(messageId, to, ROUTING_ID);
    return routingElement(information, await signElement(information, ROUTING_ID, this.#signer));
  }

  async #signed(name: Operation, signed: string, more: Beside = {}): Promise<Answer | Failure> {
    const signature = await signElement(signed, SIGNED_ID, this.#signer);
    return post(this.#road, operation(this.#version, name, { signed, signature, ...more }), this.#version);
  }

  /** The message inside a poll's answer, once the gateway's signature over `local` is found good. */
  #received<T>(
    answer: Answer | Failure,
    messageName: string,
    local: string,
    read: (answer: Answer, message: XmlElement, version: Version) => T | Fault,
  ): T | Failure | undefined {
    if (isFailure(answer)) return answer;
    const { tree, wrapper, raw } = answer;
    const { types } = NAMESPACES[this.#version];
    const message = tree.child(wrapper, types, messageName);
    if (message === undefined) return undefined;
    const target = tree.child(message, types, local);
    if (target === undefined) return { transport: 'broken', cause: `в ответе нет ${local}`, status: 200 };
    const untrusted = this.#gateway.problem(tree, message, target, this.#version);
    const metadata = tree.child(target, types, 'MessageMetadata');
    if (untrusted !== undefined) {
      const messageId = metadata === undefined ? undefined : readMetadata(tree, metadata, this.#version).messageId;
      return { untrusted, ...optional('messageId', messageId), raw };
    }
    const found = read(answer, message, this.#version);
    return isFault(found) ? refusedHere(found, raw) : found;
  }
}

/** A client of one participant; see SmevClient. */
export function createClient(options: ClientOptions): SmevClient {
  return new SmevClient(options);
}

/** What stands beside the signed element. */
interface Beside {
  readonly attachments?: readonly Attachment[];
  readonly road?: AttachmentRoad;
  readonly nodeId?: string | undefined;
  readonly routing?: string | undefined;
}

function header({ content: _, ...rest }: Attachment): AttachmentHeader {
  return rest;
}
