import type { Phrase } from '../messages/phrase.js';
import type { RootModel } from './format-model.js';
import type { Documentation, EnumerationValue, TypeModel } from './model.js';
import { XS } from './schema-documents.js';
import { type Slot, slotsOf } from './slots.js';
import { facetsInWords, occurrenceInWords, typeInWords } from './words.js';

/** Beyond these the table is cut, and says so. */
const MOST_ROWS = 3000;
const DEEPEST = 40;

/** One line of a field table: an element, an attribute, or a place for foreign elements. Plain data. */
export interface FieldRow {
  readonly kind: 'element' | 'attribute' | 'any';
  /** Local names from the root element on, `/` between, `@` before an attribute's. */
  readonly path: string;
  readonly name: string;
  readonly namespace: string;
  /** 0 for the root element. */
  readonly depth: number;
  readonly type: Phrase;
  /** The declared type's name. */
  readonly typeName?: string;
  readonly facets: readonly Phrase[];
  readonly values: readonly EnumerationValue[];
  readonly fixed?: string;
  readonly min: number;
  /** null for any number: JSON has no infinity. */
  readonly max: number | null;
  readonly occurs: Phrase;
  /** Where only one of several may stand: `number` tells choices of one parent apart. */
  readonly choice?: { readonly number: number; readonly option: number; readonly of: number };
  readonly documentation: Documentation;
  /** Path of an earlier row whose type is the same: what is inside stands there. */
  readonly sameAs?: string;
}

export interface FieldTable {
  readonly rows: readonly FieldRow[];
  /** The schema has more than is shown. */
  readonly cut: boolean;
}

interface Walk {
  readonly rows: FieldRow[];
  /** Where each named type with elements was shown first. */
  readonly shown: Map<TypeModel, string>;
  cut: boolean;
}

/** The fields of a root element as rows, in document order. A named type is spelled out once: later rows point to the first. */
export function fieldRows(root: RootModel): FieldTable {
  const walk: Walk = { rows: [], shown: new Map(), cut: false };
  const slot: Slot = { part: root.element, min: 1, max: 1, choices: [], groups: [] };
  add(walk, slot, '', 0, undefined);
  return { rows: walk.rows, cut: walk.cut };
}

function add(walk: Walk, slot: Slot, above: string, depth: number, choice: FieldRow['choice']): void {
  if (walk.rows.length >= MOST_ROWS || depth > DEEPEST) {
    walk.cut = true;
    return;
  }
  const { part } = slot;
  if (part.kind === 'any') {
    walk.rows.push(anyRow(slot, above, depth, choice));
    return;
  }
  const path = `${above}${above === '' ? '' : '/'}${part.local}`;
  const { type } = part;
  const slots = slotsOf(type);
  const sameAs = slots.length > 0 ? walk.shown.get(type) : undefined;
  walk.rows.push({
    kind: 'element',
    path,
    name: part.local,
    namespace: part.namespace,
    depth,
    ...valueCells(type, part.local),
    ...(part.fixed !== undefined && { fixed: part.fixed }),
    ...occurrenceCells(slot),
    ...(choice && { choice }),
    documentation: part.documentation,
    ...(sameAs !== undefined && { sameAs }),
  });
  if (sameAs !== undefined) return;
  if (type.key !== undefined) walk.shown.set(type, path);
  for (const a of type.attributes) addAttribute(walk, a, path, depth + 1);
  addChildren(walk, slots, path, depth + 1);
}

function addChildren(walk: Walk, slots: readonly Slot[], path: string, depth: number): void {
  const choices = [...new Set(slots.flatMap((s) => s.choices.map((c) => c.choice)))];
  for (const slot of slots) {
    const inner = slot.choices.at(-1);
    const choice = inner && { number: choices.indexOf(inner.choice) + 1, option: inner.option, of: inner.of };
    add(walk, slot, path, depth, choice);
  }
}

function addAttribute(walk: Walk, a: TypeModel['attributes'][number], above: string, depth: number): void {
  walk.rows.push({
    kind: 'attribute',
    path: `${above}/@${a.local}`,
    name: `@${a.local}`,
    namespace: a.namespace,
    depth,
    type: typeInWords(a.type),
    ...(a.type.name !== undefined && { typeName: a.type.name }),
    facets: facetsInWords(a.type, a.local),
    values: a.type.enumeration ?? [],
    ...(a.fixed !== undefined && { fixed: a.fixed }),
    ...occurrenceCells({ min: a.required ? 1 : 0, max: 1 }),
    documentation: a.documentation,
  });
}

function anyRow(slot: Slot, above: string, depth: number, choice: FieldRow['choice']): FieldRow {
  const namespace = slot.part.namespace;
  return {
    kind: 'any',
    path: `${above}/*`,
    name: '*',
    namespace,
    depth,
    type: { ru: `любые элементы (${namespace})`, en: `any elements (${namespace})` },
    facets: [],
    values: [],
    ...occurrenceCells(slot),
    ...(choice && { choice }),
    documentation: slot.part.documentation,
  };
}

function valueCells(type: TypeModel, name: string): Pick<FieldRow, 'type' | 'typeName' | 'facets' | 'values'> {
  const key = type.key?.startsWith(`{${XS}}`) ? undefined : type.key;
  const typeName = key?.slice(key.indexOf('}') + 1) ?? type.text?.name;
  const named = typeName === undefined ? {} : { typeName };
  if (type.text === undefined)
    return { type: { ru: 'составной', en: 'made of parts' }, ...named, facets: [], values: [] };
  return {
    type: typeInWords(type.text),
    ...named,
    facets: facetsInWords(type.text, name),
    values: type.text.enumeration ?? [],
  };
}

function occurrenceCells(slot: { min: number; max: number }): Pick<FieldRow, 'min' | 'max' | 'occurs'> {
  const max = slot.max === Number.POSITIVE_INFINITY ? null : slot.max;
  return { min: slot.min, max, occurs: occurrenceInWords(slot) };
}
