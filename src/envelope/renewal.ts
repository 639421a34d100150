import { type Fault, fault } from '../faults/index.js';
import { escapeAttribute, escapeText, isXmlProblem, parseXml, type XmlElement, type XmlTree } from '../xml/index.js';
import { readDateTime } from './schema/lexical.js';

/**
 * A participant's wish to be known by another certificate as well: our own document, as SMEV has none. One element is signed
 * twice in the profile of SMEV messages, by the key that is registered and by the new one, so that both are proven.
 */
export const RENEWAL_NAMESPACE = 'urn://smev-gateway/renewal/1.0';

const ROOT = 'CertificateRenewalRequest';
const SIGNED = 'CertificateRenewal';
const CURRENT = 'CurrentSignature';
const NEW = 'NewSignature';
/** A document of a certificate and two signatures stays far below. */
const LIMITS = { bytes: 64 * 1024, depth: 16, nodes: 2_000, attributesInAll: 500 };

/** The element to sign, with its own namespace declaration; `certificate` is the new one's DER in base64. */
export function renewalElement(renewal: { id: string; mnemonic: string; at: Date; certificate: string }): string {
  const { id, mnemonic, at, certificate } = renewal;
  return (
    `<r:${SIGNED} xmlns:r="${RENEWAL_NAMESPACE}" Id="${escapeAttribute(id)}"><r:Mnemonic>${escapeText(mnemonic)}</r:Mnemonic>` +
    `<r:Timestamp>${at.toISOString()}</r:Timestamp><r:NewCertificate>${certificate}</r:NewCertificate></r:${SIGNED}>`
  );
}

/** The whole document: the element and its two ds:Signatures. */
export function renewalDocument(element: string, signatures: { current: string; next: string }): string {
  return (
    `<r:${ROOT} xmlns:r="${RENEWAL_NAMESPACE}">${element}<r:${CURRENT}>${signatures.current}</r:${CURRENT}>` +
    `<r:${NEW}>${signatures.next}</r:${NEW}></r:${ROOT}>`
  );
}

/** Where everything stands in a renewal request; nothing is verified yet. */
export interface RenewalRequest {
  readonly tree: XmlTree;
  readonly signed: XmlElement;
  readonly currentSignature: XmlElement;
  readonly newSignature: XmlElement;
  readonly mnemonic: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** DER of the new certificate, or what stands in its place. */
  readonly certificate: Buffer;
}

export function readRenewal(bytes: Buffer): RenewalRequest | Fault {
  const tree = parseXml(bytes, LIMITS);
  if (isXmlProblem(tree)) return invalid(`документ не читается: ${tree.text}`);
  if (!is(tree, tree.root, ROOT)) return invalid(`корень документа — ${ROOT} пространства ${RENEWAL_NAMESPACE}`);
  const parts = exactly(tree, tree.root, [SIGNED, CURRENT, NEW]);
  if (parts === undefined) return invalid(`в ${ROOT} должны стоять ${SIGNED}, ${CURRENT} и ${NEW}`);
  const [signed, currentSignature, newSignature] = parts as [XmlElement, XmlElement, XmlElement];
  const fields = exactly(tree, signed, ['Mnemonic', 'Timestamp', 'NewCertificate']);
  if (fields === undefined) return invalid(`в ${SIGNED} должны стоять Mnemonic, Timestamp и NewCertificate`);
  const [mnemonic = '', time = '', certificate = ''] = fields.map((field) => tree.textOf(field) ?? '');
  const timestamp = readDateTime(time.trim());
  if (timestamp === undefined) return invalid(`Timestamp «${time.slice(0, 40)}» — не дата и время с поясом`);
  return {
    tree,
    signed,
    currentSignature,
    newSignature,
    mnemonic: mnemonic.trim(),
    timestamp,
    certificate: Buffer.from(certificate, 'base64'),
  };
}

/** The children, when they are these and no others, in this order. */
function exactly(tree: XmlTree, parent: XmlElement, names: readonly string[]): XmlElement[] | undefined {
  const children = tree.children(parent);
  const fit = children.length === names.length && children.every((child, i) => is(tree, child, names[i]!));
  return fit && !tree.hasText(parent) ? children : undefined;
}

function is(tree: XmlTree, element: XmlElement, local: string): boolean {
  return tree.namespaceOf(element) === RENEWAL_NAMESPACE && tree.localNameOf(element) === local;
}

function invalid(what: string): Fault {
  return fault('InvalidContent', `Запрос на обновление сертификата составлен неверно: ${what}`);
}
