import { readEnvelope } from '../../envelope/index.js';
import { isFault } from '../../faults/index.js';
import type { Opened, Parsed } from '../known.js';
import { type Refusal, refuse } from '../stage.js';

/** The structure of the envelope, and the operation by the body's root element. */
export function openEnvelope(parsed: Parsed): Opened | Refusal<Opened> {
  const envelope = readEnvelope(parsed.tree, parsed.version);
  return isFault(envelope) ? refuse(envelope) : { ...parsed, operation: envelope.operation, envelope };
}
