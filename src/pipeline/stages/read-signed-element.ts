import { readSigned } from '../../envelope/index.js';
import { isFault } from '../../faults/index.js';
import type { AnyData, Verified, WithData } from '../known.js';
import { type Refusal, refuse } from '../stage.js';

/** The signed element as its schema has it: every violation with its line. */
export function readSignedElement(known: Verified): WithData<AnyData> | Refusal<WithData<AnyData>> {
  const data = readSigned(known.tree, known.element, known.version, known.operation);
  return isFault(data) ? refuse(data) : { ...known, data: data as AnyData };
}
