import { pairAttachments, readAttachmentContents } from '../../envelope/index.js';
import { fault, isFault } from '../../faults/index.js';
import type { Paired, Routed } from '../known.js';
import { type Refusal, refuse } from '../stage.js';
import type { World } from '../world.js';

/** Unsigned attachment contents paired to signed headers by id; sizes bounded, the rest of the message too. */
export function pairAttachmentContents(known: Routed, { limits }: World): Paired | Refusal<Paired> {
  const { unsigned, tree, version, data } = known;
  const contents =
    unsigned.contentList === undefined
      ? []
      : readAttachmentContents(tree, unsigned.contentList, version, unsigned.parts);
  if (isFault(contents)) return refuse(contents);
  const attachments = pairAttachments(
    'attachmentHeaders' in data ? data.attachmentHeaders : [],
    contents,
    limits.attachments,
  );
  if (isFault(attachments)) return refuse(attachments);
  const inline = unsigned.parts.size === 0;
  const inRoot = inline ? attachments.reduce((sum, a) => sum + Math.ceil((a.content.length * 4) / 3), 0) : 0;
  if (unsigned.rootSize - inRoot > limits.message) {
    return refuse(
      fault(
        'InvalidContent',
        `Сообщение больше допустимого: ${unsigned.rootSize - inRoot} байт без вложений, допускается ${limits.message}`,
      ),
    );
  }
  return { ...known, attachments, road: inline ? 'inline' : 'mtom' };
}
