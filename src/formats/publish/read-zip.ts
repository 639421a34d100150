import { Buffer, isUtf8 } from 'node:buffer';
import { crc32, inflateRawSync } from 'node:zlib';
import {
  isRead,
  MOST_FILE_BYTES,
  MOST_FILES,
  MOST_RATIO,
  MOST_UNPACKED_BYTES,
  type PackageFiles,
  SMALL_BYTES,
} from './package-files.js';
import { isRefused, type Refusal, type Refused } from './plan.js';
import { safePath } from './safe-path.js';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const LONGEST_COMMENT = 65_535 + 22;
const CP866 = new TextDecoder('ibm866');
const UNIX = 3;
const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

/**
 * The files of a zip archive that publishing reads, each limit checked before memory is spent (APPNOTE 6.3.10). Names as Windows
 * writes them (code page 866) are understood. Links, ways out of the package, encrypted and damaged entries are refused.
 */
export function readZip(bytes: Uint8Array): PackageFiles | Refused {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    const entries = readDirectory(zip);
    if (isRefused(entries)) return entries;
    return unpackAll(zip, entries);
  } catch (error) {
    // Offsets beyond the end, a stream that is no deflate: the archive is not what it says it is.
    if (error instanceof RangeError || error instanceof Error) return damaged(error.message);
    throw error;
  }
}

function readDirectory(zip: Buffer): readonly Entry[] | Refused {
  const end = endOfDirectory(zip);
  if (end < 0) return refused('not-a-zip', 'Это не архив zip.', 'This is not a zip archive.');
  const count = zip.readUInt16LE(end + 10);
  if (count > MOST_FILES || count === 0xffff)
    return refused(
      'too-large',
      `В архиве больше ${MOST_FILES} файлов.`,
      `The archive has more than ${MOST_FILES} files.`,
    );
  const entries = new Map<string, Entry>();
  let at = zip.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) return damaged('its directory is broken');
    const entry = readEntry(zip, at);
    if ('code' in entry) return { refusals: [entry] };
    if (entries.has(entry.path))
      return refused('unsafe-name', `Имя ${entry.path} в архиве повторяется.`, `The name ${entry.path} repeats in the archive.`); // biome-ignore format: one thought
    entries.set(entry.path, entry);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return [...entries.values()];
}

function endOfDirectory(zip: Buffer): number {
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - LONGEST_COMMENT); at--)
    if (zip.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  return -1;
}

function readEntry(zip: Buffer, at: number): Entry | Refusal {
  const path = safePath(nameOf(zip, at));
  if (typeof path !== 'string') return path;
  const mode = zip.readUInt32LE(at + 38) >>> 16;
  if (zip[at + 5] === UNIX && (mode & FILE_TYPE) === SYMBOLIC_LINK)
    return say('unsafe-name', `${path} — ссылка, а не файл; пакет не читается.`, `${path} is a link, not a file; the package is not read.`); // biome-ignore format: one thought
  if ((zip.readUInt16LE(at + 8) & 1) !== 0)
    return say('not-a-zip', `${path} зашифрован; нужен архив без пароля.`, `${path} is encrypted; send an archive without a password.`); // biome-ignore format: one thought
  return {
    path,
    method: zip.readUInt16LE(at + 10),
    crc: zip.readUInt32LE(at + 16),
    packed: zip.readUInt32LE(at + 20),
    unpacked: zip.readUInt32LE(at + 24),
    offset: zip.readUInt32LE(at + 42),
  };
}

/** UTF-8 where the archive says so or the bytes are; else code page 866, in which Windows names its files. */
function nameOf(zip: Buffer, at: number): string {
  const start = at + 46;
  const raw = zip.subarray(start, start + zip.readUInt16LE(at + 28));
  const isMarked = (zip.readUInt16LE(at + 8) & 0x800) !== 0;
  return isMarked || isUtf8(raw) ? raw.toString('utf8') : CP866.decode(raw);
}

function unpackAll(zip: Buffer, entries: readonly Entry[]): PackageFiles | Refused {
  const files = new Map<string, Uint8Array>();
  let total = 0;
  for (const entry of entries.filter((e) => isRead(e.path))) {
    total += entry.unpacked;
    const tooMuch = burst(entry, total);
    if (tooMuch !== undefined) return { refusals: [tooMuch] };
    const bytes = unpack(zip, entry);
    if (bytes === undefined) return damaged(`${entry.path} is not what the directory says`);
    files.set(entry.path, bytes);
  }
  return files;
}

function burst({ path, packed, unpacked }: Entry, total: number): Refusal | undefined {
  if (unpacked > MOST_FILE_BYTES)
    return say('too-large', `${path} после распаковки больше ${mb(MOST_FILE_BYTES)} МБ.`, `${path} unpacks to more than ${mb(MOST_FILE_BYTES)} MB.`); // biome-ignore format: one thought
  if (total > MOST_UNPACKED_BYTES)
    return say('too-large', `Пакет после распаковки больше ${mb(MOST_UNPACKED_BYTES)} МБ.`, `The package unpacks to more than ${mb(MOST_UNPACKED_BYTES)} MB.`); // biome-ignore format: one thought
  if (unpacked > SMALL_BYTES && unpacked > packed * MOST_RATIO)
    return say('too-large', `${path} сжат больше чем в ${MOST_RATIO} раз: таких схем не бывает.`, `${path} is packed more than ${MOST_RATIO} times: no schema is like that.`); // biome-ignore format: one thought
  return undefined;
}

/** undefined where sizes or the checksum are not those of the directory: never more than the directory says is unpacked. */
function unpack(zip: Buffer, entry: Entry): Uint8Array | undefined {
  const { offset, packed, unpacked, method, crc } = entry;
  if (zip.readUInt32LE(offset) !== LOCAL_HEADER) return undefined;
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
  const stored = zip.subarray(start, start + packed);
  if (method !== 0 && method !== 8) return undefined;
  const bytes =
    method === 0 ? Uint8Array.from(stored) : inflateRawSync(stored, { maxOutputLength: Math.max(unpacked, 1) });
  return bytes.length === unpacked && crc32(bytes) === crc ? bytes : undefined;
}

function mb(bytes: number): number {
  return bytes / 1024 / 1024;
}

function say(code: Refusal['code'], ru: string, en: string): Refusal {
  return { code, ru, en };
}

function refused(code: Refusal['code'], ru: string, en: string): Refused {
  return { refusals: [say(code, ru, en)] };
}

function damaged(detail: string): Refused {
  return refused('not-a-zip', `Архив повреждён (${detail}).`, `The archive is damaged (${detail}).`);
}
