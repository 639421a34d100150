import { type BaseBlock, fromBER, Integer, ObjectIdentifier, OctetString } from 'asn1js';
import { type DistinguishedName, readName } from '../trust/asn1/names.js';

/** SignedData of RFC 5652 §5 as a detached signature needs it. Nothing about it is verified. */
export interface SignedData {
  /** Dotted OID of the kind of content, id-data as a rule. */
  readonly contentType: string;
  /** Whether the content is inside: then the signature is not detached. */
  readonly enveloping: boolean;
  /** DER of each certificate. */
  readonly certificates: readonly Buffer[];
  readonly signers: readonly CmsSigner[];
}

export interface CmsSigner {
  /** The certificate is named by issuer and serial number, or by its key identifier. */
  readonly issuer?: DistinguishedName;
  /** Hex of the INTEGER's octets. */
  readonly serial?: string;
  readonly keyId?: string;
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: string;
  readonly signature: Buffer;
  readonly attributes?: SignedAttributes;
}

/** What is signed in place of the content, which they name by its digest. */
export interface SignedAttributes {
  /** The octets under the signature: the attributes as SET OF, DER (RFC 5652 §5.4). */
  readonly octets: Buffer;
  /** Dotted OID → values, each the octets of its element. */
  readonly values: ReadonlyMap<string, readonly BaseBlock[]>;
}

const SIGNED_DATA = '1.2.840.113549.1.7.2';
/** More than anybody signs with; each may cost a verification. */
const MOST_SIGNERS = 8;
const MOST_CERTIFICATES = 32;

/** Reads DER or BER (Bouncy Castle writes indefinite lengths); undefined for what is no SignedData. Never throws. */
export function readSignedData(octets: Uint8Array): SignedData | undefined {
  try {
    const { result, offset } = fromBER(Uint8Array.from(octets));
    return offset === octets.length ? readContentInfo(result) : undefined;
  } catch {
    return undefined;
  }
}

function readContentInfo(contentInfo: BaseBlock): SignedData {
  const [type, wrapper] = parts(contentInfo);
  if (oid(type) !== SIGNED_DATA || !isTagged(wrapper, 0)) throw new RangeError('not SignedData');
  const [, , encapsulated, ...rest] = parts(parts(wrapper)[0]);
  const [contentType, content] = parts(encapsulated);
  const certificates = rest.find((node) => isTagged(node, 0));
  const signers = parts(rest.at(-1));
  const found = certificates === undefined ? [] : parts(certificates).map(rawOf);
  if (signers.length > MOST_SIGNERS || found.length > MOST_CERTIFICATES) throw new RangeError('too many signers');
  return {
    contentType: oid(contentType),
    enveloping: content !== undefined,
    certificates: found,
    signers: signers.map(readSigner),
  };
}

function readSigner(signerInfo: BaseBlock): CmsSigner {
  const [, sid, digest, ...rest] = parts(signerInfo);
  const attributes = isTagged(rest[0], 0) ? rest[0] : undefined;
  const [algorithm, signature] = attributes === undefined ? rest : rest.slice(1);
  if (!(signature instanceof OctetString)) throw new RangeError('no signature');
  return {
    ...readSignerIdentifier(sid),
    digestAlgorithm: oid(parts(digest)[0]),
    signatureAlgorithm: oid(parts(algorithm)[0]),
    signature: Buffer.from(signature.getValue()),
    ...(attributes && { attributes: readAttributes(attributes) }),
  };
}

function readSignerIdentifier(sid: BaseBlock | undefined): Pick<CmsSigner, 'issuer' | 'serial' | 'keyId'> {
  if (isTagged(sid, 0)) return { keyId: contentOf(sid!).toString('hex') };
  const [issuer, serial] = parts(sid);
  if (issuer === undefined || !(serial instanceof Integer)) throw new RangeError('no issuerAndSerialNumber');
  return { issuer: readName(rawOf(issuer)), serial: contentOf(serial).toString('hex') };
}

/** [0] IMPLICIT is hashed as SET OF: its first octet is replaced, its order and lengths are the signer's. */
function readAttributes(tagged: BaseBlock): SignedAttributes {
  const octets = Buffer.from(rawOf(tagged));
  octets[0] = 0x31;
  const values = new Map<string, readonly BaseBlock[]>();
  for (const attribute of parts(tagged)) {
    const [type, set] = parts(attribute);
    if (values.has(oid(type))) throw new RangeError('an attribute twice');
    values.set(oid(type), parts(set));
  }
  return { octets, values };
}

/** Dotted form; throws where the node is no OBJECT IDENTIFIER. */
export function oid(node: BaseBlock | undefined): string {
  if (!(node instanceof ObjectIdentifier)) throw new RangeError('no OBJECT IDENTIFIER');
  return node.valueBlock.toString();
}

function parts(node: BaseBlock | undefined): readonly BaseBlock[] {
  const inside = (node?.valueBlock as { value?: unknown } | undefined)?.value;
  if (!Array.isArray(inside)) throw new RangeError('not constructed');
  return inside as readonly BaseBlock[];
}

function isTagged(node: BaseBlock | undefined, tag: number): boolean {
  return node?.idBlock.tagClass === 3 && node.idBlock.tagNumber === tag;
}

function rawOf(node: BaseBlock): Buffer {
  return Buffer.from(node.valueBeforeDecodeView);
}

/** Octets behind tag and length, of a definite length. */
function contentOf(node: BaseBlock): Buffer {
  const raw = rawOf(node);
  return raw.subarray(raw.length - node.lenBlock.length);
}
