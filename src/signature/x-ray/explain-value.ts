import type { CryptoProvider, VerificationKey } from '../../ports/index.js';
import { canonicalize, isXmlProblem, prefixListOf, smevTransform, type XmlTree } from '../../xml/index.js';
import { DIGESTS, SIGNATURES } from '../algorithms.js';
import type { ReadSignature } from '../read-signature.js';
import { type Mistake, type MistakeCode, mistake } from './mistakes.js';
import { closeEmpty, withoutBlanks } from './variant-transform.js';

interface Scene {
  readonly tree: XmlTree;
  readonly signature: ReadSignature;
  readonly key: VerificationKey;
  readonly provider: CryptoProvider;
  readonly signedInfo: Buffer;
  readonly canonical: Buffer;
  readonly transformed: Buffer;
}

/** The mistake under which the value verifies; undefined where none: SignedInfo was changed, or another key signed. */
export function explainValue(scene: Scene): Mistake | undefined {
  const { signature, key, provider, signedInfo } = scene;
  const { signatureMethod, signatureValue } = signature;
  const verifies = (octets: string | Uint8Array, value = signatureValue, method = signatureMethod) =>
    provider.verify(method, key, typeof octets === 'string' ? Buffer.from(octets) : octets, value);
  for (const [code, octets] of otherOctets(scene)) if (verifies(octets)) return mistake(code);
  const raw = rawOfDer(signatureValue);
  if (raw.some((value) => verifies(signedInfo, value))) return mistake('value-der');
  if (rearranged(signatureValue).some((value) => verifies(signedInfo, value))) return mistake('value-byte-order');
  const others = Object.values(SIGNATURES).filter((uri) => uri !== signatureMethod && provider.supportsSignature(uri));
  if (others.some((uri) => verifies(signedInfo, signatureValue, uri))) return mistake('other-signature-method');
  return undefined;
}

function* otherOctets({
  tree,
  signature,
  provider,
  signedInfo,
  canonical,
  transformed,
}: Scene): Generator<readonly [MistakeCode, string | Uint8Array]> {
  const text = signedInfo.toString();
  const compact = withoutBlanks(text);
  yield ['signed-info-reformatted', compact];
  yield ['signed-info-c14n', canonicalize(tree, signature.signedInfo, { inclusivePrefixes: prefixListOf(tree) })];
  for (const form of [text, compact]) {
    const bare = form.replace(/^(<[^\s>]+) xmlns(?::[^=]+)?="[^"]*"/, '$1');
    for (const written of [bare, closeEmpty(form), closeEmpty(bare)]) yield ['signed-info-c14n', written];
  }
  const changed = smevTransform(tree, signature.signedInfo);
  if (!isXmlProblem(changed)) yield ['signed-info-transformed', changed];
  yield ['signed-element', transformed];
  yield ['signed-element', canonical];
  for (const uri of Object.values(DIGESTS)) {
    if (provider.supportsDigest(uri)) yield ['signed-digest', provider.digest(uri, signedInfo)];
  }
}

/** r‖s of an ECDSA value in DER (SEQUENCE of two INTEGERs), for the lengths P-256 and P-384 have. */
function rawOfDer(value: Buffer): Buffer[] {
  if (value[0] !== 0x30 || value[1] !== value.length - 2 || value[2] !== 0x02) return [];
  const lengthOfR = value[3] ?? 0;
  const s = 4 + lengthOfR;
  if (value[s] !== 0x02 || s + 2 + (value[s + 1] ?? 0) !== value.length) return [];
  const integers = [value.subarray(4, s), value.subarray(s + 2)].map((i) => (i[0] === 0 ? i.subarray(1) : i));
  return [32, 48]
    .filter((size) => integers.every((i) => i.length <= size))
    .map((size) => Buffer.concat(integers.map((i) => Buffer.concat([Buffer.alloc(size - i.length), i]))));
}

/** The ways other libraries write two numbers. */
function rearranged(value: Buffer): Buffer[] {
  const half = value.length / 2;
  if (!Number.isInteger(half)) return [];
  const [a, b] = [value.subarray(0, half), value.subarray(half)];
  const reversed = (octets: Buffer) => Buffer.from(octets).reverse();
  return [reversed(value), Buffer.concat([b, a]), Buffer.concat([reversed(a), reversed(b)])];
}
