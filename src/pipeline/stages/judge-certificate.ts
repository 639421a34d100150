import { fault } from '../../faults/index.js';
import type { Verified } from '../known.js';
import { type Refusal, refuse } from '../stage.js';
import type { World } from '../world.js';

/** Dates, chain, usage and revocation of the caller’s certificate, after its signature verified; the text tells which. */
export function judgeCertificate(known: Verified, { trust }: World): Verified | Refusal<Verified> {
  const verdict = trust.judge(known.caller.certificate, known.at);
  if (verdict.ok) return known;
  return refuse(fault('SignatureVerificationFault', verdict.text, { signature: 'CertificateIsExpired' }), known);
}
