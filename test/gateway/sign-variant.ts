/** A caller's signature with one thing about it changed before it is signed: always consistent, so only the change can be refused. */
import { createHash, createHmac, type KeyObject, sign as signBytes } from 'node:crypto';
import { v1 as uuidv1 } from 'uuid';
import { operation, requestData, type WireBody } from '../../src/envelope/index.js';
import { DIGESTS, DSIG, EXC_C14N, SIGNATURES, SMEV_TRANSFORM } from '../../src/signature/index.js';
import { canonicalize, isXmlProblem, parseXml, smevTransform, type XmlTree } from '../../src/xml/index.js';
import type { Sender } from './sender.js';

export const ID = 'SIGNED_BY_CONSUMER';

export interface Variant {
  readonly c14n?: string;
  /** Content of CanonicalizationMethod and SignatureMethod. */
  readonly c14nContent?: string;
  readonly methodContent?: string;
  readonly signatureMethod?: string;
  readonly digestMethod?: string;
  /** Transform elements, as they are. */
  readonly transforms?: string;
  readonly uri?: string;
  /** Hash and padding node:crypto signs with, where signatureMethod is none of ours. */
  readonly hash?: string;
  readonly hmacKey?: Buffer;
  readonly key?: KeyObject;
  readonly digestValue?: (value: string) => string;
  readonly reference?: (reference: string) => string;
  readonly signedInfo?: (info: string) => string;
  /** The finished ds:Signature: what the signature itself does not cover. */
  readonly signature?: (signature: string) => string;
  readonly keyInfo?: string;
  /** The element as it is sent, where that is not the signed one. */
  readonly sent?: (element: string) => string;
}

export const transform = (algorithm: string, content = ''): string =>
  `<ds:Transform Algorithm="${algorithm}">${content}</ds:Transform>`;

/** SendRequest of `content`, signed by the sender's key with the variant's change. */
export function requestVariant(
  sender: Sender,
  content: string,
  variant: Variant = {},
): WireBody & { messageId: string } {
  const messageId = uuidv1();
  const signed = requestData('1.2', { messageId, content }, ID);
  const signature = signVariant(signed, sender, variant);
  return { ...operation('1.2', 'SendRequest', { signed: variant.sent?.(signed) ?? signed, signature }), messageId };
}

export function signVariant(signed: string, { signer }: Sender, variant: Variant): string {
  const tree = treeOf(signed);
  const octets = smevTransform(tree, tree.root);
  if (isXmlProblem(octets)) throw new Error(octets.textEn);
  const digestMethod = variant.digestMethod ?? DIGESTS.sha256;
  const digest = createHash(digestMethod.endsWith('sha1') ? 'sha1' : 'sha256')
    .update(octets)
    .digest('base64');
  const transforms = variant.transforms ?? transform(EXC_C14N) + transform(SMEV_TRANSFORM);
  const reference =
    `<ds:Reference URI="${variant.uri ?? `#${ID}`}"><ds:Transforms>${transforms}</ds:Transforms>` +
    `<ds:DigestMethod Algorithm="${digestMethod}"/><ds:DigestValue>${variant.digestValue?.(digest) ?? digest}</ds:DigestValue></ds:Reference>`;
  const method = variant.signatureMethod ?? signer.signatureMethod;
  const info =
    `<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${variant.c14n ?? EXC_C14N}">${variant.c14nContent ?? ''}</ds:CanonicalizationMethod>` +
    `<ds:SignatureMethod Algorithm="${method}">${variant.methodContent ?? ''}</ds:SignatureMethod>${variant.reference?.(reference) ?? reference}</ds:SignedInfo>`;
  const signedInfo = variant.signedInfo?.(info) ?? info;
  // Development keys lie in files: they are node:crypto's own.
  const value = signatureValue(
    canonicalInfo(signedInfo),
    method,
    variant.key ?? (signer.key.key as KeyObject),
    variant,
  );
  const keyInfo = variant.keyInfo ?? keyInfoOf(signer.certificate);
  const whole = `<ds:Signature xmlns:ds="${DSIG}">${signedInfo}<ds:SignatureValue>${value}</ds:SignatureValue>${keyInfo}</ds:Signature>`;
  return variant.signature?.(whole) ?? whole;
}

export function keyInfoOf(certificate: string): string {
  return `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`;
}

function signatureValue(info: Buffer, method: string, key: KeyObject, { hash = 'sha256', hmacKey }: Variant): string {
  if (hmacKey !== undefined) return createHmac(hash, hmacKey).update(info).digest('base64');
  const encoding = method === SIGNATURES.ecdsaSha256 ? { dsaEncoding: 'ieee-p1363' as const } : {};
  return signBytes(hash, info, { key, ...encoding }).toString('base64');
}

/** exc-c14n of the first SignedInfo where it will stand. */
function canonicalInfo(signedInfo: string): Buffer {
  const tree = treeOf(`<ds:Signature xmlns:ds="${DSIG}">${signedInfo}</ds:Signature>`);
  return canonicalize(tree, tree.children(tree.root)[0]!);
}

function treeOf(text: string): XmlTree {
  const tree = parseXml(Buffer.from(text));
  if (isXmlProblem(tree)) throw new Error(`${tree.textEn}: ${text.slice(0, 500)}`);
  return tree;
}
