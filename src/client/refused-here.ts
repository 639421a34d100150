import { FAULTS, type Fault, fault } from '../faults/index.js';
import type { FaultAnswer } from './answers.js';

/** A refusal of the client's own, in the shape of the server's: before sending, or of an answer that breaks its schema. */
export function refusedHere(reason: Fault | string, raw: Buffer = Buffer.alloc(0)): FaultAnswer {
  const found = typeof reason === 'string' ? fault('InvalidContent', reason) : reason;
  return {
    fault: found.fault,
    name: found.fault,
    description: found.description,
    number: FAULTS[found.fault].number,
    violations: found.violations ?? [],
    extra: {},
    raw,
  };
}
