import { GostCheckpoint } from '../journal/index.js';
import type { Clock } from '../ports/index.js';
import { isGost, isUnreadable, readCertificate, type Signer } from '../signature/index.js';

/** Both lines of a checkpoint need a GOST key of the gateway's own. */
export function gostCheckpointOf(own: readonly Signer[], origin: string, clock: Clock): GostCheckpoint | undefined {
  const signer = own.find((s) => isGost(s.signatureMethod));
  const certificate = signer && readCertificate(Buffer.from(signer.certificate, 'base64'));
  if (signer === undefined || certificate === undefined || isUnreadable(certificate)) return undefined;
  const sign = (octets: Uint8Array) => signer.provider.sign(signer.signatureMethod, signer.key, octets);
  return new GostCheckpoint({ origin, spki: certificate.publicKey, clock, sign });
}
