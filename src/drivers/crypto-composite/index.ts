/**
 * One CryptoProvider out of several: the first that can, does. Keys remember who imported them.
 * May import: ports. Start at composeProviders.
 */
import type { CryptoProvider, SigningKey, VerificationKey } from '../../ports/index.js';

/** Asks in the order given. A key imported elsewhere goes to the first provider that knows the algorithm. */
export function composeProviders(providers: readonly CryptoProvider[]): CryptoProvider {
  const owners = new WeakMap<object, CryptoProvider>();
  const forDigest = (uri: string) => providers.find((p) => p.supportsDigest(uri));
  const forSignature = (uri: string, key: object) => owners.get(key) ?? providers.find((p) => p.supportsSignature(uri));
  const imported = <Key extends object>(read: (provider: CryptoProvider) => Key | undefined): Key | undefined => {
    for (const provider of providers) {
      const key = read(provider);
      if (key === undefined) continue;
      owners.set(key, provider);
      return key;
    }
    return undefined;
  };
  return {
    supportsDigest: (uri) => forDigest(uri) !== undefined,
    supportsSignature: (uri) => providers.some((p) => p.supportsSignature(uri)),
    digest: (uri, bytes) => forDigest(uri)!.digest(uri, bytes),
    startDigest: (uri) => forDigest(uri)!.startDigest(uri),
    importPublicKey: (spki) => imported<VerificationKey>((p) => p.importPublicKey(spki)),
    importPrivateKey: (pem) => imported<SigningKey>((p) => p.importPrivateKey(pem)),
    verify: (uri, key, bytes, signature) => forSignature(uri, key)?.verify(uri, key, bytes, signature) ?? false,
    sign: async (uri, key, bytes) => {
      const provider = forSignature(uri, key);
      if (provider === undefined) throw new Error(`no provider signs by ${uri}`);
      return provider.sign(uri, key, bytes);
    },
  };
}
