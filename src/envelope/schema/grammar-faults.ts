import type { Version } from '../../message/index.js';
import { NAMESPACES } from '../versions.js';
import { type ComplexType, complex, elementsOf, INT, STRING, type Type } from './grammar.js';
import type { BasicTypes } from './grammar-basic.js';

/** Values of the enumeration inside SignatureVerificationFault. */
export const SIGNATURE_FAULTS = [
  'PoorSOAPEnvelopeFormat',
  'NoSignatureFound',
  'IncorrectSignatureTarget',
  'SignatureIsInvalid',
  'CertificateIsNotFound',
  'CertificateIsExpired',
];

/**
 * Faults whose type adds elements of types/faults to Code and Description: name → elements in schema order and how each is
 * filled where the fault does not say. Every other fault is a Void or a bare SmevFault.
 */
export const FAULT_EXTRAS: Readonly<Record<string, Readonly<Record<string, string | number>>>> = {
  BusinessDataTypeIsNotSupported: { RootElementLocalName: '', RootElementNamespaceURI: '' },
  AttachmentSizeLimitExceeded: { PermittedTotalAttachmentSize: 0, RealTotalAttachmentSize: 0 },
  QuoteLimitExceeded: { RemainedTotalQuoteSize: 0, RealTotalAttachmentSize: 0 },
  DestinationOverflow: { MessageBrokerAddress: '', DestinationName: '' },
};

/** Whether the element's declared type is Void, so that Code and Description need xsi:type="SmevFault" to be valid. */
export function isVoidFault(name: string, version: Version): boolean {
  if (name in FAULT_EXTRAS || name === 'InvalidContent' || name === 'SignatureVerificationFault') return false;
  if (name === 'TransactionCodeInvalid' || name === 'PersonalAccessDenied') return false;
  return name !== 'EndOfLifeReached' || version === '1.1';
}

/** Global types of types/faults: what the xsi:type of a SmevFault inside AsyncProcessingStatus may name. */
export function faultTypes(version: Version, basic: BasicTypes): Map<string, Type> {
  const { faults } = NAMESPACES[version];
  const element = elementsOf(faults);
  const types = new Map<string, Type>();
  const add = (local: string, extra: ComplexType['content']) => {
    const name = `{${faults}}${local}`;
    const lineage = [basic.smevFault.name ?? '', ...(basic.smevFault.extends ?? [])];
    types.set(name, { ...complex([...basic.smevFault.content, ...extra]), name, extends: lineage });
  };
  for (const [name, extras] of Object.entries(FAULT_EXTRAS)) {
    const long = { kind: 'simple', base: 'long' } as const;
    add(
      name,
      Object.entries(extras).map(([local, value]) => element(local, typeof value === 'number' ? long : STRING)),
    );
  }
  const error = { ...STRING, name: '', attributes: { errorPosition: { type: INT, required: true } } };
  add('InvalidContent', [element('ValidationError', error, 1, Number.POSITIVE_INFINITY)]);
  add('SignatureVerificationFault', [
    element('SignatureVerificationFault', { kind: 'simple', base: 'string', values: SIGNATURE_FAULTS }),
  ]);
  return types;
}
