/** Envelopes the oracles are asked about, and our verdict at fixed places in them. */
import { isFault } from '../../src/faults/index.js';
import type { CryptoProvider } from '../../src/ports/index.js';
import {
  DIGESTS,
  DSIG,
  EXC_C14N,
  readSignature,
  SIGNATURES,
  type SignatureProfile,
  SMEV_PROFILE,
  verifySignature,
} from '../../src/signature/index.js';
import type { XmlElement, XmlTree } from '../../src/xml/index.js';
import { generatedDocument } from '../xml/generated-document.js';
import type { Keys } from './oracle-tools.js';

export const DATA = 'urn:oracle:data';

/** SMEV's own rules, and the same without its transform: xmlsec1 does not know that one. Neither asks for a certificate here. */
export const SMEV: SignatureProfile = { ...SMEV_PROFILE, certificate: false };
export const EXCLUSIVE: SignatureProfile = { ...SMEV, transforms: [[EXC_C14N]] };

export const envelope = (content: string, signature: string) =>
  `<e xmlns="urn:oracle:envelope"><part>1</part>${content}<block>${signature}</block></e>`;
/** Without what xmldom alone takes for line ends: the step below tells it. */
export const dataOf = (seed: number) =>
  `<o:data xmlns:o="${DATA}" Id="S"><o:sum a="1" b="2">100</o:sum><o:none/>${generatedDocument(seed, { forSmev: true, asciiNamespaces: true }).replace(/<\?xml.*?\?>\n?|<!--[\s\S]*?-->|[\u0085\u2028]/g, '')}</o:data>`;

export const methodOf = (keys: Keys) => (keys.kind === 'rsa' ? SIGNATURES.rsaSha256 : SIGNATURES.ecdsaSha256);
export const infoOf = (keys: Keys, transforms: readonly string[], digest: string) =>
  `<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${EXC_C14N}"/><ds:SignatureMethod Algorithm="${methodOf(keys)}"/>` +
  `<ds:Reference URI="#S"><ds:Transforms>${transforms.map((t) => `<ds:Transform Algorithm="${t}"/>`).join('')}</ds:Transforms>` +
  `<ds:DigestMethod Algorithm="${DIGESTS.sha256}"/><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`;
export const signatureOf = (info: string, value: string) =>
  `<ds:Signature xmlns:ds="${DSIG}">${info}<ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature>`;

export function verdictAt(
  tree: XmlTree,
  target: XmlElement,
  block: XmlElement,
  profile: SignatureProfile,
  by: CryptoProvider,
  spki: Uint8Array,
): boolean {
  const signature = readSignature(tree, block, target, profile);
  return !isFault(signature) && !isFault(verifySignature(tree, target, signature, by.importPublicKey(spki), by));
}
