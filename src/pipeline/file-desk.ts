import type { CryptoProvider, FileStore, PartnerFile, StoredFile, StoredMessage } from '../ports/index.js';
import { isFileRefused, releaseOctets } from '../ports/index.js';
import { DIGESTS } from '../signature/index.js';
import { type FileReference, fileReferences } from './file-references.js';

/** What the store says of a file a message announces. Plain data: it goes to a worker. */
export interface FileFacts {
  readonly uuid: string;
  /** absent: nothing is there · writing: an upload is under way · foreign: another participant's message has it · damaged: it cannot be read */
  readonly problem?: 'absent' | 'writing' | 'foreign' | 'damaged';
  readonly name: string;
  readonly size: number;
  /** By URI; those the gateway has a provider for. */
  readonly digests: Readonly<Record<string, Uint8Array>>;
  /** The octets of a document that is to be judged; absent where it is longer than a document may be. */
  readonly content?: Uint8Array;
}

export interface FileDeskParts {
  readonly files: FileStore;
  readonly provider: CryptoProvider;
  /** Greatest document, bytes: it is parsed and validated in memory. */
  readonly greatestDocument: number;
}

/** The main thread's dealings with files of messages: looked at in pieces, so that other work goes on between them. */
export class FileDesk {
  readonly #parts: FileDeskParts;

  constructor(parts: FileDeskParts) {
    this.#parts = parts;
  }

  /** Reads every file of a message once, one after another. */
  async look(message: StoredMessage): Promise<readonly FileFacts[]> {
    const facts: FileFacts[] = [];
    for (const reference of fileReferences(message)) facts.push(await this.#lookAt(reference, message.sender));
    return facts;
  }

  /** Only the documents in them: what the rules and the adapter's road need again. */
  async documents(message: StoredMessage): Promise<readonly FileFacts[]> {
    const facts: FileFacts[] = [];
    for (const reference of fileReferences(message))
      if (reference.document) facts.push(await this.#lookAt({ ...reference, digests: [] }, message.sender));
    return facts;
  }

  async #lookAt(reference: FileReference, sender: string): Promise<FileFacts> {
    const { uuid } = reference;
    const found = await this.#parts.files.find(uuid);
    if (found === undefined) return { uuid, problem: 'absent', name: '', size: 0, digests: {} };
    const { name, size } = found;
    const known = { uuid, name, size, digests: {} };
    if (found.writing) return { ...known, problem: 'writing' };
    if (found.claim !== undefined && found.claim.owner !== sender) return { ...known, problem: 'foreign' };
    try {
      return await this.#read(reference, found);
    } catch {
      return { ...known, problem: 'damaged' };
    }
  }

  async #read({ uuid, digests, document }: FileReference, { name, size }: StoredFile): Promise<FileFacts> {
    const { files, provider, greatestDocument } = this.#parts;
    // The journal names every file by SHA-256, whatever its header does.
    const wanted = [...new Set([DIGESTS.sha256, ...digests])].filter((uri) => provider.supportsDigest(uri));
    const running = wanted.map((uri) => [uri, provider.startDigest(uri)] as const);
    const held: Uint8Array[] = [];
    for await (const piece of files.read(uuid, 0, size)) {
      for (const [, digest] of running) digest.update(piece);
      if (document && size <= greatestDocument) held.push(Uint8Array.from(piece));
      releaseOctets(piece);
    }
    const content = document && size <= greatestDocument ? { content: Buffer.concat(held) } : {};
    const done = Object.fromEntries(running.map(([uri, digest]) => [uri, digest.digest()]));
    return { uuid, name, size, digests: done, ...content };
  }

  /** Makes the files the message's own before it is passed on; false when one changed meanwhile: look again. */
  async claim(message: StoredMessage, facts: readonly FileFacts[], at: number): Promise<boolean> {
    for (const { uuid, size } of facts) {
      const { sender: owner, messageId } = message;
      if (isFileRefused(await this.#parts.files.claim(uuid, { owner, messageId, size, at }))) return false;
    }
    return true;
  }

  /** What a partner's adapter is given: a way to read each file; its claim cannot change any more. */
  open(headers: readonly Omit<PartnerFile, 'read'>[]): readonly PartnerFile[] {
    return headers.map((header) => ({
      ...header,
      read: (from, until) => this.#parts.files.read(header.uuid, from, until),
    }));
  }
}
