import { basename, extname } from 'node:path';
import type { Attachment } from '../message/index.js';
import { isProblem, type Problem } from './exit-codes.js';
import { readInput } from './read-input.js';
import type { Texts } from './texts.js';

const MIME_TYPES: Readonly<Record<string, string>> = {
  '.xml': 'application/xml',
  '.pdf': 'application/pdf',
  '.zip': 'application/zip',
  '.txt': 'text/plain',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
};

/** Files of the command line as attachments; the content id is the file's name. */
export function attachmentsFrom(paths: readonly string[], texts: Texts): Attachment[] | Problem {
  const attachments: Attachment[] = [];
  for (const path of paths) {
    const content = readInput(path, texts);
    if (isProblem(content)) return content;
    const contentId = freeId(contentIdOf(path), attachments);
    attachments.push({
      contentId,
      mimeType: MIME_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
      content,
    });
  }
  return attachments;
}

/** The Id of an AttachmentContent is an xs:ID: a name without colon that begins with a letter. */
function contentIdOf(path: string): string {
  const name = basename(path).replace(/[^\p{L}\d._-]/gu, '_');
  return /^\p{L}/u.test(name) ? name : `_${name}`;
}

function freeId(wanted: string, taken: readonly Attachment[]): string {
  const isTaken = (id: string) => taken.some((attachment) => attachment.contentId === id);
  let id = wanted;
  for (let i = 2; isTaken(id); i++) id = `${wanted}-${i}`;
  return id;
}
