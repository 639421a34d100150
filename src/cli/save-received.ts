import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { EXIT, type Problem, problem } from './exit-codes.js';
import type { Received } from './received.js';
import type { Texts } from './texts.js';

/**
 * Writes content and attachments into `folder/<MessageID>/`, private to the user: they hold personal data. Names come from
 * the sender, so only their last part is used, and an existing file is never overwritten.
 */
export function saveReceived(received: Received, folder: string, texts: Texts): string[] | Problem {
  if (!('messageId' in received)) return [];
  const { messageId, content, attachments = [] } = received;
  const own = join(folder, basename(messageId));
  const files: [string, Uint8Array][] = [
    ...(content === undefined ? [] : [['content.xml', content] as [string, Uint8Array]]),
    ...attachments.map((a, i): [string, Uint8Array] => [safeName(a.contentId, i), a.content]),
  ];
  try {
    mkdirSync(own, { recursive: true, mode: 0o700 });
    return files.map(([name, bytes]) => {
      const path = join(own, name);
      writeFileSync(path, bytes, { flag: 'wx', mode: 0o600 });
      return path;
    });
  } catch {
    return problem(EXIT.usage, texts.notWritten(own));
  }
}

function safeName(contentId: string, index: number): string {
  const name = basename(contentId.replace(/[^\p{L}\d._-]/gu, '_')).replace(/^\.+/, '');
  return name === '' || name === 'content.xml' ? `attachment-${index + 1}` : name;
}
