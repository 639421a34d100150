import { readMessage } from '../../envelope/index.js';
import { fault, isFault } from '../../faults/index.js';
import { isXmlProblem, parseXml } from '../../xml/index.js';
import type { Parsed, Received } from '../known.js';
import { type Refusal, refuse } from '../stage.js';

/** Bytes → MIME parts → one strict tree. */
export function parseMessage(received: Received): Parsed | Refusal<Parsed> {
  const message = readMessage(
    received.contentType,
    Buffer.from(received.body.buffer, received.body.byteOffset, received.body.byteLength),
  );
  if (isFault(message)) return refuse(message);
  const tree = parseXml(message.root);
  if (isXmlProblem(tree)) {
    const { line, column, text, textEn } = tree;
    return refuse(
      fault('InvalidContent', `Сообщение не читается: ${text}`, { violations: [{ line, column, text, textEn }] }),
    );
  }
  return { ...received, tree, parts: message.parts, rootSize: message.root.length };
}
