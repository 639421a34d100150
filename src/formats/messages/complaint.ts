import type { ElementView } from '../element-view.js';

/**
 * What libxml2 said about one element, taken apart. Names are Clark names (`{ns}local`) as libxml2 prints them.
 * `kind` decides the words (structure.ts, values.ts); anything libxml2 may say that no row knows is `unknown`.
 */
export type Complaint = { readonly element: string; readonly attribute?: string; readonly path?: string } & Saying;

export type Saying =
  | { kind: 'unexpected'; expected: readonly string[] }
  | { kind: 'missing-child'; expected: readonly string[] }
  | { kind: 'no-such-root' }
  | { kind: 'no-such-global' }
  | { kind: 'attribute-missing'; name: string }
  | { kind: 'attribute-alien'; name: string }
  | { kind: 'text-in-structure' }
  | { kind: 'text-in-empty' }
  | { kind: 'children-in-empty' }
  | { kind: 'children-in-simple' }
  | { kind: 'not-nillable' }
  | { kind: 'content-in-nil' }
  | { kind: 'abstract-type' }
  | { kind: 'type-unresolved'; name: string }
  | { kind: 'type-undeclared-prefix'; name: string }
  | { kind: 'type-not-derived'; name: string }
  | { kind: 'fixed'; value: string; fixed: string }
  | { kind: 'duplicate-key'; value: string }
  | { kind: 'key-not-found'; value: string }
  | { kind: 'pattern'; value: string; pattern: string }
  | { kind: 'length'; facet: LengthFacet; actual: number; limit: number }
  | { kind: 'enumeration'; value: string; allowed: readonly string[] }
  | { kind: 'digits'; facet: 'totalDigits' | 'fractionDigits'; value: string; limit: number }
  | { kind: 'bound'; facet: BoundFacet; value: string; limit: string }
  /** `type` as libxml2 names it, '' for a local one; `builtIn`: what the schema builds it from, several for a union. */
  | { kind: 'not-of-type'; value: string; type: string; builtIn?: readonly string[] }
  | { kind: 'not-comparable' }
  | { kind: 'unknown'; raw: string };

export type LengthFacet = 'length' | 'minLength' | 'maxLength';
export type BoundFacet = 'minInclusive' | 'maxInclusive' | 'minExclusive' | 'maxExclusive';
export type Kind = Saying['kind'];

/** Kinds that judge a value: several of them about one value are one fault (a facet, then the type it belongs to). */
export const VALUE_KINDS: readonly Kind[] = [
  'not-of-type',
  'enumeration',
  'digits',
  'bound',
  'pattern',
  'length',
  'fixed',
];

/** How an unexpected element was made to fit in the copy: it is the hint. Names are Clark names, but for `at`, which is as written. */
export type Mending =
  /** Its own name was meant to be this one. */
  | { kind: 'renamed'; to: string }
  /** These are missing before it, and one of the options of a choice. */
  | { kind: 'supplied'; names: readonly string[]; oneOf?: readonly string[] }
  /** It stands where a required one is missing. */
  | { kind: 'replaced'; by: string }
  /** An expected one stands further below. */
  | { kind: 'moved'; strayed: string }
  /** Its own place is above. */
  | { kind: 'moved-up'; before: string }
  /** Its own place is below. */
  | { kind: 'moved-down'; after: string }
  /** It belongs inside an element that is missing. */
  | { kind: 'wrapped'; in: string }
  /** One too many. */
  | { kind: 'repeated'; most: number; found: number }
  /** Another option of a choice stands before it already. */
  | { kind: 'alternative'; to: string; options: readonly string[] }
  /** Nobody knows it here; so many of its name stood from there on. */
  | { kind: 'taken-out'; found: number };

/** A complaint placed in the sender's document, with what made the rest of the children fit. */
export interface Placed {
  readonly complaint: Complaint;
  readonly line: number;
  readonly element: ElementView | undefined;
  readonly mended?: Mending;
}
