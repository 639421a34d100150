import { isFault } from '../../faults/index.js';
import { readSignature } from '../../signature/index.js';
import type { Opened, WithSignature } from '../known.js';
import { type Refusal, refuse } from '../stage.js';

/** The signature block against the profile. */
export function readCallerSignature(opened: Opened): WithSignature | Refusal<WithSignature> {
  const { signatureBlock, signed } = opened.envelope;
  const signature = readSignature(opened.tree, signatureBlock, signed);
  return isFault(signature) ? refuse(signature) : { ...opened, signature };
}
