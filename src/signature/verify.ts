import type { KeyObject } from 'node:crypto';
import { type Fault, fault } from '../faults/index.js';
import type { CryptoProvider } from '../ports/index.js';
import { canonicalize, isXmlProblem, smevTransform, type XmlElement, type XmlTree } from '../xml/index.js';
import type { ReadSignature } from './read-signature.js';

/** What verification proved: these octets, and nothing else of the envelope, were signed by the registered key. */
export interface VerifiedSignature {
  /** exc-c14n octets of the signed element, the input of the SMEV transform. */
  readonly octets: Buffer;
  /** exc-c14n octets of the ds:Signature, handed to the recipient unchanged. */
  readonly signature: Buffer;
  readonly digestValue: Buffer;
}

/**
 * Digest first, then value, as the order of signatures.md has it. `key` comes from the registry, never from KeyInfo.
 * The provider refuses an algorithm whose key type or size does not fit.
 */
export function verifySignature(
  tree: XmlTree,
  target: XmlElement,
  signature: ReadSignature,
  key: KeyObject,
  provider: CryptoProvider,
): VerifiedSignature | Fault {
  if (!provider.supportsDigest(signature.digestMethod))
    return invalid(`алгоритм хэша «${signature.digestMethod}» не допускается`);
  if (!provider.supportsSignature(signature.signatureMethod))
    return invalid(`алгоритм подписи «${signature.signatureMethod}» не допускается`);
  const transformed = smevTransform(tree, target);
  if (isXmlProblem(transformed)) return invalid(`преобразование СМЭВ невозможно: ${transformed.text}`);
  const digest = provider.digest(signature.digestMethod, transformed);
  if (!digest.equals(signature.digestValue)) {
    return invalid(
      `хэш элемента ${tree.qualifiedNameOf(target)} не совпадает с DigestValue: вычислен ${digest.toString('base64')}, указан ${signature.digestValue.toString('base64')}. Содержимое изменено после подписания или преобразовано иначе`,
    );
  }
  const signedInfo = canonicalize(tree, signature.signedInfo);
  if (!provider.verify(signature.signatureMethod, key, signedInfo, signature.signatureValue)) {
    return invalid(
      'хэш верен, но SignatureValue не проходит проверку ключом зарегистрированного сертификата: SignedInfo изменён после подписания или подписан другим ключом',
    );
  }
  return { octets: canonicalize(tree, target), signature: canonicalize(tree, signature.element), digestValue: digest };
}

function invalid(what: string): Fault {
  return fault('SignatureVerificationFault', `Подпись ЭП-ОВ неверна: ${what}`, { signature: 'SignatureIsInvalid' });
}
