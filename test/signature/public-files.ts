/**
 * Public signed files judged by our own verifier, under a profile set for them: enveloped, exclusive c14n, Id by the
 * file's own attribute. What is proven is only the element a signature stands in, never what else the file holds.
 */
import { createPublicKey, createVerify, hash, KeyObject, X509Certificate } from 'node:crypto';
import { createCryptoProvider } from '../../src/drivers/crypto-openssl/index.js';
import { isFault } from '../../src/faults/index.js';
import type { CryptoProvider } from '../../src/ports/index.js';
import {
  C14N,
  DIGESTS,
  DSIG,
  ENVELOPED,
  EXC_C14N,
  readSignatureElement,
  SIGNATURES,
  type SignatureProfile,
  verifySignature,
} from '../../src/signature/index.js';
import { isXmlProblem, parseXml, type XmlElement, type XmlTree } from '../../src/xml/index.js';

export const PUBLIC_PROFILE: SignatureProfile = {
  title: 'public',
  keyOf: 'of the file',
  idAttribute: 'ID',
  wholeDocument: true,
  enveloped: true,
  canonicalizations: [EXC_C14N, C14N],
  transforms: [[ENVELOPED, EXC_C14N], [ENVELOPED, C14N], [ENVELOPED]],
  inclusivePrefixes: true,
  digestMethods: Object.values(DIGESTS),
  signatureMethods: Object.values(SIGNATURES),
  certificate: false,
};

const SHA1 = ['http://www.w3.org/2000/09/xmldsig#sha1', 'http://www.w3.org/2001/04/xmlenc#sha1'];
const RSA_SHA1 = ['http://www.w3.org/2000/09/xmldsig#rsa-sha1', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha1'];

/** Most public files are of the days of SHA-1 and RSA-1024: with both let in, a refusal speaks of the attack itself. */
export const OLD_PROFILE: SignatureProfile = {
  ...PUBLIC_PROFILE,
  digestMethods: [...PUBLIC_PROFILE.digestMethods, ...SHA1],
  signatureMethods: [...PUBLIC_PROFILE.signatureMethods, ...RSA_SHA1],
};

export function oldProvider(): CryptoProvider {
  const today = createCryptoProvider();
  const verifyOld = (name: string, key: unknown, bytes: Uint8Array, signature: Uint8Array) =>
    key instanceof KeyObject &&
    key.asymmetricKeyType === 'rsa' &&
    createVerify(name).update(bytes).verify(key, signature);
  return {
    ...today,
    supportsDigest: (uri) => SHA1.includes(uri) || today.supportsDigest(uri),
    supportsSignature: (uri) => RSA_SHA1.includes(uri) || today.supportsSignature(uri),
    digest: (uri, bytes) => (SHA1.includes(uri) ? hash('sha1', bytes, 'buffer') : today.digest(uri, bytes)),
    verify: (uri, key, bytes, signature) => {
      if (RSA_SHA1.includes(uri)) return verifyOld('sha1', key, bytes, signature);
      const short = /#rsa-(sha\d+)$/.exec(uri)?.[1];
      return (
        today.verify(uri, key, bytes, signature) || (short !== undefined && verifyOld(short, key, bytes, signature))
      );
    },
  };
}

/** What a file's signatures prove: paths of elements; and why the others prove nothing. */
export interface Judged {
  readonly proven: readonly string[];
  readonly refused: readonly string[];
}

/** `key` is what a registry would hold; without it the file's own certificate or key value stands in for one. */
export function judgeFile(bytes: Buffer, profile: SignatureProfile, provider: CryptoProvider, key?: KeyObject): Judged {
  const tree = parseXml(bytes);
  if (isXmlProblem(tree)) return { proven: [], refused: [`xml: ${tree.problem}`] };
  const proven: string[] = [];
  const refused: string[] = [];
  for (const element of signaturesIn(tree)) {
    const target = tree.parentOf(element);
    const outcome = target === undefined ? 'enveloping' : judgeOne(tree, element, target, profile, provider, key);
    if (outcome === undefined) proven.push(tree.pathOf(target!).replaceAll(/\/[^/]*:/g, '/'));
    else refused.push(outcome);
  }
  if (proven.length + refused.length === 0) refused.push('no signature');
  return { proven, refused };
}

function judgeOne(
  tree: XmlTree,
  element: XmlElement,
  target: XmlElement,
  plain: SignatureProfile,
  provider: CryptoProvider,
  key: KeyObject | undefined,
): string | undefined {
  const idAttribute =
    ['ID', 'Id', 'AssertionID', 'ResponseID', 'id'].find((n) => tree.attribute(target, n) !== undefined) ?? 'ID';
  const read = readSignatureElement(tree, element, target, { ...plain, idAttribute });
  if (isFault(read)) return reasonOf(read.description);
  const known = key ?? keyIn(tree, element);
  if (known === undefined) return 'key: none';
  const proof = verifySignature(tree, target, read, known, provider);
  return isFault(proof) ? reasonOf(proof.description) : undefined;
}

/** Every ds:Signature, wherever it stands. */
function signaturesIn(tree: XmlTree): XmlElement[] {
  const found: XmlElement[] = [];
  const visit = (e: XmlElement) => {
    if (tree.localNameOf(e) === 'Signature' && tree.namespaceOf(e) === DSIG) found.push(e);
    for (const child of tree.children(e)) visit(child);
  };
  visit(tree.root);
  return found;
}

function keyIn(tree: XmlTree, signature: XmlElement): KeyObject | undefined {
  const texts: string[] = [];
  const visit = (e: XmlElement) => {
    if (tree.localNameOf(e) === 'X509Certificate') texts.push(tree.textOf(e) ?? '');
    for (const child of tree.children(e)) visit(child);
  };
  visit(signature);
  for (const text of texts) {
    try {
      return new X509Certificate(Buffer.from(text, 'base64')).publicKey;
    } catch {
      // Not a certificate: the next one may be.
    }
  }
  return undefined;
}

export function keyFromPem(pem: string): KeyObject {
  return createPublicKey(pem);
}

/** The part of a refusal's text that tells one reason from another. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/CanonicalizationMethod должен/, 'canonicalization'],
  [/первым в ds:Signature/, 'no SignedInfo first'],
  [/после SignedInfo/, 'several SignedInfo'],
  [/лишний элемент \S*Object/, 'ds:Object'],
  [/лишний элемент/, 'element too many'],
  [/SignatureMethod не может/, 'signature method parameters'],
  [/нет Transforms/, 'no transforms'],
  [/преобразования должны/, 'transforms'],
  [/допустима одна Reference/, 'several references'],
  [/DigestMethod без параметров/, 'digest method'],
  [/DigestValue не является/, 'digest is no base64'],
  [/SignatureValue не является/, 'value is no base64'],
  [/указывает на/, 'reference elsewhere'],
  [/нет атрибута/, 'no Id'],
  [/встречается в сообщении/, 'Id twice'],
  [/алгоритм хэша/, 'digest algorithm'],
  [/алгоритм подписи/, 'signature algorithm'],
  [/нет сертификата/, 'KeyInfo'],
  [/не совпадает с DigestValue/, 'digest'],
  [/не проходит проверку/, 'value'],
];

function reasonOf(description: string): string {
  return REASONS.find(([pattern]) => pattern.test(description))?.[1] ?? description;
}
