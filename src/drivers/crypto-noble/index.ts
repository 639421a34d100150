/**
 * Driver of CryptoProvider in TypeScript: GOST R 34.10-2012 on @noble/curves, Streebog of our own. Runs everywhere, needs no
 * OpenSSL. It is not certified by FSB and not constant-time: for verification and the sandbox; see docs/adr/0006.
 * May import: ports. Start at createNobleProvider.
 */
import type { CryptoProvider } from '../../ports/index.js';
import { signDigest, verifyDigest } from './gost3410.js';
import { GostPrivateKey, GostPublicKey, readPrivateKey, readPublicKey } from './keys.js';
import { Streebog, streebog } from './streebog.js';

export { type GostPrivateKey, generateGostKey, readPrivateKey, writePrivateKey, writePublicKey } from './keys.js';

/** URIs under which CryptoPro's and SMEV's XML carries GOST (draft-chudov-cryptopro-cpxmldsig and its successors). */
const PREFIX = 'urn:ietf:params:xml:ns:cpxmlsec:algorithms:';
const DIGESTS: Readonly<Record<string, 256 | 512>> = {
  [`${PREFIX}gostr34112012-256`]: 256,
  [`${PREFIX}gostr34112012-512`]: 512,
};
const SIGNATURES: Readonly<Record<string, 256 | 512>> = {
  [`${PREFIX}gostr34102012-gostr34112012-256`]: 256,
  [`${PREFIX}gostr34102012-gostr34112012-512`]: 512,
};

export function createNobleProvider(): CryptoProvider {
  return {
    supportsDigest: (uri) => Object.hasOwn(DIGESTS, uri),
    supportsSignature: (uri) => Object.hasOwn(SIGNATURES, uri),
    digest: (uri, bytes) => streebog(DIGESTS[uri]!, bytes),
    startDigest: (uri) => new Streebog(DIGESTS[uri]!),
    importPublicKey: (spki) => readable(() => readPublicKey(Buffer.from(spki))),
    importPrivateKey: (pem) => {
      const key = readable(() => readPrivateKey(pem));
      return key && { key };
    },
    verify: (uri, key, bytes, signature) => {
      const bits = SIGNATURES[uri];
      if (bits === undefined || !(key instanceof GostPublicKey) || key.curve.bits !== bits) return false;
      return verifyDigest(key, streebog(bits, bytes), signature);
    },
    sign: async (uri, { key }, bytes) => {
      const bits = SIGNATURES[uri];
      if (bits === undefined || !(key instanceof GostPrivateKey) || key.curve.bits !== bits) {
        throw new Error(`this key cannot sign by ${uri}`);
      }
      return key.use((d) => signDigest(key.curve, d, streebog(bits, bytes)));
    },
  };
}

/** Forge and noble throw at what they cannot read: strangers' octets, so not a bug. */
function readable<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
