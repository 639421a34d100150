import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Clock,
  type FileClaim,
  type FilePlace,
  type FileRefused,
  type FileStore,
  type FileUpload,
  isFileRefused,
  type KeyVault,
  type StoredFile,
} from '../../ports/index.js';
import { nameProblem } from './file-name.js';
import { refusals } from './refusals.js';
import { SealedFile } from './sealed-file.js';

export interface FileFolderOptions {
  readonly folder: string;
  readonly vault: KeyVault;
  readonly clock: Clock;
  /** Greatest file, bytes; 1 GiB when absent. */
  readonly greatest?: number;
  /** Bytes of all files together; 64 GiB when absent. */
  readonly room?: number;
  /** Uploads at once; 64 when absent. Each holds one block. */
  readonly uploads?: number;
}

const GIB = 1024 ** 3;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SEALED = /^([0-9a-f-]{36})\.file$/;

interface Claimed extends FileClaim {
  /** Of the file that was claimed. */
  readonly mark: string;
  readonly settledAt?: number;
}

/**
 * The store on a folder: `<uuid>.file` sealed, `<uuid>.claim` once a message has it. Both appear whole, by rename after fsync; what a
 * crash leaves besides, `.new`, is removed here. Nothing of a name or of a path given from outside becomes a path.
 * One process writes to a folder at a time.
 */
export async function openFileFolder(options: FileFolderOptions): Promise<FileStore> {
  const { folder } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let used = 0;
  for (const entry of await readdir(folder)) {
    const path = join(folder, entry);
    if (entry.endsWith('.new')) await rm(path, { force: true });
    else if (SEALED.test(entry)) used += (await stat(path)).size;
  }
  return new FileFolder(options, used);
}

class FileFolder implements FileStore {
  readonly #folder: string;
  readonly #vault: KeyVault;
  readonly #clock: Clock;
  readonly #greatest: number;
  readonly #room: number;
  readonly #most: number;
  readonly #writing = new Map<string, SealedFile | undefined>();
  readonly #uploads = new Set<FileUpload>();
  #used: number;
  #closed = false;

  constructor(
    { folder, vault, clock, greatest = GIB, room = 64 * GIB, uploads = 64 }: FileFolderOptions,
    used: number,
  ) {
    this.#folder = folder;
    this.#vault = vault;
    this.#clock = clock;
    this.#greatest = greatest;
    this.#room = room;
    this.#most = uploads;
    this.#used = used;
  }

  async upload(place: FilePlace, from: number | 'end'): Promise<FileUpload | FileRefused> {
    const uuid = place.uuid.toLowerCase();
    const name = place.name.normalize('NFC');
    if (!UUID.test(uuid))
      return refusals.name({
        ru: 'Каталог файла называется UUID вложения',
        en: 'The folder of a file is the UUID of the attachment',
      });
    const wrong = nameProblem(name);
    if (wrong !== undefined) return refusals.name(wrong);
    if (this.#closed || this.#writing.has(uuid) || this.#writing.size >= this.#most) return refusals.busy();
    // Taken before anything is waited for: of two uploads that begin together the second is refused.
    this.#writing.set(uuid, undefined);
    try {
      const file = await this.#openToWrite({ uuid, name }, from);
      if (isFileRefused(file)) this.#writing.delete(uuid);
      else this.#writing.set(uuid, file);
      return isFileRefused(file) ? file : this.#uploadTo(uuid, file);
    } catch (error) {
      this.#writing.delete(uuid);
      return this.#diskFull(error);
    }
  }

  async #openToWrite({ uuid, name }: FilePlace, from: number | 'end'): Promise<SealedFile | FileRefused> {
    if ((await this.#claimOf(uuid)) !== undefined) return refusals.claimed();
    const held = await SealedFile.open(this.#path(uuid), uuid, this.#vault, 'r+');
    const size = held?.size ?? 0;
    if (held !== undefined && (from === 'end' || from === size) && size > 0) {
      if (held.name === name) {
        await held.goOn();
        return held;
      }
      await held.close();
      return refusals.name({
        ru: 'В этом каталоге уже лежит файл под другим именем',
        en: 'The folder holds a file of another name',
      });
    }
    await held?.close();
    if (from !== 'end' && from > 0) return refusals.gap(size);
    const fresh = `${this.#path(uuid)}.new`;
    await rm(fresh, { force: true });
    const file = await SealedFile.create(fresh, uuid, name, this.#vault);
    await rename(fresh, this.#path(uuid));
    await this.#syncFolder();
    this.#used -= size;
    await file.goOn();
    return file;
  }

  #uploadTo(uuid: string, file: SealedFile): FileUpload {
    let stopped: FileRefused | undefined;
    let ended: Promise<StoredFile | FileRefused> | undefined;
    let last: Promise<unknown> = Promise.resolve();
    const write = async (octets: Uint8Array): Promise<FileRefused | undefined> => {
      if (stopped !== undefined) return stopped;
      if (this.#closed || ended !== undefined) stopped = refusals.busy();
      else if (file.size + octets.length > this.#greatest) stopped = refusals.tooLarge(this.#greatest);
      else if (this.#used + octets.length > this.#room) stopped = refusals.full();
      else {
        this.#used += octets.length;
        await file.append(octets).catch((error) => {
          stopped = this.#diskFull(error);
        });
      }
      return stopped;
    };
    const end = async (): Promise<StoredFile | FileRefused> => {
      await last;
      try {
        await file.sync();
        return { uuid, name: file.name, size: file.size, writing: false, changedAt: this.#clock.now() };
      } catch (error) {
        return this.#diskFull(error);
      } finally {
        await file.close();
        this.#writing.delete(uuid);
        this.#uploads.delete(upload);
      }
    };
    const upload: FileUpload = {
      from: file.size,
      write: (octets) => {
        const done = write(octets);
        last = done;
        return done;
      },
      end: () => {
        ended ??= end();
        return ended;
      },
    };
    this.#uploads.add(upload);
    return upload;
  }

  async find(given: string): Promise<StoredFile | undefined> {
    const uuid = given.toLowerCase();
    if (!UUID.test(uuid)) return undefined;
    const writing = this.#writing.get(uuid);
    const now = this.#clock.now();
    if (writing !== undefined) return { uuid, name: writing.name, size: writing.size, writing: true, changedAt: now };
    const file = await SealedFile.open(this.#path(uuid), uuid, this.#vault, 'r');
    if (file === undefined) return undefined;
    const { name, mark } = file;
    await file.close();
    const claimed = await this.#claimOf(uuid);
    // Another process began the file anew while it was claimed: what lies there is nobody's.
    if (claimed !== undefined && (claimed.mark !== mark || file.size < claimed.size)) return undefined;
    const size = claimed?.size ?? file.size;
    const { mtimeMs } = await stat(this.#path(uuid)).catch(() => ({ mtimeMs: now }));
    const found = { uuid, name, size, writing: this.#writing.has(uuid), changedAt: Math.floor(mtimeMs) };
    if (claimed === undefined) return found;
    const { settledAt, mark: _mark, ...claim } = claimed;
    return { ...found, claim, ...(settledAt === undefined ? {} : { settledAt }) };
  }

  async *read(given: string, from = 0, until = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array> {
    const uuid = given.toLowerCase();
    const file = UUID.test(uuid) ? await SealedFile.open(this.#path(uuid), uuid, this.#vault, 'r') : undefined;
    if (file === undefined) throw new Error(`no file ${uuid}`);
    try {
      // Whatever another process appended after the claim is not the message's.
      const claimed = await this.#claimOf(uuid);
      if (claimed !== undefined && claimed.mark !== file.mark) throw new Error(`file ${uuid} is not the one claimed`);
      yield* file.read(from, Math.min(until, claimed?.size ?? until));
    } finally {
      await file.close();
    }
  }

  async claim(given: string, claim: FileClaim): Promise<FileRefused | undefined> {
    const uuid = given.toLowerCase();
    if (this.#writing.has(uuid)) return refusals.busy();
    this.#writing.set(uuid, undefined);
    try {
      const before = await this.#claimOf(uuid);
      if (before !== undefined && before.owner !== claim.owner) return refusals.foreign();
      const file = UUID.test(uuid) ? await SealedFile.open(this.#path(uuid), uuid, this.#vault, 'r') : undefined;
      if (file === undefined) return refusals.absent();
      await file.close();
      if (file.size !== claim.size) return refusals.changed();
      // A second message of the same owner: the file waits for the later one.
      await this.#writeClaim(uuid, { ...claim, mark: file.mark });
      return undefined;
    } finally {
      this.#writing.delete(uuid);
    }
  }

  async settle(uuid: string, at: number): Promise<void> {
    const claimed = await this.#claimOf(uuid);
    if (claimed !== undefined && claimed.settledAt === undefined)
      await this.#writeClaim(uuid, { ...claimed, settledAt: at });
  }

  async *list(): AsyncGenerator<StoredFile> {
    for (const entry of await readdir(this.#folder)) {
      const uuid = SEALED.exec(entry)?.[1];
      const found = uuid === undefined ? undefined : await this.find(uuid);
      if (found !== undefined) yield found;
    }
  }

  async remove(given: string): Promise<void> {
    const uuid = given.toLowerCase();
    if (!UUID.test(uuid) || this.#writing.has(uuid)) return;
    const { size } = await stat(this.#path(uuid)).catch(() => ({ size: 0 }));
    // The file first: a claim without a file claims nothing.
    await rm(this.#path(uuid), { force: true });
    await rm(this.#claimPath(uuid), { force: true });
    await this.#syncFolder();
    this.#used = Math.max(0, this.#used - size);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#uploads].map((upload) => upload.end()));
  }

  #path(uuid: string): string {
    return join(this.#folder, `${uuid}.file`);
  }

  #claimPath(uuid: string): string {
    return join(this.#folder, `${uuid}.claim`);
  }

  async #claimOf(uuid: string): Promise<Claimed | undefined> {
    const text = await readFile(this.#claimPath(uuid), 'utf8').catch(() => undefined);
    // Written whole by #writeClaim alone.
    return text === undefined ? undefined : (JSON.parse(text) as Claimed);
  }

  async #writeClaim(uuid: string, claimed: Claimed): Promise<void> {
    const fresh = `${this.#claimPath(uuid)}.new`;
    const handle = await open(fresh, 'w', 0o600);
    await handle.writeFile(JSON.stringify(claimed));
    await handle.sync();
    await handle.close();
    await rename(fresh, this.#claimPath(uuid));
    await this.#syncFolder();
  }

  async #syncFolder(): Promise<void> {
    const handle = await open(this.#folder, 'r');
    await handle.sync();
    await handle.close();
  }

  /** A full disk is told; anything else of a disk is not expected. */
  #diskFull(error: unknown): FileRefused {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EMFILE') return refusals.full();
    throw error;
  }
}
