import { type Fault, isFault } from '../../faults/index.js';
import type { CryptoProvider, VerificationKey } from '../../ports/index.js';
import { canonicalize, isXmlProblem, smevTransform, type XmlElement, type XmlTree } from '../../xml/index.js';
import { SMEV_TRANSFORM } from '../algorithms.js';
import { keyOfCertificate } from '../certificate-keys.js';
import { fingerprintOf } from '../certificates.js';
import { type SignatureProfile, SMEV_PROFILE } from '../profile.js';
import { type ReadSignature, readSignature } from '../read-signature.js';
import { isUnreadable, readCertificate, type TrustVerdict } from '../trust/index.js';
import { octetsOf, signedInfoOctets, verifySignature } from '../verify.js';
import { cut, departureOf } from './departure.js';
import { explainDigest } from './explain-digest.js';
import { explainValue } from './explain-value.js';
import type { Seen, Shown, ShownCertificate, XRay } from './film.js';
import type { Mistake } from './mistakes.js';
import { wordsOf } from './words.js';

export interface XRayQuestion {
  readonly provider: CryptoProvider;
  /** When the message came, ms since 1970. */
  readonly at: number;
  readonly profile?: SignatureProfile;
  /** Key of the registered certificate; without it the one in the message is used, and said to be. */
  readonly registeredKey?: VerificationKey;
  /** What the sender's own program hashed: its canonical or its transformed form. */
  readonly senderCanonical?: Uint8Array;
  readonly trust?: TrustVerdict;
  /** The time the message itself names, ms since 1970. */
  readonly sentAt?: number;
}

/** Bytes of one form that are shown. */
const MOST_SHOWN = 65_536;
/** Larger elements are not searched for mistakes: each guess costs a digest. */
const MOST_SEARCHED = 131_072;

/** Looks at the signature in `block` over `target` from every side. Pure; decides nothing: verifySignature does. */
export function xRay(tree: XmlTree, target: XmlElement, block: XmlElement, question: XRayQuestion): XRay {
  const signature = readSignature(tree, block, target, question.profile ?? SMEV_PROFILE);
  const seen = isFault(signature)
    ? seenWithout(tree, target, signature, question)
    : seenOf(tree, target, signature, question);
  const { at, sentAt, trust } = question;
  return {
    element: tree.pathOf(target),
    ...seen,
    verdict: wordsOf(seen, { ...(trust && { trust }), ...(sentAt !== undefined && { ahead: sentAt - at }) }),
    ...(trust && { path: trust.path, trustProblems: trust.problems }),
    clock: {
      gateway: new Date(at).toISOString(),
      ...(sentAt !== undefined && { message: new Date(sentAt).toISOString(), difference: sentAt - at }),
    },
  };
}

function seenWithout(tree: XmlTree, target: XmlElement, fault: Fault, { senderCanonical }: XRayQuestion): Seen {
  const canonical = canonicalize(tree, target);
  const transformed = smevTransform(tree, target);
  const octets = isXmlProblem(transformed) ? undefined : transformed;
  const departure = senderCanonical && departureOf(senderCanonical, canonical, octets);
  return {
    structure: fault.description,
    canonical: shown(canonical),
    ...(octets && { transformed: shown(octets) }),
    ...(departure && { departure }),
  };
}

function seenOf(tree: XmlTree, target: XmlElement, signature: ReadSignature, question: XRayQuestion): Seen {
  const { provider, senderCanonical, registeredKey } = question;
  const { signatureMethod, digestMethod, transforms, digestValue } = signature;
  const key = registeredKey ?? keyOfCertificate(signature.certificate, provider);
  const proof = verifySignature(tree, target, signature, key, provider);
  const canonical = octetsOf(tree, target, signature);
  const output = transforms.includes(SMEV_TRANSFORM) ? smevTransform(tree, target) : canonical;
  const transformed = isXmlProblem(output) ? undefined : output;
  const signedInfo = signedInfoOctets(tree, signature);
  const digest = transformed && digestOf(transformed, signature, provider);
  const matches = digest?.equals(digestValue) === true;
  const able = key !== undefined && usable(signature, provider);
  const verifies = able && provider.verify(signatureMethod, key, signedInfo, signature.signatureValue);
  const departure = senderCanonical && departureOf(senderCanonical, canonical, transformed);
  const scene = { tree, target, signature, provider, canonical, transformed };
  const mistake = isFault(proof) ? mistakeIn({ ...scene, signedInfo, key }, digest, matches) : undefined;
  const certificate = shownCertificate(signature.certificate);
  return {
    algorithms: { signature: signatureMethod, digest: digestMethod, transforms },
    canonical: shown(canonical),
    ...(transformed && { transformed: shown(transformed) }),
    ...(digest && {
      digest: { computed: digest.toString('base64'), declared: digestValue.toString('base64'), matches },
    }),
    signedInfo: shown(signedInfo),
    value: { verifies, key: !able ? 'unusable' : registeredKey === undefined ? 'message' : 'registered' },
    ...(certificate && { certificate }),
    ...(mistake && { mistake }),
    ...(departure && { departure }),
    ...(isFault(proof) && { refusal: proof.description }),
  };
}

function mistakeIn(
  scene: Parameters<typeof explainDigest>[0] & { signedInfo: Buffer; key: VerificationKey | undefined },
  digest: Buffer | undefined,
  matches: boolean,
): Mistake | undefined {
  const { signature, provider, canonical, transformed, key } = scene;
  if (digest === undefined || transformed === undefined) return undefined;
  if (!usable(signature, provider) || canonical.length > MOST_SEARCHED) return undefined;
  if (!matches) return explainDigest(scene);
  return key === undefined ? undefined : explainValue({ ...scene, key, transformed });
}

/** The profile names the algorithms, this process has them. */
function usable({ profile, signatureMethod, digestMethod }: ReadSignature, provider: CryptoProvider): boolean {
  return (
    profile.signatureMethods.includes(signatureMethod) &&
    profile.digestMethods.includes(digestMethod) &&
    provider.supportsSignature(signatureMethod) &&
    provider.supportsDigest(digestMethod)
  );
}

function digestOf(octets: Buffer, { digestMethod, profile }: ReadSignature, provider: CryptoProvider) {
  const allowed = profile.digestMethods.includes(digestMethod) && provider.supportsDigest(digestMethod);
  return allowed ? provider.digest(digestMethod, octets) : undefined;
}

function shown(octets: Buffer): Shown {
  const complete = octets.length <= MOST_SHOWN;
  return { text: complete ? octets.toString() : cut(octets, 0, MOST_SHOWN), bytes: octets.length, complete };
}

function shownCertificate(der: Buffer): ShownCertificate | undefined {
  const certificate = readCertificate(der);
  if (isUnreadable(certificate)) return undefined;
  const { subject, issuer, serial, notBefore, notAfter } = certificate;
  return {
    subject: subject.text,
    issuer: issuer.text,
    serial,
    notBefore: new Date(notBefore).toISOString(),
    notAfter: new Date(notAfter).toISOString(),
    fingerprint: fingerprintOf(der),
  };
}
