import type { RefAttachmentHeader, RequestData, ResponseData } from '../envelope/index.js';
import { type Fault, fault } from '../faults/index.js';
import type { FormatEntry } from '../formats/index.js';
import { isUuid } from '../message/index.js';
import type { NewMessage } from '../ports/index.js';
import { DIGESTS, digestsOfDetached } from '../signature/index.js';

/** What the main thread must know of a file a message announces; kept in the message's `meta`, because headers are sealed. */
export interface FileReference {
  /** Lower case. */
  readonly uuid: string;
  /** Digest URIs its header and its signature are checked by. */
  readonly digests: readonly string[];
  /** An XML document of a format the message's format carries: judged, and given to adapters, like an attachment. */
  readonly document: boolean;
}

const MOST_FILES = 100;

/** Headers of files in the store that a message brings; none for rejections and statuses. */
export function fileHeaders(data: RequestData | ResponseData): readonly RefAttachmentHeader[] {
  return 'refAttachmentHeaders' in data ? data.refAttachmentHeaders : [];
}

/** What is wrong with the headers alone; the files themselves are always looked at late. */
export function refusalOfFileHeaders(headers: readonly RefAttachmentHeader[]): Fault | undefined {
  const uuids = headers.map(({ uuid }) => uuid.toLowerCase());
  const odd = headers.filter(({ uuid }) => !isUuid(uuid.toLowerCase()));
  const repeated = uuids.filter((uuid, i) => uuids.indexOf(uuid) !== i);
  const unhashed = headers.filter(({ hash }) => digestsOfLength(hash).length === 0);
  const problems = [
    ...(headers.length > MOST_FILES ? [`файлов ${headers.length}, допускается ${MOST_FILES}`] : []),
    ...odd.map(({ uuid }) => `«${uuid.slice(0, 100)}» — не UUID`),
    ...[...new Set(repeated)].map((uuid) => `«${uuid}» повторяется`),
    ...unhashed.map(({ uuid }) => `Hash файла «${uuid.slice(0, 100)}» — не base64 хэша ГОСТ Р 34.11-2012 или SHA-2`),
  ];
  if (problems.length === 0) return undefined;
  return fault('AttachmentContentMiscoordination', `RefAttachmentHeaderList: ${problems.slice(0, 20).join('; ')}`);
}

/** The digests a Hash may be of, by its length: the header does not say which; GOST first, as the operator's documents have it. */
export function digestsOfLength(hash: string): readonly string[] {
  const text = hash.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return [];
  const { length } = Buffer.from(text, 'base64');
  const { gost256, gost512, sha256, sha384, sha512 } = DIGESTS;
  return { 32: [gost256, sha256], 48: [sha384], 64: [gost512, sha512] }[length] ?? [];
}

/** For `meta`: undefined where the message announces no file. */
export function referencesText(
  headers: readonly RefAttachmentHeader[],
  entry: FormatEntry | undefined,
): string | undefined {
  if (headers.length === 0) return undefined;
  const carries = entry?.role === 'request' && entry.format.carries.length > 0;
  const references = headers.map(
    ({ uuid, hash, mimeType, pkcs7 }): FileReference => ({
      uuid: uuid.toLowerCase(),
      digests: [...new Set([...digestsOfLength(hash), ...(pkcs7 === undefined ? [] : digestsOfDetached(pkcs7))])],
      document: carries && isXmlType(mimeType),
    }),
  );
  return JSON.stringify(references);
}

/** Only referencesText writes them. */
export function fileReferences({ meta }: Pick<NewMessage, 'meta'>): readonly FileReference[] {
  return meta.files === undefined ? [] : (JSON.parse(meta.files) as FileReference[]);
}

export function isXmlType(mimeType: string): boolean {
  return /^(text|application)\/([a-zA-Z0-9.-]+\+)?xml$/.test(mimeType);
}
