/** A document in the manner of SAML responses, signed by node:crypto over our canonical octets. */
import { createHash, type KeyObject, sign } from 'node:crypto';
import { DIGESTS, DSIG, ENVELOPED, EXC_C14N, SIGNATURES } from '../../src/signature/index.js';
import { canonicalize } from '../../src/xml/index.js';
import { parsed } from '../xml/parsed.js';

export interface SamlLikeChange {
  /** Instead of the transforms of the profile. */
  readonly transforms?: string;
  /** Inside exc-c14n of the reference. */
  readonly prefixList?: string;
  readonly info?: (info: string) => string;
}

export interface SamlLike {
  readonly document: string;
  readonly assertion: string;
  readonly signature: string;
}

export function samlLike(key: KeyObject, change: SamlLikeChange = {}): SamlLike {
  const { prefixList = '' } = change;
  const body =
    '<saml:Subject><saml:NameID>ivan@example</saml:NameID></saml:Subject><saml:Attribute type="xs:string">да</saml:Attribute>';
  const assertion = (inside: string) =>
    `<saml:Assertion xmlns:saml="urn:saml" ID="A1">${inside}${body}</saml:Assertion>`;
  const whole = (inside: string) =>
    `<samlp:Response xmlns:samlp="urn:samlp" xmlns:xs="urn:xs" ID="R1"><samlp:Status>ok</samlp:Status>${assertion(inside)}</samlp:Response>`;
  const bare = parsed(whole(''));
  const target = bare.children(bare.root)[1]!;
  const octets = canonicalize(bare, target, prefixList === '' ? {} : { inclusivePrefixes: ['xs'] });
  const digest = createHash('sha256').update(octets).digest('base64');
  const transforms =
    change.transforms ??
    `<ds:Transform Algorithm="${ENVELOPED}"/><ds:Transform Algorithm="${EXC_C14N}">${prefixList}</ds:Transform>`;
  const plain =
    `<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${EXC_C14N}"/><ds:SignatureMethod Algorithm="${SIGNATURES.rsaSha256}"/>` +
    `<ds:Reference URI="#A1"><ds:Transforms>${transforms}</ds:Transforms><ds:DigestMethod Algorithm="${DIGESTS.sha256}"/><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`;
  const info = change.info?.(plain) ?? plain;
  const open = `<ds:Signature xmlns:ds="${DSIG}">`;
  const tree = parsed(`${open}${info}</ds:Signature>`);
  const value = sign('sha256', canonicalize(tree, tree.children(tree.root)[0]!), key).toString('base64');
  const signature = `${open}${info}<ds:SignatureValue>${value}</ds:SignatureValue><ds:KeyInfo/></ds:Signature>`;
  return { document: whole(signature), assertion: assertion(signature), signature };
}
