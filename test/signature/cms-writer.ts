/** Detached CMS signatures (RFC 5652) for tests, written apart from the code that reads them; also such as nobody should accept. */
import { createPrivateKey, sign } from 'node:crypto';
import type { CryptoProvider } from '../../src/ports/index.js';
import { DIGESTS, derOf, isUnreadable, readCertificate, SIGNATURES } from '../../src/signature/index.js';
import { context, integer, integerOctets, octets, oid, sequence, set, tlv } from './trust/der-writer.js';

export interface CmsIdentity {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

export interface CmsWishes {
  /** Signs the content itself, without attributes. */
  readonly plain?: boolean;
  readonly withoutCertificate?: boolean;
  /** Names the certificate by its key identifier. */
  readonly byKey?: boolean;
  /** Carries the content inside. */
  readonly enveloping?: boolean;
  /** The digest the attributes claim. */
  readonly claimed?: Uint8Array;
  readonly attributeType?: string;
  /** What the signature algorithm is said to be. */
  readonly signatureOid?: string;
  readonly digestOid?: string;
  readonly signers?: number;
  /** BER: the outer elements with indefinite lengths, as Bouncy Castle writes them. */
  readonly indefinite?: boolean;
  readonly spoil?: (signature: Buffer) => Buffer;
}

const DATA = '1.2.840.113549.1.7.1';

/** By the key of the identity: RSA-SHA256, ECDSA-SHA256 or GOST of 256 bits. */
export async function detached(
  content: Uint8Array,
  identity: CmsIdentity,
  provider: CryptoProvider,
  wishes: CmsWishes = {},
): Promise<Buffer> {
  const der = derOf(identity.certificatePem);
  const certificate = readCertificate(der);
  if (isUnreadable(certificate)) throw new Error(certificate.unreadable);
  const kind = kindOf(identity.privateKeyPem, provider);
  const digest = provider.digest(kind.digestUri, content);
  const attributes = [
    sequence(oid('1.2.840.113549.1.9.3'), set(oid(wishes.attributeType ?? DATA))),
    sequence(oid('1.2.840.113549.1.9.4'), set(octets(wishes.claimed ?? digest))),
  ];
  const signed = wishes.plain === true ? content : set(...attributes);
  const signature = await kind.sign(Buffer.from(signed));
  const sid =
    wishes.byKey === true
      ? context(0, false, Buffer.from(certificate.subjectKeyId!, 'hex'))
      : sequence(certificate.issuer.der, integerOctets(certificate.serial));
  const digestAlgorithm = sequence(oid(wishes.digestOid ?? kind.digestOid));
  const signerInfo = sequence(
    integer(wishes.byKey === true ? 3 : 1),
    sid,
    digestAlgorithm,
    ...(wishes.plain === true ? [] : [context(0, true, ...attributes)]),
    sequence(oid(wishes.signatureOid ?? kind.signatureOid)),
    octets(wishes.spoil?.(signature) ?? signature),
  );
  const inside = wishes.enveloping === true ? [context(0, true, octets(content))] : [];
  const wrap = wishes.indefinite === true ? indefinite : tlv;
  const signedData = wrap(
    0x30,
    integer(1),
    set(digestAlgorithm),
    wrap(0x30, oid(DATA), ...inside),
    ...(wishes.withoutCertificate === true ? [] : [wrap(0xa0, der)]),
    wrap(0x31, ...Array.from({ length: wishes.signers ?? 1 }, () => signerInfo)),
  );
  return wrap(0x30, oid('1.2.840.113549.1.7.2'), wrap(0xa0, signedData));
}

/** X.690 §8.1.3.6: length unknown, two zero octets at the end. */
function indefinite(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat([Buffer.from([tag, 0x80]), ...parts, Buffer.alloc(2)]);
}

function kindOf(pem: string, provider: CryptoProvider) {
  const key = provider.importPrivateKey(pem)!;
  if (key.key !== undefined && 'algorithm' in key.key) {
    return {
      digestUri: DIGESTS.gost256,
      digestOid: '1.2.643.7.1.1.2.2',
      signatureOid: '1.2.643.7.1.1.1.1',
      sign: (bytes: Buffer) => provider.sign(SIGNATURES.gost256, key, bytes),
    };
  }
  const own = createPrivateKey(pem);
  return {
    digestUri: DIGESTS.sha256,
    digestOid: '2.16.840.1.101.3.4.2.1',
    signatureOid: own.asymmetricKeyType === 'rsa' ? '1.2.840.113549.1.1.1' : '1.2.840.10045.4.3.2',
    sign: async (bytes: Buffer) => sign('sha256', bytes, own),
  };
}
