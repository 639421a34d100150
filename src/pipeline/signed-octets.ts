import { canonicalize } from '../xml/index.js';
import type { Verified } from './known.js';

/** exc-c14n octets of the signed element: what is stored, and what tells a repeated message from another under its id. */
export function signedOctets({ tree, element }: Pick<Verified, 'tree' | 'element'>): Buffer {
  return canonicalize(tree, element);
}
