import type { CryptoProvider } from '../../ports/index.js';
import type { AskSignature } from './protocol.js';

/** Hash of each signature algorithm (RFC 6931, RFC 9215 §2), by its digest's URI. */
const DIGEST_OF: Readonly<Record<string, string>> = {
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256': 'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384': 'http://www.w3.org/2001/04/xmldsig-more#sha384',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512': 'http://www.w3.org/2001/04/xmlenc#sha512',
  'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1': 'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256': 'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384': 'http://www.w3.org/2001/04/xmldsig-more#sha384',
  'urn:ietf:params:xml:ns:cpxmlsec:algorithms:gostr34102012-gostr34112012-256':
    'urn:ietf:params:xml:ns:cpxmlsec:algorithms:gostr34112012-256',
  'urn:ietf:params:xml:ns:cpxmlsec:algorithms:gostr34102012-gostr34112012-512':
    'urn:ietf:params:xml:ns:cpxmlsec:algorithms:gostr34112012-512',
};

/**
 * `local` with keys that are elsewhere: what has a reference is signed through `ask`, everything else stays as it was.
 * A signature from outside is verified under its certificate's key before anyone sees it: a wrong one never leaves.
 */
export function withExternalKeys(local: CryptoProvider, ask: AskSignature): CryptoProvider {
  return {
    ...local,
    sign: async (uri, key, bytes) => {
      if (key.reference === undefined) return local.sign(uri, key, bytes);
      const digestUri = DIGEST_OF[uri];
      if (key.key === undefined || digestUri === undefined || !local.supportsDigest(digestUri)) {
        throw new Error(`the external key ${key.reference} cannot sign by ${uri} here`);
      }
      const digest = local.digest(digestUri, bytes);
      const answer = await ask({ key: key.reference, algorithm: uri, octets: bytes, digest });
      if ('wrong' in answer) throw new Error(`the external key ${key.reference} gave no signature: ${answer.wrong}`);
      if (!local.verify(uri, key.key, bytes, answer.signature)) {
        throw new Error(
          `the external key ${key.reference} gave a signature that does not verify under its certificate: wrong key, algorithm or form`,
        );
      }
      return Buffer.from(answer.signature);
    },
  };
}
