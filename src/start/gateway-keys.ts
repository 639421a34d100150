import type { DevCertificates } from '../../certs-dev/generate.js';
import type { Config } from '../config/index.js';
import { SANDBOX_PARTNERS } from '../participants/index.js';
import { developmentKeys, readSigningKeys, type SigningKeys } from './signer-keys.js';

/** Keys of the gateway's own and of the partners it signs for: named ones, else those of development. */
export function signingKeys(config: Config, certificates: DevCertificates, hasGost: boolean): SigningKeys {
  if (config.signerKeys !== undefined) return readSigningKeys(config.signerKeys, config);
  const keys = developmentKeys(certificates, config.certificates, config.sandbox ? SANDBOX_PARTNERS : []);
  return hasGost ? keys : { ...keys, own: keys.own.slice(0, 1) };
}

/** The certificates of the participants, those of partners the gateway signs for among them. */
export function withPartners(
  certificates: ReadonlyMap<string, readonly string[]>,
  { partners }: SigningKeys,
): ReadonlyMap<string, readonly string[]> {
  const all = new Map(certificates);
  for (const [mnemonic, { certificatePem }] of partners) {
    const known = all.get(mnemonic) ?? [];
    if (!known.includes(certificatePem)) all.set(mnemonic, [...known, certificatePem]);
  }
  return all;
}
