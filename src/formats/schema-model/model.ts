/** A schema as people and generators read it. Plain values, except that `content` and `derived` are made when first asked for: types may contain themselves. */

/** What xs:documentation says; a text without xml:lang counts as Russian when it has Cyrillic letters, else as English. */
export interface Documentation {
  readonly ru?: string;
  readonly en?: string;
}

export const BOUNDS = [
  'length',
  'minLength',
  'maxLength',
  'totalDigits',
  'fractionDigits',
  'minInclusive',
  'maxInclusive',
  'minExclusive',
  'maxExclusive',
] as const;
export type Bound = (typeof BOUNDS)[number];

export interface EnumerationValue {
  readonly value: string;
  readonly documentation: Documentation;
}

export interface SimpleType {
  /** Name of the declared type nearest to the value, without its namespace. */
  readonly name?: string;
  /** The built-in type below all restrictions: `string`, `date`, … */
  readonly primitive: string;
  /** A value fits at least one pattern of every step: steps are derivations, patterns of one step are alternatives. */
  readonly patterns: readonly (readonly string[])[];
  readonly enumeration?: readonly EnumerationValue[];
  readonly bounds: Readonly<Partial<Record<Bound, string>>>;
  readonly union?: readonly SimpleType[];
  /** The item's type, when the value is a list separated by spaces. */
  readonly list?: SimpleType;
}

export interface AttributeModel {
  readonly namespace: string;
  readonly local: string;
  readonly type: SimpleType;
  readonly required: boolean;
  readonly fixed?: string;
  readonly documentation: Documentation;
}

export interface TypeModel {
  /** `{namespace}name`; undefined for an anonymous type. */
  readonly key?: string;
  readonly documentation: Documentation;
  readonly abstract: boolean;
  readonly mixed: boolean;
  /** The text's type; undefined when the element has none (or when its type cannot be read). */
  readonly text: SimpleType | undefined;
  readonly attributes: readonly AttributeModel[];
  readonly content: Particle | undefined;
  /** Types that extend or restrict this one and may stand in xsi:type. */
  readonly derived: readonly TypeModel[];
}

export interface Occurrence {
  readonly min: number;
  /** Infinity for `unbounded`. */
  readonly max: number;
}

export interface ElementModel extends Occurrence {
  readonly kind: 'element';
  readonly namespace: string;
  readonly local: string;
  readonly type: TypeModel;
  readonly fixed?: string;
  readonly nillable: boolean;
  readonly abstract: boolean;
  readonly documentation: Documentation;
  /** Elements that may stand in its place (substitution group). */
  readonly substitutes: readonly ElementModel[];
}

export interface GroupModel extends Occurrence {
  readonly kind: 'sequence' | 'choice' | 'all';
  readonly parts: readonly Particle[];
}

export interface AnyModel extends Occurrence {
  readonly kind: 'any';
  /** As written: `##any`, `##other`, or namespaces. */
  readonly namespace: string;
  readonly documentation: Documentation;
}

export type Particle = ElementModel | GroupModel | AnyModel;
