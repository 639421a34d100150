import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the folder; nothing has looked inside it. */
export interface TrustFolderFile {
  /** Path below the folder, for people. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** What lies in the folder. */
export interface TrustFolder {
  readonly roots: readonly TrustFolderFile[];
  readonly intermediates: readonly TrustFolderFile[];
  readonly lists: readonly TrustFolderFile[];
  readonly responses: readonly TrustFolderFile[];
  /** Files that could not be opened or are too large, with the reason. */
  readonly skipped: readonly { readonly name: string; readonly why: string }[];
}

/** Subfolders, by what their files are. */
const PLACES = {
  roots: 'roots',
  intermediates: 'intermediates',
  lists: 'crl',
  responses: 'ocsp',
} as const;

const LARGEST = 64 * 1024 * 1024;
const MOST_FILES = 2_000;

/**
 * Reads `roots/`, `intermediates/`, `crl/` and `ocsp/` below `folder`; a missing place is an empty one. A file that is
 * being replaced by renaming is seen whole, old or new. Names that start with a dot are left alone.
 */
export function readTrustFolder(folder: string): TrustFolder {
  const skipped: { name: string; why: string }[] = [];
  const read = (place: string): TrustFolderFile[] =>
    namesIn(folder, place).flatMap((name) => {
      try {
        const { size } = statSync(join(folder, name));
        if (size <= LARGEST) return [{ name, content: readFileSync(join(folder, name)) }];
        skipped.push({ name, why: `${size} bytes, at most ${LARGEST}` });
      } catch (error) {
        skipped.push({ name, why: error instanceof Error ? error.message : String(error) });
      }
      return [];
    });
  return {
    roots: read(PLACES.roots),
    intermediates: read(PLACES.intermediates),
    lists: read(PLACES.lists),
    responses: read(PLACES.responses),
    skipped,
  };
}

/** A text that differs when a file came, went or was replaced; reads no contents. */
export function stateOfTrustFolder(folder: string): string {
  return Object.values(PLACES)
    .flatMap((place) => namesIn(folder, place))
    .map((name) => {
      try {
        const { size, mtimeMs, ino } = statSync(join(folder, name));
        return `${name} ${size} ${mtimeMs} ${ino}`;
      } catch {
        return name;
      }
    })
    .join('\n');
}

function namesIn(folder: string, place: string): string[] {
  try {
    return readdirSync(join(folder, place), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => `${place}/${entry.name}`)
      .sort()
      .slice(0, MOST_FILES);
  } catch {
    return [];
  }
}
