import { isUtf8 } from 'node:buffer';
import { bindings } from './xsd-engine.js';

/** Addresses of the documents being compiled; no other address can be read. */
const SCHEME = 'schema:///';

/** Schema documents by virtual path: a Map, or what makes them when they are asked for. */
export type SchemaSources = Pick<ReadonlyMap<string, Uint8Array>, 'get'>;

interface Sources {
  readonly documents: SchemaSources;
  /** Paths asked for in vain. */
  readonly missing: Set<string>;
  readonly read: Set<string>;
}

interface OpenFile {
  readonly bytes: Uint8Array;
  at: number;
}

let sources: Sources | undefined;
let registered = false;
const open = new Map<number, OpenFile>();
let lastHandle = 0;

export function addressOf(path: string): string {
  return SCHEME + path.replace(/^\/+/, '');
}

/** The virtual path of an address; libxml2 escapes what a URI cannot hold. */
export function pathOfAddress(address: string): string {
  const path = address.startsWith(SCHEME) ? address.slice(SCHEME.length) : address;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

export interface SourcesUsed<T> {
  readonly result: T;
  /** Virtual paths that were imported or included, and those that are not among the documents. */
  readonly read: string[];
  readonly missing: string[];
}

/** Runs `work` while libxml2 can read exactly these documents. */
export function withSources<T>(documents: SchemaSources, work: () => T): SourcesUsed<T> {
  register();
  const missing = new Set<string>();
  const read = new Set<string>();
  sources = { documents, missing, read };
  try {
    const result = work();
    return { result, read: [...read], missing: [...missing] };
  } finally {
    sources = undefined;
    open.clear();
  }
}

const LOCATION = /(\bschemaLocation\s*=\s*)("[^"]*"|'[^']*')/g;
const NOT_IN_URI = /[^\u0021-\u007e]|\\/;

/**
 * libxml2 passes over an import without a word when its location is not a URI: published packages have Cyrillic
 * file names, blanks and backslashes there. Documents in other encodings stay as they are.
 */
export function withUriLocations(bytes: Uint8Array): Uint8Array {
  if (!isUtf8(bytes)) return bytes;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  if (!text.includes('schemaLocation')) return bytes;
  const changed = text.replace(LOCATION, (all, name: string, value: string) =>
    NOT_IN_URI.test(value)
      ? name + encodeURI(value.replaceAll('\\', '/')).replaceAll('%22', '"').replaceAll('%25', '%')
      : all,
  );
  return changed === text ? bytes : Buffer.from(changed);
}

/** Answers for every address while schemas are compiled, so that libxml2 never comes to its own file and network readers. */
function register(): void {
  if (registered) return;
  registered = bindings().xmlRegisterInputProvider({
    match: () => sources !== undefined,
    open: (address) => {
      const path = pathOfAddress(address);
      const bytes = sources?.documents.get(path);
      if (bytes === undefined) {
        sources?.missing.add(path);
        return undefined;
      }
      sources?.read.add(path);
      open.set(++lastHandle, { bytes: withUriLocations(bytes), at: 0 });
      return lastHandle;
    },
    read: (handle, buffer) => {
      const file = open.get(handle);
      if (file === undefined) return -1;
      const part = file.bytes.subarray(file.at, file.at + buffer.byteLength);
      buffer.set(part);
      file.at += part.length;
      return part.length;
    },
    close: (handle) => open.delete(handle),
  });
  if (!registered) throw new Error('libxml2 has no place left for an input provider');
}
