import type { Attachment } from '../../src/message/index.js';
import type { PartnerFile } from '../../src/ports/index.js';

/** A package is read whole; the gateway judges no longer documents. */
const GREATEST = 32 * 1024 * 1024;

/** The XML documents among files in the store, as attachments; or why one cannot be read. */
export async function documentsInFiles(
  files: readonly PartnerFile[] = [],
): Promise<readonly Attachment[] | { readonly unreadable: string }> {
  const documents: Attachment[] = [];
  for (const file of files) {
    if (!/^(text|application)\/([a-zA-Z0-9.-]+\+)?xml$/.test(file.mimeType)) continue;
    const { uuid, mimeType, namespaceUri } = file;
    const content = await contentOf(file);
    if (content === undefined) return { unreadable: `файл ${uuid} не читается из хранилища` };
    documents.push({ contentId: uuid, mimeType, content, ...(namespaceUri === undefined ? {} : { namespaceUri }) });
  }
  return documents;
}

async function contentOf(file: PartnerFile): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of file.read(0, GREATEST)) pieces.push(piece);
  } catch {
    return undefined;
  }
  return Buffer.concat(pieces);
}
