import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { zipSync } from 'fflate';
import { MOST_FILE_BYTES, MOST_FILES, MOST_UNPACKED_BYTES } from '../formats/index.js';
import { EXIT, type Problem, problem } from './exit-codes.js';

const READ = /\.(xsd|xml)$|^format\.json$/i;
const MTIME = '1980-01-01T12:00:00';

export interface PackageArchive {
  readonly zip: Uint8Array<ArrayBuffer>;
  readonly files: number;
}

/** A package as a zip: the archive as it is, or the schemas, samples and descriptions of a folder. Links are not followed. */
export function packageArchive(path: string, words: PackageWords): PackageArchive | Problem {
  try {
    if (!lstatSync(path).isDirectory()) return { zip: Uint8Array.from(readFileSync(path)), files: 1 };
    return archiveOf(path, words);
  } catch (error) {
    return problem(EXIT.usage, words.noPackage(path, error instanceof Error ? error.message : String(error)));
  }
}

export interface PackageWords {
  noPackage(path: string, why: string): string;
  tooLarge(path: string): string;
  emptyPackage(path: string): string;
}

function archiveOf(root: string, words: PackageWords): PackageArchive | Problem {
  const contents: Record<string, Uint8Array> = {};
  let [count, total] = [0, 0];
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(join(root, sep).length).split(sep).join('/');
    if (!entry.isFile() || !READ.test(entry.name) || /(^|\/)(\.|node_modules\/)/.test(name)) continue;
    const bytes = lstatSync(path).size;
    count++;
    total += bytes;
    if (count > MOST_FILES || bytes > MOST_FILE_BYTES || total > MOST_UNPACKED_BYTES)
      return problem(EXIT.bad, words.tooLarge(name));
    contents[name] = readFileSync(path);
  }
  if (count === 0) return problem(EXIT.bad, words.emptyPackage(root));
  return { zip: Uint8Array.from(zipSync(contents, { mtime: MTIME })), files: count };
}
