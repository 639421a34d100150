import { type Fault, fault, isFault } from '../faults/index.js';
import { keyOfCertificate, PERSONAL_PROFILE, readSignature, verifySignature } from '../signature/index.js';
import type { XmlElement } from '../xml/index.js';
import type { Verified } from './known.js';
import type { World } from './world.js';

/**
 * The certificate (DER) of the person who signed `content` in `block` (ЭП-СП), its signature and path verified. It is in no
 * registry: the roots alone vouch for it.
 */
export function personOf(
  { tree, at }: Pick<Verified, 'tree' | 'at'>,
  block: XmlElement,
  content: XmlElement,
  { provider, trust }: World,
): Buffer | Fault {
  const signature = readSignature(tree, block, content, PERSONAL_PROFILE);
  if (isFault(signature)) return signature;
  const key = keyOfCertificate(signature.certificate, provider);
  const proof = verifySignature(tree, content, signature, key, provider);
  if (isFault(proof)) return proof;
  const verdict = trust.judgeDer(signature.certificate, at);
  if (verdict.ok) return signature.certificate;
  return fault('SignatureVerificationFault', `Сертификат ${PERSONAL_PROFILE.title}: ${verdict.text}`, {
    signature: 'CertificateIsExpired',
  });
}
