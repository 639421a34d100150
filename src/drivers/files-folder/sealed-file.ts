import type { KeyObject } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { type KeyVault, releaseOctets } from '../../ports/index.js';
import {
  BLOCK,
  type FileHead,
  HEAD_SIZE,
  makeHead,
  OVERHEAD,
  openBlock,
  placeOf,
  plainSize,
  readHead,
  SEALED_BLOCK,
  sealBlock,
} from './sealed-blocks.js';

/** One sealed file, open. Not for two writers. */
export class SealedFile {
  readonly name: string;
  /** See FileHead. */
  readonly mark: string;
  readonly #handle: FileHandle;
  readonly #uuid: string;
  readonly #key: KeyObject;
  #size: number;
  /** Bytes after the last whole block, not on disk yet or to be written again: the first `#held` of them. */
  #tail: Buffer = Buffer.alloc(0);
  #held = 0;
  #sealed: Buffer | undefined;

  constructor(handle: FileHandle, uuid: string, head: FileHead, size: number) {
    this.#handle = handle;
    this.#uuid = uuid;
    this.#key = head.key;
    this.name = head.name;
    this.mark = head.mark;
    this.#size = size;
  }

  /** A new one at `path`, which must not exist; its head is durable when this resolves, its name not yet. */
  static async create(path: string, uuid: string, name: string, vault: KeyVault): Promise<SealedFile> {
    const made = makeHead(uuid, name, vault);
    const handle = await open(path, 'wx+', 0o600);
    await handle.write(made.head, 0, HEAD_SIZE, 0);
    await handle.datasync();
    return new SealedFile(handle, uuid, made, 0);
  }

  /**
   * Undefined where there is none, or none that can be opened. A crash may have torn the last block: bytes count up to the
   * last block that opens, the torn ones are written over.
   */
  static async open(path: string, uuid: string, vault: KeyVault, flags: 'r' | 'r+'): Promise<SealedFile | undefined> {
    const handle = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (handle === undefined) return undefined;
    try {
      const head = Buffer.alloc(HEAD_SIZE);
      const { bytesRead } = await handle.read(head, 0, HEAD_SIZE, 0);
      const known = bytesRead === HEAD_SIZE ? readHead(uuid, head, vault) : undefined;
      if (known !== undefined) {
        const file = new SealedFile(handle, uuid, known, plainSize((await handle.stat()).size));
        await file.#dropTorn();
        return file;
      }
    } catch (error) {
      await handle.close();
      throw error;
    }
    await handle.close();
    return undefined;
  }

  /** What is written, the tail included. */
  get size(): number {
    return this.#size;
  }

  async #dropTorn(): Promise<void> {
    while (this.#size > 0) {
      const last = Math.ceil(this.#size / BLOCK) - 1;
      if ((await this.#block(last)) !== undefined) return;
      this.#size = last * BLOCK;
    }
  }

  async #block(number: number): Promise<Buffer | undefined> {
    const length = Math.min(BLOCK, this.#size - number * BLOCK) + OVERHEAD;
    // Blocks of one open file are read one after another.
    this.#sealed ??= Buffer.allocUnsafeSlow(SEALED_BLOCK);
    const sealed = this.#sealed.subarray(0, length);
    const { bytesRead } = await this.#handle.read(sealed, 0, length, placeOf(number));
    return bytesRead === length ? openBlock(this.#key, this.#uuid, number, sealed) : undefined;
  }

  /** Before the first `append`: what is beyond the last whole block is read back, to be written again with what follows. */
  async goOn(): Promise<void> {
    this.#tail = Buffer.allocUnsafeSlow(BLOCK);
    this.#held = this.#size % BLOCK;
    if (this.#held > 0) (await this.#block(Math.floor(this.#size / BLOCK)))?.copy(this.#tail);
  }

  async append(octets: Uint8Array): Promise<void> {
    for (let at = 0; at < octets.length; ) {
      const taken = octets.subarray(at, at + BLOCK - this.#held);
      this.#tail.set(taken, this.#held);
      this.#held += taken.length;
      this.#size += taken.length;
      at += taken.length;
      if (this.#held === BLOCK) {
        await this.#writeTail();
        this.#held = 0;
      }
    }
  }

  /** Everything on disk and durable. A crash in here may tear the last block, see `open`. */
  async sync(): Promise<void> {
    if (this.#held > 0) await this.#writeTail();
    await this.#handle.truncate(placeOf(Math.floor(this.#size / BLOCK)) + (this.#held > 0 ? this.#held + OVERHEAD : 0));
    await this.#handle.sync();
  }

  async #writeTail(): Promise<void> {
    const number = Math.ceil(this.#size / BLOCK) - 1;
    const sealed = sealBlock(this.#key, this.#uuid, number, this.#tail.subarray(0, this.#held));
    await this.#handle.writev(sealed, placeOf(number));
    for (const part of sealed) releaseOctets(part);
  }

  async *read(from: number, until: number): AsyncGenerator<Uint8Array> {
    const end = Math.min(until, this.#size);
    for (let at = from; at < end; ) {
      const number = Math.floor(at / BLOCK);
      const block = await this.#block(number);
      if (block === undefined) throw new Error(`block ${number} of file ${this.#uuid} is damaged`);
      yield block.subarray(at - number * BLOCK, Math.min(BLOCK, end - number * BLOCK));
      at = (number + 1) * BLOCK;
    }
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}
