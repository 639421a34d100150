import { DIGESTS, ENVELOPED, EXC_C14N, SIGNATURES, SMEV_TRANSFORM } from './algorithms.js';

/** What a ds:Signature may be, as data: one verifier judges by it whatever it is handed. */
export interface SignatureProfile {
  /** How the texts of faults name the signature, and whose key verifies it. */
  readonly title: string;
  readonly keyOf: string;
  /** Attribute, without namespace, whose value a Reference names. */
  readonly idAttribute: string;
  /** Whether URI="" is admitted; it names the root of the document. */
  readonly wholeDocument: boolean;
  /** Whether the signature stands inside what it signs and is left out of it: then the enveloped transform is required first. */
  readonly enveloped: boolean;
  /** URIs CanonicalizationMethod may have. */
  readonly canonicalizations: readonly string[];
  /** Lists of transforms, one of which the Reference must have, URI by URI. */
  readonly transforms: readonly (readonly string[])[];
  /** Whether exc-c14n may carry InclusiveNamespaces (exc-c14n §4). */
  readonly inclusivePrefixes: boolean;
  readonly digestMethods: readonly string[];
  readonly signatureMethods: readonly string[];
  /** Whether KeyInfo must name the signer by exactly one X509Certificate; else KeyInfo is not read at all. */
  readonly certificate: boolean;
}

const ALLOWED = { digestMethods: Object.values(DIGESTS), signatureMethods: Object.values(SIGNATURES) };

/** ЭП-ОВ: detached, beside what the operation signs. Enveloped in front changes nothing there; public .NET clients write it. */
export const SMEV_PROFILE: SignatureProfile = {
  title: 'ЭП-ОВ',
  keyOf: 'зарегистрированного сертификата',
  idAttribute: 'Id',
  wholeDocument: false,
  enveloped: false,
  canonicalizations: [EXC_C14N],
  transforms: [
    [EXC_C14N, SMEV_TRANSFORM],
    [ENVELOPED, EXC_C14N, SMEV_TRANSFORM],
  ],
  inclusivePrefixes: false,
  ...ALLOWED,
  certificate: true,
};

/** ЭП-СП: the same rules over the element under MessagePrimaryContent; its signer is registered nowhere, so trust is the roots' alone. */
export const PERSONAL_PROFILE: SignatureProfile = {
  ...SMEV_PROFILE,
  title: 'ЭП-СП',
  keyOf: 'сертификата из её KeyInfo',
};
