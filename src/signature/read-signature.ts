import { type Fault, fault, type SignatureFaultDetail } from '../faults/index.js';
import type { XmlElement, XmlTree } from '../xml/index.js';
import { DSIG, ENVELOPED, EXC_C14N, SMEV_TRANSFORM } from './algorithms.js';

/** A ds:Signature whose structure fits the profile; nothing about it is verified yet. */
export interface ReadSignature {
  readonly element: XmlElement;
  readonly signedInfo: XmlElement;
  readonly signatureMethod: string;
  readonly digestMethod: string;
  readonly digestValue: Buffer;
  readonly signatureValue: Buffer;
  /** DER of the one certificate in KeyInfo: names the signer, its key is never used. */
  readonly certificate: Buffer;
  /** Whether the enveloped-signature transform stands first, as public .NET clients write it. */
  readonly enveloped: boolean;
}

/**
 * Reads the only ds:Signature of `block` and checks it against the profile (signatures.md): a single Reference to
 * `target`, whose Id no other element shares, by exc-c14n and the SMEV transform.
 */
export function readSignature(tree: XmlTree, block: XmlElement, target: XmlElement): ReadSignature | Fault {
  const inside = tree.children(block);
  const element = inside[0];
  if (element === undefined) return refuse('NoSignatureFound', 'Блок подписи пуст: в нём нет ds:Signature');
  if (inside.length > 1)
    return refuse('IncorrectSignatureTarget', 'В блоке подписи больше одного элемента: допустима одна ds:Signature');
  if (!is(tree, element, 'Signature'))
    return refuse('NoSignatureFound', `В блоке подписи стоит ${tree.qualifiedNameOf(element)}, а не ds:Signature`);
  const [signedInfo, value, keyInfo, ...rest] = tree.children(element);
  if (signedInfo === undefined || !is(tree, signedInfo, 'SignedInfo'))
    return invalid('первым в ds:Signature должен стоять SignedInfo');
  if (value === undefined || !is(tree, value, 'SignatureValue'))
    return invalid('после SignedInfo должен стоять SignatureValue');
  if (rest.length > 0) return invalid(`лишний элемент ${tree.qualifiedNameOf(rest[0]!)} в ds:Signature`);
  const certificate = readCertificate(tree, keyInfo);
  if (!Buffer.isBuffer(certificate)) return certificate;
  const info = readSignedInfo(tree, signedInfo, target);
  if ('fault' in info) return info;
  const signatureValue = base64(tree, value);
  if (signatureValue === undefined) return invalid('SignatureValue не является base64');
  return { element, signedInfo, signatureValue, certificate, ...info };
}

type SignedInfoFields = Pick<ReadSignature, 'signatureMethod' | 'digestMethod' | 'digestValue' | 'enveloped'>;

function readSignedInfo(tree: XmlTree, signedInfo: XmlElement, target: XmlElement): SignedInfoFields | Fault {
  const [c14n, method, reference, ...rest] = tree.children(signedInfo);
  if (c14n === undefined || !is(tree, c14n, 'CanonicalizationMethod'))
    return invalid('первым в SignedInfo должен стоять CanonicalizationMethod');
  if (tree.attribute(c14n, 'Algorithm') !== EXC_C14N || tree.children(c14n).length > 0) {
    return invalid(`CanonicalizationMethod должен быть ${EXC_C14N} без параметров`);
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
  const wrong = judgeTarget(tree, reference, target);
  if (wrong !== undefined) return refuse('IncorrectSignatureTarget', wrong);
  const [transforms, digestMethod, digestValue, ...more] = tree.children(reference);
  if (transforms === undefined || !is(tree, transforms, 'Transforms')) return invalid('в Reference нет Transforms');
  if (digestMethod === undefined || !is(tree, digestMethod, 'DigestMethod') || tree.children(digestMethod).length > 0)
    return invalid('после Transforms в Reference должен стоять DigestMethod без параметров');
  if (digestValue === undefined || !is(tree, digestValue, 'DigestValue') || more.length > 0)
    return invalid('Reference должна кончаться одним DigestValue');
  const enveloped = judgeTransforms(tree, transforms);
  if (typeof enveloped === 'string') return invalid(enveloped);
  const digest = base64(tree, digestValue);
  if (digest === undefined) return invalid('DigestValue не является base64');
  return {
    signatureMethod: tree.attribute(method, 'Algorithm') ?? '',
    digestMethod: tree.attribute(digestMethod, 'Algorithm') ?? '',
    digestValue: digest,
    enveloped,
  };
}

/** The reference must name the element the operation signs, by an Id nothing else in the envelope bears. */
function judgeTarget(tree: XmlTree, reference: XmlElement, target: XmlElement): string | undefined {
  const uri = tree.attribute(reference, 'URI');
  const id = tree.attribute(target, 'Id');
  const name = tree.qualifiedNameOf(target);
  if (id === undefined) return `У подписываемого элемента ${name} нет атрибута Id`;
  if (uri !== `#${id}`) return `Reference указывает на «${uri ?? ''}», а подписан должен быть ${name} (Id=«${id}»)`;
  const bearers = tree.idOccurrences(id);
  if (bearers.length !== 1) {
    const others = bearers.filter((b) => b.element !== target).map((b) => tree.pathOf(b.element));
    return `Id «${id}» встречается в сообщении ${bearers.length} раза: ${others.slice(0, 3).join(', ')}`;
  }
  return undefined;
}

/** exc-c14n, then the SMEV transform; enveloped-signature is tolerated in front. True when it stands there. */
function judgeTransforms(tree: XmlTree, transforms: XmlElement): boolean | string {
  const list = tree.children(transforms);
  const uris = list.map((t) =>
    is(tree, t, 'Transform') && tree.children(t).length === 0 ? tree.attribute(t, 'Algorithm') : undefined,
  );
  const enveloped = uris[0] === ENVELOPED;
  const [first, second, ...rest] = enveloped ? uris.slice(1) : uris;
  if (first === EXC_C14N && second === SMEV_TRANSFORM && rest.length === 0) return enveloped;
  return `преобразования должны быть ${EXC_C14N}, затем ${SMEV_TRANSFORM}, без параметров`;
}

function readCertificate(tree: XmlTree, keyInfo: XmlElement | undefined): Buffer | Fault {
  const missing = refuse(
    'CertificateIsNotFound',
    'В подписи нет сертификата: ожидается KeyInfo/X509Data/X509Certificate',
  );
  if (keyInfo === undefined || !is(tree, keyInfo, 'KeyInfo')) return missing;
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

function invalid(what: string): Fault {
  return refuse('SignatureIsInvalid', `Подпись ЭП-ОВ не соответствует профилю: ${what}`);
}
