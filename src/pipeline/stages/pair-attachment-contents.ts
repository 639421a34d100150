import { pairAttachments, readAttachmentContents } from '../../envelope/index.js';
import { isFault } from '../../faults/index.js';
import { fileHeaders, refusalOfFileHeaders } from '../file-references.js';
import type { Paired, Routed } from '../known.js';
import { messageTooLarge } from '../sizes.js';
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
  const oddFiles = refusalOfFileHeaders(fileHeaders(data));
  if (oddFiles !== undefined) return refuse(oddFiles);
  const inline = contents.filter((c) => c.road === 'inline');
  const rest = unsigned.rootSize - inline.reduce((sum, c) => sum + Math.ceil((c.content.length * 4) / 3), 0);
  if (rest > limits.message) return refuse(messageTooLarge(rest, limits));
  return { ...known, attachments, road: inline.length === contents.length ? 'inline' : 'mtom' };
}
