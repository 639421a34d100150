/** What a package may cost. The largest published one (EGISSO) has 290 files, 3 MB together, the largest file 0.6 MB. */
export const MOST_UPLOAD_BYTES = 16 * 1024 * 1024;
export const MOST_FILES = 5000;
export const MOST_FILE_BYTES = 8 * 1024 * 1024;
export const MOST_UNPACKED_BYTES = 32 * 1024 * 1024;
/** Schemas shrink ten- to thirtyfold; what shrinks more than this was made to burst. */
export const MOST_RATIO = 100;
/** Below this size no ratio is suspicious. */
export const SMALL_BYTES = 1024 * 1024;

/** The files of a package that publishing reads (schemas, samples, format.json) by path in it, `/` between. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

/** Whether publishing reads a file of this name; others only count. */
export function isRead(path: string): boolean {
  return /\.(xsd|xml)$/i.test(path) || /(^|\/)format\.json$/.test(path);
}

/** The same files without the folder that holds them all, so that a package publishes alike with and without one around it. */
export function withoutOuterFolder(files: PackageFiles): PackageFiles {
  let inner = files;
  for (;;) {
    const [first] = inner.keys();
    const folder = first?.slice(0, first.indexOf('/') + 1) ?? '';
    if (folder === '' || ![...inner.keys()].every((path) => path.startsWith(folder))) return inner;
    inner = new Map([...inner].map(([path, bytes]) => [path.slice(folder.length), bytes]));
  }
}
