import { expect } from 'chai';
import { createNobleProvider } from '../../../src/drivers/crypto-noble/index.js';
import { createCryptoProvider } from '../../../src/drivers/crypto-openssl/index.js';
import { DIGESTS } from '../../../src/signature/index.js';
import { octets } from '../../contracts/file-store-contract.js';

describe('digests over pieces', () => {
  const providers = { openssl: createCryptoProvider(), noble: createNobleProvider() };
  for (const [name, provider] of Object.entries(providers)) {
    for (const [digest, uri] of Object.entries(DIGESTS).filter(([, uri]) => provider.supportsDigest(uri))) {
      it(`${name}: ${digest} is the digest of the whole, however it is cut`, () => {
        for (const size of [0, 1, 63, 64, 65, 200, 1_000]) {
          const bytes = octets(size, size + 1);
          for (const step of [1, 7, 63, 64, 65, 1_000]) {
            const running = provider.startDigest(uri);
            for (let at = 0; at < size; at += step) running.update(bytes.subarray(at, at + step));
            expect(running.digest().equals(provider.digest(uri, bytes)), `${size} by ${step}`).to.equal(true);
          }
        }
      });
    }
  }
});
