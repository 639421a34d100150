import { type Fault, fault, type SignatureFaultDetail } from '../faults/index.js';
import { prefixListOf, type XmlElement, type XmlTree } from '../xml/index.js';
import { C14N, DSIG, EXC_C14N, SMEV_TRANSFORM } from './algorithms.js';
import { type SignatureProfile, SMEV_PROFILE } from './profile.js';

/** A ds:Signature whose structure fits the profile; nothing about it is verified yet. */
export interface ReadSignature {
  readonly element: XmlElement;
  readonly signedInfo: XmlElement;
  readonly signatureMethod: string;
  readonly digestMethod: string;
  readonly digestValue: Buffer;
  readonly signatureValue: Buffer;
  /** DER of the one certificate in KeyInfo: names the signer, its key is never used. Empty where the profile asks for none. */
  readonly certificate: Buffer;
  /** URIs of the Reference's transforms, in order. */
  readonly transforms: readonly string[];
  /** PrefixLists of the Reference's exc-c14n and of CanonicalizationMethod. */
  readonly prefixes: readonly string[];
  readonly signedInfoPrefixes: readonly string[];
  readonly profile: SignatureProfile;
}

/**
 * Reads the only ds:Signature of `block` and checks it against the profile (signatures.md): a single Reference to
 * `target`, whose Id no other element shares, by the transforms the profile names.
 */
export function readSignature(
  tree: XmlTree,
  block: XmlElement,
  target: XmlElement,
  profile: SignatureProfile = SMEV_PROFILE,
): ReadSignature | Fault {
  const inside = tree.children(block);
  const element = inside[0];
  if (element === undefined) return refuse('NoSignatureFound', 'Блок подписи пуст: в нём нет ds:Signature');
  if (inside.length > 1)
    return refuse('IncorrectSignatureTarget', 'В блоке подписи больше одного элемента: допустима одна ds:Signature');
  if (!is(tree, element, 'Signature'))
    return refuse('NoSignatureFound', `В блоке подписи стоит ${tree.qualifiedNameOf(element)}, а не ds:Signature`);
  return readSignatureElement(tree, element, target, profile);
}

/** The same for a ds:Signature already found: enveloped ones have no block of their own. */
export function readSignatureElement(
  tree: XmlTree,
  element: XmlElement,
  target: XmlElement,
  profile: SignatureProfile,
): ReadSignature | Fault {
  const invalid = (what: string) => unfit(profile, what);
  if (profile.enveloped && tree.parentOf(element) !== target)
    return refuse('IncorrectSignatureTarget', 'Подпись должна стоять непосредственно в подписанном элементе');
  const [signedInfo, value, keyInfo, ...rest] = tree.children(element);
  if (signedInfo === undefined || !is(tree, signedInfo, 'SignedInfo'))
    return invalid('первым в ds:Signature должен стоять SignedInfo');
  if (value === undefined || !is(tree, value, 'SignatureValue'))
    return invalid('после SignedInfo должен стоять SignatureValue');
  if (rest.length > 0) return invalid(`лишний элемент ${tree.qualifiedNameOf(rest[0]!)} в ds:Signature`);
  const certificate = readCertificate(tree, keyInfo, profile);
  if (!Buffer.isBuffer(certificate)) return certificate;
  const info = readSignedInfo(tree, signedInfo, target, profile);
  if ('fault' in info) return info;
  const signatureValue = base64(tree, value);
  if (signatureValue === undefined) return invalid('SignatureValue не является base64');
  return { element, signedInfo, signatureValue, certificate, profile, ...info };
}

type SignedInfoFields = Omit<ReadSignature, 'element' | 'signedInfo' | 'signatureValue' | 'certificate' | 'profile'>;

function readSignedInfo(
  tree: XmlTree,
  signedInfo: XmlElement,
  target: XmlElement,
  profile: SignatureProfile,
): SignedInfoFields | Fault {
  const invalid = (what: string) => unfit(profile, what);
  const [c14n, method, reference, ...rest] = tree.children(signedInfo);
  if (c14n === undefined || !is(tree, c14n, 'CanonicalizationMethod'))
    return invalid('первым в SignedInfo должен стоять CanonicalizationMethod');
  const signedInfoPrefixes = prefixesOf(tree, c14n, profile);
  if (
    !profile.canonicalizations.includes(tree.attribute(c14n, 'Algorithm') ?? '') ||
    signedInfoPrefixes === undefined
  ) {
    return invalid(`CanonicalizationMethod должен быть ${profile.canonicalizations.join(' или ')} без параметров`);
  }
  if (method === undefined || !is(tree, method, 'SignatureMethod'))
    return invalid('вторым в SignedInfo должен стоять SignatureMethod');
  if (tree.children(method).length > 0) return invalid('SignatureMethod не может иметь параметров');
  if (reference === undefined || !is(tree, reference, 'Reference'))
    return refuse(
      'IncorrectSignatureTarget',
      'В SignedInfo нет Reference: нужна одна, с URI="#Id" подписываемого элемента',
    );
  if (rest.length > 0)
    return refuse(
      'IncorrectSignatureTarget',
      `В SignedInfo допустима одна Reference, найдено элементов сверх неё: ${rest.length}`,
    );
  const wrong = judgeTarget(tree, reference, target, profile);
  if (wrong !== undefined) return refuse('IncorrectSignatureTarget', wrong);
  const read = readReference(tree, reference, profile);
  return 'fault' in read
    ? read
    : { signatureMethod: tree.attribute(method, 'Algorithm') ?? '', signedInfoPrefixes, ...read };
}

/** Transforms, DigestMethod, DigestValue: no more and in this order (XMLDSig §4.4.3). */
function readReference(
  tree: XmlTree,
  reference: XmlElement,
  profile: SignatureProfile,
): Omit<SignedInfoFields, 'signatureMethod' | 'signedInfoPrefixes'> | Fault {
  const invalid = (what: string) => unfit(profile, what);
  const [transforms, digestMethod, digestValue, ...more] = tree.children(reference);
  if (transforms === undefined || !is(tree, transforms, 'Transforms')) return invalid('в Reference нет Transforms');
  if (digestMethod === undefined || !is(tree, digestMethod, 'DigestMethod') || tree.children(digestMethod).length > 0)
    return invalid('после Transforms в Reference должен стоять DigestMethod без параметров');
  if (digestValue === undefined || !is(tree, digestValue, 'DigestValue') || more.length > 0)
    return invalid('Reference должна кончаться одним DigestValue');
  const read = readTransforms(tree, transforms, profile);
  if (typeof read === 'string') return invalid(read);
  const digest = base64(tree, digestValue);
  if (digest === undefined) return invalid('DigestValue не является base64');
  return { digestMethod: tree.attribute(digestMethod, 'Algorithm') ?? '', digestValue: digest, ...read };
}

/** The reference must name the element the operation signs, by an Id nothing else in the envelope bears. */
function judgeTarget(
  tree: XmlTree,
  reference: XmlElement,
  target: XmlElement,
  { idAttribute, wholeDocument }: SignatureProfile,
): string | undefined {
  const uri = tree.attribute(reference, 'URI');
  if (uri === '' && wholeDocument && target === tree.root) return undefined;
  const id = tree.attribute(target, idAttribute);
  const name = tree.qualifiedNameOf(target);
  if (id === undefined) return `У подписываемого элемента ${name} нет атрибута ${idAttribute}`;
  if (uri !== `#${id}`)
    return `Reference указывает на «${uri ?? ''}», а подписан должен быть ${name} (${idAttribute}=«${id}»)`;
  const bearers = tree.idOccurrences(id);
  if (bearers.length !== 1) {
    const others = bearers.filter((b) => b.element !== target).map((b) => tree.pathOf(b.element));
    return `Id «${id}» встречается в сообщении ${bearers.length} раза: ${others.slice(0, 3).join(', ')}`;
  }
  return undefined;
}

/** The Reference's transforms where the profile lists them, else what must stand there. */
function readTransforms(
  tree: XmlTree,
  transforms: XmlElement,
  profile: SignatureProfile,
): Pick<ReadSignature, 'transforms' | 'prefixes'> | string {
  const prefixes: string[] = [];
  const uris = tree.children(transforms).map((transform) => {
    const uri = is(tree, transform, 'Transform') ? tree.attribute(transform, 'Algorithm') : undefined;
    if (uri !== EXC_C14N && uri !== C14N) return tree.children(transform).length === 0 ? uri : undefined;
    const listed = prefixesOf(tree, transform, profile);
    prefixes.push(...(listed ?? []));
    return listed === undefined ? undefined : uri;
  });
  const fits = profile.transforms.some(
    (list) => list.length === uris.length && list.every((uri, i) => uris[i] === uri),
  );
  // The shortest list is the rule; what else is tolerated is not advertised.
  const wanted = profile.transforms.reduce((a, b) => (b.length < a.length ? b : a));
  if (!fits) return `преобразования должны быть ${wanted.join(', затем ')}, без параметров`;
  // What no transform has made octets is made such by Canonical XML (XMLDSig §4.4.3.2).
  const isMade = uris.some((uri) => uri === EXC_C14N || uri === C14N || uri === SMEV_TRANSFORM);
  return { transforms: uris as string[], prefixes: isMade ? prefixes : prefixListOf(tree) };
}

/** PrefixList of a c14n method, for the inclusive one all prefixes; undefined where it has parameters the profile does not admit. */
function prefixesOf(tree: XmlTree, method: XmlElement, { inclusivePrefixes }: SignatureProfile): string[] | undefined {
  const [parameter, ...rest] = tree.children(method);
  if (parameter === undefined) return tree.attribute(method, 'Algorithm') === C14N ? prefixListOf(tree) : [];
  const isList = tree.localNameOf(parameter) === 'InclusiveNamespaces' && tree.namespaceOf(parameter) === EXC_C14N;
  if (!inclusivePrefixes || rest.length > 0 || !isList) return undefined;
  return (tree.attribute(parameter, 'PrefixList') ?? '').split(/[\t\n\r ]+/).filter((prefix) => prefix !== '');
}

function readCertificate(
  tree: XmlTree,
  keyInfo: XmlElement | undefined,
  { certificate }: SignatureProfile,
): Buffer | Fault {
  const missing = refuse(
    'CertificateIsNotFound',
    'В подписи нет сертификата: ожидается KeyInfo/X509Data/X509Certificate',
  );
  if (keyInfo !== undefined && !is(tree, keyInfo, 'KeyInfo')) return missing;
  if (!certificate) return Buffer.alloc(0);
  if (keyInfo === undefined) return missing;
  const found = tree
    .children(keyInfo)
    .filter((e) => is(tree, e, 'X509Data'))
    .flatMap((e) => tree.children(e).filter((c) => is(tree, c, 'X509Certificate')));
  if (found.length === 0) return missing;
  if (found.length > 1) return refuse('CertificateIsNotFound', 'В KeyInfo должен быть ровно один X509Certificate');
  return base64(tree, found[0]!) ?? refuse('CertificateIsNotFound', 'X509Certificate не является base64');
}

/** Value of an element that holds base64 text and nothing else; a comment or child inside makes it unreadable. */
function base64(tree: XmlTree, element: XmlElement): Buffer | undefined {
  if (tree.hasComments(element)) return undefined;
  const text = tree.textOf(element)?.replace(/[\t\n\r ]+/g, '');
  if (text === undefined || text === '' || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text))
    return undefined;
  return Buffer.from(text, 'base64');
}

function is(tree: XmlTree, element: XmlElement, local: string): boolean {
  return tree.localNameOf(element) === local && tree.namespaceOf(element) === DSIG;
}

function refuse(detail: SignatureFaultDetail, description: string): Fault {
  return fault('SignatureVerificationFault', description, { signature: detail });
}

function unfit({ title }: SignatureProfile, what: string): Fault {
  return refuse('SignatureIsInvalid', `Подпись ${title} не соответствует профилю: ${what}`);
}
