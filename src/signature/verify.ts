import { type Fault, fault } from '../faults/index.js';
import type { CryptoProvider, VerificationKey } from '../ports/index.js';
import { canonicalize, isXmlProblem, smevTransform, type XmlElement, type XmlTree } from '../xml/index.js';
import { DIGESTS, isGost, SMEV_TRANSFORM } from './algorithms.js';
import type { SignatureProfile } from './profile.js';
import type { ReadSignature } from './read-signature.js';

/** What verification proved: the target, and nothing else of the envelope, was signed by the registered key. */
export interface VerifiedSignature {
  /** exc-c14n octets of the ds:Signature, handed to the recipient unchanged. */
  readonly signature: Buffer;
  readonly digestValue: Buffer;
}

/**
 * Digest first, then value, as the order of signatures.md has it. `key` comes from the registry, never from KeyInfo.
 * The provider refuses an algorithm whose key type or size does not fit; a key that no provider here can use is undefined.
 */
export function verifySignature(
  tree: XmlTree,
  target: XmlElement,
  signature: ReadSignature,
  key: VerificationKey | undefined,
  provider: CryptoProvider,
): VerifiedSignature | Fault {
  const invalid = (what: string) => wrong(signature.profile, what);
  const unusable = judgeAlgorithms(signature, key, provider);
  if (unusable !== undefined) return invalid(unusable);
  const transformed = signature.transforms.includes(SMEV_TRANSFORM)
    ? smevTransform(tree, target, excluded(signature))
    : octetsOf(tree, target, signature);
  if (isXmlProblem(transformed)) return invalid(`преобразование СМЭВ невозможно: ${transformed.text}`);
  const digest = provider.digest(signature.digestMethod, transformed);
  if (!digest.equals(signature.digestValue)) {
    return invalid(
      `хэш элемента ${tree.qualifiedNameOf(target)} не совпадает с DigestValue: вычислен ${digest.toString('base64')}, указан ${signature.digestValue.toString('base64')}. Содержимое изменено после подписания или преобразовано иначе`,
    );
  }
  const signedInfo = signedInfoOctets(tree, signature);
  if (key === undefined || !provider.verify(signature.signatureMethod, key, signedInfo, signature.signatureValue)) {
    return invalid(
      `хэш верен, но SignatureValue не проходит проверку ключом ${signature.profile.keyOf}: SignedInfo изменён после подписания или подписан другим ключом`,
    );
  }
  return { signature: canonicalize(tree, signature.element), digestValue: digest };
}

/** Canonical octets of the signed element, without the signature where the profile has it inside. */
export function octetsOf(tree: XmlTree, target: XmlElement, signature: ReadSignature): Buffer {
  const { prefixes } = signature;
  return canonicalize(tree, target, {
    ...excluded(signature),
    ...(prefixes.length > 0 && { inclusivePrefixes: prefixes }),
  });
}

/** The octets the signature value is over. */
export function signedInfoOctets(tree: XmlTree, { signedInfo, signedInfoPrefixes }: ReadSignature): Buffer {
  return canonicalize(tree, signedInfo, {
    ...(signedInfoPrefixes.length > 0 && { inclusivePrefixes: signedInfoPrefixes }),
  });
}

function excluded({ profile, element }: ReadSignature): { exclude?: XmlElement } {
  return profile.enveloped ? { exclude: element } : {};
}

/** An algorithm outside the profile is the sender's mistake; GOST without a provider is this machine's, and said so. */
function judgeAlgorithms(
  { digestMethod, signatureMethod, profile }: ReadSignature,
  key: VerificationKey | undefined,
  provider: CryptoProvider,
): string | undefined {
  const gostDigest = digestMethod === DIGESTS.gost256 || digestMethod === DIGESTS.gost512;
  const noDigest = !profile.digestMethods.includes(digestMethod) || !provider.supportsDigest(digestMethod);
  const noSignature =
    !profile.signatureMethods.includes(signatureMethod) || !provider.supportsSignature(signatureMethod);
  if ((noDigest && gostDigest) || (noSignature && isGost(signatureMethod)))
    return 'этот шлюз запущен без криптопровайдера ГОСТ и не может её проверить. Сообщите оператору шлюза или подпишите ключом RSA или ECDSA';
  if (noDigest) return `алгоритм хэша «${digestMethod}» не допускается`;
  if (noSignature) return `алгоритм подписи «${signatureMethod}» не допускается`;
  if (key === undefined) return `ключ ${profile.keyOf} не поддерживается ни одним криптопровайдером шлюза`;
  return undefined;
}

function wrong({ title }: SignatureProfile, what: string): Fault {
  return fault('SignatureVerificationFault', `Подпись ${title} неверна: ${what}`, { signature: 'SignatureIsInvalid' });
}
