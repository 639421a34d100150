import type { CryptoProvider } from '../../ports/index.js';
import {
  canonicalize,
  isXmlProblem,
  prefixListOf,
  smevTransform,
  type XmlElement,
  type XmlTree,
} from '../../xml/index.js';
import { DIGESTS } from '../algorithms.js';
import type { ReadSignature } from '../read-signature.js';
import { type Mistake, type MistakeCode, mistake } from './mistakes.js';
import { closeEmpty, type TransformMistakes, variantTransform, withoutBlanks } from './variant-transform.js';

/** Elements besides the signed one whose digests are tried: those above it, then those below, nearest first. */
const MOST_ELEMENTS = 24;

interface Scene {
  readonly tree: XmlTree;
  readonly target: XmlElement;
  readonly signature: ReadSignature;
  readonly provider: CryptoProvider;
  readonly canonical: Buffer;
  readonly transformed: Buffer | undefined;
}

type Candidate = readonly [MistakeCode, string | Uint8Array];

/** The mistake that reproduces the sender's DigestValue; undefined where none does: the content differs from what was signed. */
export function explainDigest(scene: Scene): Mistake | undefined {
  const { signature, provider } = scene;
  const wrong = aboutTheValue(scene);
  if (wrong !== undefined) return mistake(wrong);
  for (const candidates of [ofWholeForms, ofTransform, ofOtherElements]) {
    for (const [code, octets] of candidates(scene)) {
      const digest = provider.digest(signature.digestMethod, typeof octets === 'string' ? Buffer.from(octets) : octets);
      if (digest.equals(signature.digestValue)) return mistake(code);
    }
  }
  return undefined;
}

/** The right octets, hashed or written down wrongly. */
function aboutTheValue({ signature, provider, canonical, transformed }: Scene): MistakeCode | undefined {
  const declared = signature.digestValue;
  const octets = transformed ?? canonical;
  const digest = provider.digest(signature.digestMethod, octets);
  if (Buffer.from(digest).reverse().equals(declared)) return 'digest-byte-order';
  if (declared.toString('latin1').toLowerCase() === digest.toString('hex')) return 'digest-in-hex';
  if (provider.digest(signature.digestMethod, digest).equals(declared)) return 'digest-of-digest';
  const others = Object.values(DIGESTS).filter((uri) => uri !== signature.digestMethod && provider.supportsDigest(uri));
  if (others.some((uri) => provider.digest(uri, octets).equals(declared))) return 'other-digest-method';
  return undefined;
}

function* ofWholeForms({ tree, target, canonical, transformed }: Scene): Generator<Candidate> {
  yield ['no-smev-transform', canonical];
  yield ['inclusive-c14n', canonicalize(tree, target, { inclusivePrefixes: prefixListOf(tree) })];
  yield ['reformatted', withoutBlanks(canonical.toString())];
  const sections = smevTransform(tree, target, { keepCdata: true });
  if (!isXmlProblem(sections)) yield ['transform-before-c14n', sections];
  if (transformed === undefined) return;
  const text = transformed.toString();
  yield ['empty-elements', closeEmpty(text)];
  for (const beginning of [
    '\ufeff',
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<?xml version="1.0" encoding="utf-8"?>',
  ]) {
    yield ['xml-declaration', beginning + text];
    yield ['xml-declaration', `${beginning}\n${text}`];
  }
}

const VARIANTS: readonly (readonly [MistakeCode, TransformMistakes])[] = [
  ['greater-sign', { greater: 'always' }],
  ['greater-sign', { greater: 'never' }],
  ['carriage-return', { carriageReturn: 'raw' }],
  ['carriage-return', { carriageReturn: 'dropped' }],
  ['divided-text', { dividesText: true }],
  ['divided-text', { dividesText: true, greater: 'always' }],
  ['greater-sign', { greater: 'always', carriageReturn: 'raw' }],
  ['greater-sign', { greater: 'always', carriageReturn: 'dropped' }],
  ['divided-text', { dividesText: true, greater: 'always', carriageReturn: 'raw' }],
  ['divided-text', { dividesText: true, greater: 'always', carriageReturn: 'dropped' }],
  ['kept-blanks', { keepsBlanks: true }],
  ['trimmed-texts', { trimsTexts: true }],
  ['attribute-order', { canonicalOrder: true }],
  ['first-prefix', { firstPrefix: 0 }],
];

function* ofTransform({ canonical, transformed, signature }: Scene): Generator<Candidate> {
  // Without the transform's own output its variants would be guesses about a message it refuses.
  if (transformed === undefined) return;
  const text = canonical.toString();
  for (const [code, mistakes] of VARIANTS) yield [code, variantTransform(text, mistakes)];
  yield ['id-added-later', variantTransform(text, { withoutRootAttribute: signature.profile.idAttribute })];
}

function* ofOtherElements({ tree, target }: Scene): Generator<Candidate> {
  const found: XmlElement[] = [];
  for (let e = tree.parentOf(target); e !== undefined; e = tree.parentOf(e)) found.push(e);
  const queue = tree.children(target);
  for (let e = queue.shift(); e !== undefined && found.length < MOST_ELEMENTS; e = queue.shift()) {
    found.push(e);
    queue.push(...tree.children(e));
  }
  for (const element of found.slice(0, MOST_ELEMENTS)) {
    const octets = smevTransform(tree, element);
    if (!isXmlProblem(octets)) yield ['another-element', octets];
    yield ['another-element', canonicalize(tree, element)];
  }
}
