import { readEnvelope } from '../../envelope/index.js';
import { isFault } from '../../faults/index.js';
import type { Opened, Parsed } from '../known.js';
import { messageTooLarge } from '../sizes.js';
import { type Refusal, refuse } from '../stage.js';
import type { World } from '../world.js';

/** The structure of the envelope, and the operation by the body's root element. What has no attachments must be small already. */
export function openEnvelope(parsed: Parsed, { limits }: World): Opened | Refusal<Opened> {
  const envelope = readEnvelope(parsed.tree, parsed.version);
  if (isFault(envelope)) return refuse(envelope);
  const opened = { ...parsed, operation: envelope.operation, envelope };
  if (envelope.attachmentContentList === undefined && parsed.rootSize > limits.message) {
    return refuse(messageTooLarge(parsed.rootSize, limits), opened);
  }
  return opened;
}
