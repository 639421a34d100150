import { X509Certificate } from 'node:crypto';
import * as envelope from '../../src/envelope/index.js';
import { type Fault, fault, isFault } from '../../src/faults/index.js';
import type { Version } from '../../src/message/index.js';
import type { CryptoProvider } from '../../src/ports/index.js';
import { readSignature, type Signer, signElement, verifySignature } from '../../src/signature/index.js';
import { canonicalize, isXmlProblem, parseXml, type XmlTree } from '../../src/xml/index.js';
import { AT } from '../envelope/samples.js';

/** What a gateway must do for a client, in memory: one mailbox each way, everything verified and signed. */
export class FakeGateway {
  readonly requests: Message[] = [];
  readonly responses: Message[] = [];
  readonly statuses: envelope.StatusText[] = [];
  readonly acknowledged: string[] = [];
  /** Put in place of the next answer. */
  next: (() => Response | Promise<Response>) | undefined;
  /** Changes an answer before it leaves. */
  tamper: (body: Buffer) => Buffer = (body) => body;
  readonly #signer: Signer;
  readonly #caller: X509Certificate;
  readonly #provider: CryptoProvider;

  constructor(signer: Signer, callerPem: string, provider: CryptoProvider) {
    this.#signer = signer;
    this.#caller = new X509Certificate(callerPem);
    this.#provider = provider;
  }

  /** Stands for fetch. */
  readonly fetch: typeof fetch = async (input, init) => {
    if (this.next !== undefined) {
      const answer = this.next;
      this.next = undefined;
      return answer();
    }
    const version = /v(1\.\d)\/ws$/.exec(String(input))![1] as Version;
    const type = new Headers(init?.headers).get('content-type') ?? '';
    const answer = await this.#answer(version, type, Buffer.from(init?.body as Uint8Array));
    const isRefused = isFault(answer);
    const { contentType, body } = isRefused ? envelope.faultAnswer(answer, version, 'fake') : answer;
    return new Response(new Uint8Array(this.tamper(body)), {
      status: isRefused ? 500 : 200,
      headers: { 'content-type': contentType, 'SMEV-Journal-Receipt': 'http://gateway/receipt/1' },
    });
  };

  async #answer(version: Version, type: string, body: Buffer): Promise<envelope.WireBody | Fault> {
    const message = envelope.readMessage(type, body);
    if (isFault(message)) return message;
    const tree = parseXml(message.root);
    if (isXmlProblem(tree)) return fault('InvalidContent', tree.text);
    const read = envelope.readEnvelope(tree, version);
    if (isFault(read)) return read;
    const signature = readSignature(tree, read.signatureBlock, read.signed);
    if (isFault(signature)) return signature;
    const verified = verifySignature(tree, read.signed, signature, this.#caller.publicKey, this.#provider);
    if (isFault(verified)) return verified;
    const data = envelope.readSigned(tree, read.signed, version, read.operation);
    if (isFault(data)) return data;
    switch (data.kind) {
      case 'selector':
        return read.operation === 'GetRequest'
          ? this.#handOut(version, 'GetRequest', this.requests.shift())
          : this.#handOut(version, 'GetResponse', this.responses.shift());
      case 'ack':
        this.acknowledged.push(`${data.messageId} ${data.accepted}`);
        return envelope.ackAnswer(version);
      case 'timestamp':
        return read.operation === 'GetStatus'
          ? this.#status(version)
          : envelope.queueStatistics(version, [{ queueName: 'q', pending: this.requests.length }]);
      default:
        return this.#take(tree, read, message.parts, data, verified);
    }
  }

  async #take(
    tree: XmlTree,
    read: envelope.Envelope,
    parts: ReadonlyMap<string, Buffer>,
    data: envelope.RequestData | envelope.ResponseData,
    verified: { signature: Buffer },
  ): Promise<envelope.WireBody | Fault> {
    const { version, attachmentContentList } = read;
    const contents =
      attachmentContentList === undefined
        ? []
        : envelope.readAttachmentContents(tree, attachmentContentList, version, parts);
    if (isFault(contents)) return contents;
    const attachments = envelope.pairAttachments('attachmentHeaders' in data ? data.attachmentHeaders : [], contents);
    if (isFault(attachments)) return attachments;
    const box = data.kind === 'request' ? this.requests : this.responses;
    const stored = {
      data,
      octets: canonicalize(tree, read.signed).toString(),
      signature: verified.signature.toString(),
      attachments,
    };
    box.push({ ...stored, road: contents[0]?.road ?? 'mtom' });
    const metadata = this.#metadata(version, data, 'requestIsQueued', 'SIGNED_BY_SMEV');
    const operation = data.kind === 'request' ? 'SendRequest' : 'SendResponse';
    return envelope.sendAnswer(
      version,
      operation,
      metadata,
      await signElement(metadata, 'SIGNED_BY_SMEV', this.#signer),
    );
  }

  async #handOut(
    version: Version,
    operation: 'GetRequest' | 'GetResponse',
    message: Message | undefined,
  ): Promise<envelope.WireBody> {
    if (message === undefined) return envelope.emptyAnswer(version, operation);
    const { data, octets, signature, attachments, road } = message;
    const id = envelope.freeId(octets + signature);
    const metadata = this.#metadata(version, data, 'messageIsDelivered', `${id}_M`);
    const common = { id, data: octets, metadata, signature };
    const element =
      operation === 'GetRequest'
        ? envelope.requestElement(version, { ...common, replyTo: `reply to ${data.messageId}` })
        : envelope.responseElement(version, {
            ...common,
            originalMessageId: 'to' in data ? data.to.slice(-36) : undefined,
          });
    const build = operation === 'GetRequest' ? envelope.requestMessage : envelope.responseMessage;
    return build(version, { element, signature: await signElement(element, id, this.#signer), attachments, road });
  }

  async #status(version: Version): Promise<envelope.WireBody> {
    const status = this.statuses.shift();
    if (status === undefined) return envelope.emptyAnswer(version, 'GetStatus');
    const data = envelope.asyncStatusData(version, status, 'SIGNED_BY_SMEV');
    return envelope.statusMessage(version, data, await signElement(data, 'SIGNED_BY_SMEV', this.#signer));
  }

  #metadata(version: Version, { kind, messageId }: Message['data'], status: string, id: string): string {
    return envelope.messageMetadata(version, {
      id,
      messageId,
      type: kind === 'request' ? 'REQUEST' : 'RESPONSE',
      sender: { mnemonic: 'REG001', name: 'Региональная система' },
      sendingTimestamp: AT,
      recipient: { mnemonic: 'EGISSO' },
      status,
    });
  }
}

interface Message {
  readonly data: envelope.RequestData | envelope.ResponseData;
  readonly octets: string;
  readonly signature: string;
  readonly attachments: Parameters<typeof envelope.requestMessage>[1]['attachments'] & {};
  readonly road: 'mtom' | 'inline';
}

/** The octets of an element, for comparisons. */
export function canonicalOf(xml: string): string {
  const tree = parseXml(Buffer.from(xml));
  if (isXmlProblem(tree)) throw new Error(tree.textEn);
  return canonicalize(tree, tree.root).toString();
}
