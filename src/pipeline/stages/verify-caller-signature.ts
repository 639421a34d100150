import { isFault } from '../../faults/index.js';
import { isGost, nameOfSignature, verifySignature } from '../../signature/index.js';
import type { Identified, Verified } from '../known.js';
import { type Refusal, refuse } from '../stage.js';
import type { World } from '../world.js';

/** Digest, then value, by the registered key. What comes out holds the signed element and nothing of the envelope. */
export function verifyCallerSignature(known: Identified, { provider }: World): Verified | Refusal<Verified> {
  const { tree, envelope, signature, caller } = known;
  const proof = verifySignature(tree, envelope.signed, signature, caller.key, provider);
  const base = {
    version: known.version,
    operation: known.operation,
    at: known.at,
    caller,
    tree,
    element: envelope.signed,
    signatureName: nameOfSignature(signature),
    certificate: signature.certificate,
    gost: isGost(signature.signatureMethod),
    unsigned: {
      parts: known.parts,
      rootSize: known.rootSize,
      ...(envelope.attachmentContentList === undefined ? {} : { contentList: envelope.attachmentContentList }),
      ...(envelope.routing === undefined ? {} : { routing: envelope.routing }),
    },
  };
  if (!isFault(proof)) return { ...base, ...proof };
  return refuse(proof, { ...base, signature: Buffer.alloc(0), digestValue: signature.digestValue });
}
