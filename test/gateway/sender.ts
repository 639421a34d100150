/** A participant in tests, one level below the client library: every byte of what it sends can be changed first. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v1 as uuidv1 } from 'uuid';
import { createCryptoProvider } from '../../src/drivers/crypto-openssl/index.js';
import {
  ackTarget,
  messageTypeSelector,
  operation,
  type RefAttachmentHeader,
  type ResponseText,
  requestData,
  responseData,
  timestamp,
  type WireBody,
} from '../../src/envelope/index.js';
import type { Attachment, AttachmentRoad, Operation, QualifiedName, Version } from '../../src/message/index.js';
import { type Signer, signElement, signerFromPem } from '../../src/signature/index.js';
import { Answer } from './answer.js';

export interface SendOptions {
  readonly version?: Version;
  readonly messageId?: string;
  readonly attachments?: readonly Attachment[];
  readonly road?: AttachmentRoad;
  readonly nodeId?: string;
  readonly eol?: number;
  readonly test?: boolean;
  readonly transactionCode?: string;
  readonly refAttachmentHeaders?: readonly RefAttachmentHeader[];
}

export interface PollOptions {
  readonly version?: Version;
  readonly type?: QualifiedName;
  readonly nodeId?: string;
  readonly at?: number;
}

export interface Sender {
  readonly signer: Signer;
  buildRequest(content: string, options?: SendOptions): Promise<WireBody & { messageId: string }>;
  buildResponse(
    to: string,
    body: Omit<ResponseText, 'messageId' | 'to'>,
    options?: SendOptions,
  ): Promise<WireBody & { messageId: string }>;
  buildPoll(operation: 'GetRequest' | 'GetResponse' | 'GetStatus', options?: PollOptions): Promise<WireBody>;
  /** Any element under any Id, signed and wrapped as the operation has it. */
  sign(operationName: Operation, signed: string, id: string, version?: Version): Promise<WireBody>;
  post(wire: { contentType: string; body: Uint8Array | string }, version?: Version): Promise<Answer>;
  sendRequest(content: string, options?: SendOptions): Promise<Answer & { sentId: string }>;
  poll(operation: 'GetRequest' | 'GetResponse' | 'GetStatus', options?: PollOptions): Promise<Answer>;
  ack(messageId: string, accepted?: boolean, version?: Version): Promise<Answer>;
  /** Polls responses until one comes; for answers an adapter brings. */
  waitForResponse(options?: PollOptions): Promise<Answer>;
}

const ID = 'SIGNED_BY_CONSUMER';

export function participant(url: string, certificates: string, mnemonic: string): Sender {
  const read = (file: string) => readFileSync(join(certificates, mnemonic, file), 'utf8');
  return sender(
    url,
    signerFromPem({
      certificatePem: read('rsa.cert.pem'),
      privateKeyPem: read('rsa.key.pem'),
      provider: createCryptoProvider(),
    }),
  );
}

export function sender(url: string, signer: Signer): Sender {
  const sign: Sender['sign'] = async (name, signed, id, version = '1.2') =>
    operation(version, name, { signed, signature: await signElement(signed, id, signer) });
  const post: Sender['post'] = async (wire, version = '1.2') => {
    const response = await fetch(`${url}/smev/v${version}/ws`, {
      method: 'POST',
      headers: { 'Content-Type': wire.contentType },
      body: wire.body,
    });
    return new Answer(response.status, response.headers, Buffer.from(await response.arrayBuffer()));
  };
  const headersOf = (attachments: readonly Attachment[] = []) =>
    attachments.map(({ content: _content, pkcs7, ...h }) => ({
      ...h,
      ...(pkcs7 === undefined ? {} : { pkcs7: Buffer.from(pkcs7) }),
    }));
  const buildRequest: Sender['buildRequest'] = async (content, options = {}) => {
    const { version = '1.2', messageId = uuidv1(), attachments = [], road = 'mtom', ...rest } = options;
    const signed = requestData(version, { messageId, content, attachmentHeaders: headersOf(attachments), ...rest }, ID);
    const signature = await signElement(signed, ID, signer);
    return { ...operation(version, 'SendRequest', { signed, signature, attachments, road }), messageId };
  };
  const buildResponse: Sender['buildResponse'] = async (to, body, options = {}) => {
    const { version = '1.2', messageId = uuidv1(), attachments = [], road = 'mtom', refAttachmentHeaders } = options;
    const text = {
      messageId,
      to,
      ...body,
      ...(attachments.length > 0 ? { attachmentHeaders: headersOf(attachments) } : {}),
      ...(refAttachmentHeaders === undefined ? {} : { refAttachmentHeaders }),
    } as ResponseText;
    const signed = responseData(version, text, ID);
    const signature = await signElement(signed, ID, signer);
    return { ...operation(version, 'SendResponse', { signed, signature, attachments, road }), messageId };
  };
  const buildPoll: Sender['buildPoll'] = (name, { version = '1.2', type, nodeId, at = Date.now() } = {}) => {
    const signed =
      name === 'GetStatus'
        ? timestamp(version, at, ID)
        : messageTypeSelector(
            version,
            { timestamp: at, ...(type === undefined ? {} : { type }), ...(nodeId === undefined ? {} : { nodeId }) },
            ID,
          );
    return sign(name, signed, ID, version);
  };
  const poll: Sender['poll'] = async (name, options = {}) => post(await buildPoll(name, options), options.version);
  return {
    signer,
    buildRequest,
    buildResponse,
    buildPoll,
    sign,
    post,
    poll,
    sendRequest: async (content, options = {}) => {
      const wire = await buildRequest(content, options);
      return Object.assign(await post(wire, options.version), { sentId: wire.messageId });
    },
    ack: async (messageId, accepted = true, version = '1.2') =>
      post(await sign('Ack', ackTarget(version, messageId, accepted, ID), ID, version), version),
    waitForResponse: async (options = {}) => {
      const until = Date.now() + 15_000;
      for (;;) {
        // The same millisecond signs to the same poll, which never gets a second answer.
        const answer = await poll('GetResponse', { ...options, at: Date.now() });
        if (answer.fault !== undefined || answer.messageId !== undefined) return answer;
        if (Date.now() > until) throw new Error('no response came in 15 s');
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
  };
}
