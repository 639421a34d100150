/**
 * Reads the signatures of xmlsec1's own test files, which no profile of ours admits (enveloping, or an XPath that says the
 * same as enveloped-signature), into what verifySignature takes: so its arithmetic is judged by files of others.
 */
import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { VerificationKey } from '../../src/ports/index.js';
import { C14N, DSIG, ENVELOPED, EXC_C14N, type ReadSignature } from '../../src/signature/index.js';
import { prefixListOf, type XmlElement, type XmlTree } from '../../src/xml/index.js';
import { PUBLIC_PROFILE } from './public-files.js';

const XPATH = 'http://www.w3.org/TR/1999/REC-xpath-19991116';
const NOT_SIGNATURE = 'not(ancestor-or-self::dsig:Signature)';
const DSIG11 = 'http://www.w3.org/2009/xmldsig11#';
const CURVES: Readonly<Record<string, string>> = {
  'urn:oid:1.2.840.10045.3.1.7': 'P-256',
  'urn:oid:1.3.132.0.34': 'P-384',
};

export interface Loose {
  readonly target: XmlElement;
  readonly signature: ReadSignature;
  readonly key: VerificationKey | undefined;
}

/** Undefined where the file needs what nothing here does: another transform, several references, an outside document. */
export function readLoosely(tree: XmlTree): Loose | undefined {
  const find = (local: string, namespace = DSIG) =>
    findIn(tree, tree.root, (e) => tree.localNameOf(e) === local && tree.namespaceOf(e) === namespace);
  const element = find('Signature');
  const signedInfo = find('SignedInfo');
  const references =
    signedInfo === undefined ? [] : tree.children(signedInfo).filter((e) => tree.localNameOf(e) === 'Reference');
  const [reference] = references;
  if (element === undefined || signedInfo === undefined || reference === undefined || references.length > 1)
    return undefined;
  const uri = tree.attribute(reference, 'URI');
  const target =
    uri === '' ? tree.root : findIn(tree, tree.root, (e) => uri !== undefined && `#${tree.attribute(e, 'Id')}` === uri);
  const algorithm = (local: string) =>
    tree.attribute(findIn(tree, signedInfo, (e) => tree.localNameOf(e) === local) ?? signedInfo, 'Algorithm') ?? '';
  const c14n = algorithm('CanonicalizationMethod');
  const transforms = transformsOf(tree, reference);
  if (target === undefined || transforms === undefined || (c14n !== C14N && c14n !== EXC_C14N)) return undefined;
  const all = prefixListOf(tree);
  const bytes = (local: string) => Buffer.from(tree.textOf(find(local)!) ?? '', 'base64');
  return {
    target,
    key: keyOf(tree, element),
    signature: {
      element,
      signedInfo,
      signatureMethod: algorithm('SignatureMethod'),
      digestMethod: algorithm('DigestMethod'),
      digestValue: bytes('DigestValue'),
      signatureValue: bytes('SignatureValue'),
      certificate: Buffer.alloc(0),
      transforms,
      prefixes: transforms.includes(EXC_C14N) ? [] : all,
      signedInfoPrefixes: c14n === C14N ? all : [],
      profile: { ...PUBLIC_PROFILE, enveloped: transforms.includes(ENVELOPED) },
    },
  };
}

function transformsOf(tree: XmlTree, reference: XmlElement): string[] | undefined {
  const list = tree.children(reference).find((e) => tree.localNameOf(e) === 'Transforms');
  const uris: string[] = [];
  for (const transform of list === undefined ? [] : tree.children(list)) {
    const uri = tree.attribute(transform, 'Algorithm') ?? '';
    const [parameter] = tree.children(transform);
    if (uri === XPATH && parameter !== undefined && tree.textOf(parameter)?.trim() === NOT_SIGNATURE) continue;
    if ((uri !== ENVELOPED && uri !== EXC_C14N && uri !== C14N) || parameter !== undefined) return undefined;
    uris.push(uri);
  }
  return uris;
}

/** From X509Certificate, DEREncodedKeyValue, ECKeyValue or RSAKeyValue. */
function keyOf(tree: XmlTree, signature: XmlElement): KeyObject | undefined {
  const text = (local: string) => {
    const found = findIn(tree, signature, (e) => tree.localNameOf(e) === local);
    return found === undefined ? undefined : tree.textOf(found)?.replace(/\s+/g, '');
  };
  const base64url = (value: string) => Buffer.from(value, 'base64').toString('base64url');
  try {
    const der = text('DEREncodedKeyValue');
    if (der !== undefined) return createPublicKey({ key: Buffer.from(der, 'base64'), format: 'der', type: 'spki' });
    const [n, e] = [text('Modulus'), text('Exponent')];
    if (n !== undefined && e !== undefined)
      return createPublicKey({ key: { kty: 'RSA', n: base64url(n), e: base64url(e) }, format: 'jwk' });
    const curve = findIn(
      tree,
      signature,
      (x) => tree.localNameOf(x) === 'NamedCurve' && tree.namespaceOf(x) === DSIG11,
    );
    const point = Buffer.from(text('PublicKey') ?? '', 'base64');
    const crv = curve === undefined ? undefined : CURVES[tree.attribute(curve, 'URI') ?? ''];
    if (crv !== undefined && point[0] === 4) {
      const half = (point.length - 1) / 2;
      const [x, y] = [point.subarray(1, half + 1), point.subarray(half + 1)].map((b) => b.toString('base64url'));
      return createPublicKey({ key: { kty: 'EC', crv, x: x!, y: y! }, format: 'jwk' });
    }
    const certificate = text('X509Certificate');
    return certificate === undefined ? undefined : new X509Certificate(Buffer.from(certificate, 'base64')).publicKey;
  } catch {
    return undefined;
  }
}

function findIn(tree: XmlTree, from: XmlElement, is: (e: XmlElement) => boolean): XmlElement | undefined {
  if (is(from)) return from;
  for (const child of tree.children(from)) {
    const found = findIn(tree, child, is);
    if (found !== undefined) return found;
  }
  return undefined;
}
