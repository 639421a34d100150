/** Built-in and derived simple types of the message-exchange schemas, with the facets they carry. */
export interface SimpleType {
  readonly kind: 'simple';
  readonly base: 'string' | 'dateTime' | 'boolean' | 'int' | 'long' | 'NCName' | 'ID' | 'anyURI' | 'base64Binary';
  /** Name of a global type, `{namespace}local`; what xsi:type may say. */
  readonly name?: string;
  readonly maxLength?: number;
  readonly pattern?: RegExp;
  /** How the pattern is told to a person. */
  readonly patternRu?: string;
  readonly patternEn?: string;
  readonly values?: readonly string[];
  /** Simple content with attributes. */
  readonly attributes?: Attributes;
}

export interface ComplexType {
  readonly kind: 'complex';
  readonly name?: string;
  /** Names of the global types it extends, nearest first. */
  readonly extends?: readonly string[];
  readonly attributes: Attributes;
  readonly content: readonly Particle[];
}

/** `opaque`: judged elsewhere (the signed element by readSigned, the signature block by the signature stage). */
export type Type = SimpleType | ComplexType | 'opaque';

/** Attributes without namespace; the schemas declare no others. */
export type Attributes = Readonly<Record<string, { readonly type: SimpleType; readonly required?: boolean }>>;

export interface ElementParticle {
  readonly particle: 'element';
  readonly namespace: string;
  readonly local: string;
  readonly type: Type;
  readonly min: number;
  readonly max: number;
}

/** xs:any. `other`: any namespace but this one and none; `exactly`: this one. */
export interface AnyParticle {
  readonly particle: 'any';
  readonly other?: string;
  readonly exactly?: string;
  /** lax: an element the schemas declare globally is judged by that declaration, wherever it stands; skip: never. */
  readonly process: 'skip' | 'lax';
  readonly min: number;
  readonly max: number;
}

/** Elements that stand all together or not at all. */
export interface GroupParticle {
  readonly particle: 'group';
  readonly content: readonly ElementParticle[];
}

/** Exactly one of the sequences, told apart by their elements' names. */
export interface ChoiceParticle {
  readonly particle: 'choice';
  readonly branches: readonly (readonly ElementParticle[])[];
}

export type Particle = ElementParticle | AnyParticle | GroupParticle | ChoiceParticle;

/** What one version's schemas declare, as far as callers' documents are judged by it. */
export interface Grammar {
  /** Global elements and types by `{namespace}local`. */
  readonly elements: ReadonlyMap<string, Type>;
  readonly types: ReadonlyMap<string, Type>;
  /** Target namespaces of the schemas. */
  readonly namespaces: ReadonlySet<string>;
}

const XS = 'http://www.w3.org/2001/XMLSchema';

const builtIn = (base: SimpleType['base']): SimpleType => ({ kind: 'simple', base, name: `{${XS}}${base}` });

export const STRING = builtIn('string');
export const DATE_TIME = builtIn('dateTime');
export const BOOLEAN = builtIn('boolean');
export const INT = builtIn('int');
export const NCNAME = builtIn('NCName');
export const ID = builtIn('ID');
export const ANY_URI = builtIn('anyURI');
export const BASE64 = builtIn('base64Binary');

/** An optional attribute `Id` of type xs:ID, which most signed elements bear. */
export const WITH_ID: Attributes = { Id: { type: ID } };

export function complex(content: readonly Particle[], attributes: Attributes = {}): ComplexType {
  return { kind: 'complex', attributes, content };
}

/** Element declarations of one namespace: `(local, type, min, max)`, once by default. */
export function elementsOf(namespace: string) {
  return (local: string, type: Type, min = 1, max = 1): ElementParticle => ({
    particle: 'element',
    namespace,
    local,
    type,
    min,
    max,
  });
}

/** Whether an xsi:type of that name may stand where `type` is declared (cvc-elt.4.3: the same type or one derived from it). */
export function derivesFrom(candidate: Type, type: Type): boolean {
  if (candidate === type) return true;
  if (candidate === 'opaque' || type === 'opaque' || type.name === undefined) return false;
  if (candidate.name === type.name) return true;
  if (candidate.kind === 'complex') return candidate.extends?.includes(type.name) ?? false;
  return type === STRING && candidate.base === 'string';
}
