import { X509Certificate } from 'node:crypto';
import type { CryptoProvider, SigningKey } from '../ports/index.js';
import { isXmlProblem, parseXml, smevTransform } from '../xml/index.js';
import { algorithmsOf, DSIG, EXC_C14N, SMEV_TRANSFORM } from './algorithms.js';
import { keyOfCertificate } from './certificate-keys.js';

/** A private key with the certificate that names it, and the algorithms it signs by. */
export interface Signer {
  readonly key: SigningKey;
  /** DER of the certificate, base64, as X509Certificate carries it. */
  readonly certificate: string;
  readonly signatureMethod: string;
  readonly digestMethod: string;
  readonly provider: CryptoProvider;
}

/** A signer from file keys, by the key's own algorithms unless told otherwise. Throws when the provider cannot use the key: a bug of configuration. */
export function signerFromPem(source: {
  certificatePem: string;
  privateKeyPem: string;
  provider: CryptoProvider;
  signatureMethod?: string;
  digestMethod?: string;
}): Signer {
  const key = source.provider.importPrivateKey(source.privateKeyPem);
  if (key === undefined) throw new Error('no cryptographic provider here can use this private key');
  const own = algorithmsOf(key.key);
  return {
    key,
    certificate: new X509Certificate(source.certificatePem).raw.toString('base64'),
    signatureMethod: source.signatureMethod ?? own.signatureMethod,
    digestMethod: source.digestMethod ?? own.digestMethod,
    provider: source.provider,
  };
}

/** A signer whose private key is elsewhere; its public key comes from the certificate. Throws when the provider cannot use that one. */
export function signerFromReference(source: {
  certificatePem: string;
  reference: string;
  provider: CryptoProvider;
}): Signer {
  const { raw } = new X509Certificate(source.certificatePem);
  const key = keyOfCertificate(raw, source.provider);
  if (key === undefined) throw new Error('no cryptographic provider here can use the key of this certificate');
  return {
    key: { key, reference: source.reference },
    certificate: raw.toString('base64'),
    ...algorithmsOf(key),
    provider: source.provider,
  };
}

/**
 * Signs `element` (XML text with its own namespace declarations, whose root bears `Id="id"`) and returns the ds:Signature
 * that belongs beside it. Throws when the element is not well-formed or cannot be transformed: our own text, so a bug.
 */
export async function signElement(element: string | Uint8Array, id: string, signer: Signer): Promise<string> {
  const tree = parseXml(typeof element === 'string' ? Buffer.from(element) : element);
  if (isXmlProblem(tree)) throw new Error(`the element to sign is not well-formed: ${tree.textEn}`);
  if (tree.attribute(tree.root, 'Id') !== id) throw new Error(`the element to sign does not bear Id="${id}"`);
  const transformed = smevTransform(tree, tree.root);
  if (isXmlProblem(transformed)) throw new Error(`the element to sign cannot be transformed: ${transformed.textEn}`);
  const digest = signer.provider.digest(signer.digestMethod, transformed).toString('base64');
  const inner =
    `<ds:CanonicalizationMethod Algorithm="${EXC_C14N}"></ds:CanonicalizationMethod>` +
    `<ds:SignatureMethod Algorithm="${signer.signatureMethod}"></ds:SignatureMethod>` +
    `<ds:Reference URI="#${id}"><ds:Transforms><ds:Transform Algorithm="${EXC_C14N}"></ds:Transform>` +
    `<ds:Transform Algorithm="${SMEV_TRANSFORM}"></ds:Transform></ds:Transforms>` +
    `<ds:DigestMethod Algorithm="${signer.digestMethod}"></ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference>`;
  // Canonical by construction: exc-c14n of this SignedInfo inside the ds:Signature below gives exactly these octets.
  const canonical = Buffer.from(`<ds:SignedInfo xmlns:ds="${DSIG}">${inner}</ds:SignedInfo>`);
  const value = (await signer.provider.sign(signer.signatureMethod, signer.key, canonical)).toString('base64');
  return (
    `<ds:Signature xmlns:ds="${DSIG}"><ds:SignedInfo>${inner}</ds:SignedInfo><ds:SignatureValue>${value}</ds:SignatureValue>` +
    `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${signer.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`
  );
}
