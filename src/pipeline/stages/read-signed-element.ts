import { readSigned } from '../../envelope/index.js';
import { type Fault, isFault } from '../../faults/index.js';
import type { AnyData, Verified, WithData } from '../known.js';
import { invalidMessageId } from '../message-id.js';
import { type Refusal, refuse } from '../stage.js';

/** The signed element as its schema has it: every violation with its line. */
export function readSignedElement(known: Verified): WithData<AnyData> | Refusal<WithData<AnyData>> {
  const data = readSigned(known.tree, known.element, known.version, known.operation);
  return isFault(data) ? refuse(named(data, known)) : { ...known, data: data as AnyData };
}

/** A value of MessageID that is no UUID at all breaks the schema; where nothing else does, the fault is the id's own. */
function named(fault: Fault, { operation, tree, element }: Verified): Fault {
  const [only, ...rest] = fault.violations ?? [];
  if ((operation !== 'SendRequest' && operation !== 'SendResponse') || rest.length > 0) return fault;
  const id = tree.children(element).find((child) => tree.localNameOf(child) === 'MessageID');
  const value = id === undefined ? undefined : tree.textOf(id);
  if (id === undefined || value === undefined || only?.path !== tree.pathOf(id)) return fault;
  return invalidMessageId(value);
}
