import type { Phrase } from '../messages/phrase.js';
import {
  type AttributeModel,
  type ElementModel,
  facetsInWords,
  occurrenceInWords,
  type Slot,
  slotsOf,
  type TypeModel,
  typeInWords,
} from '../schema-model/index.js';
import { type Finding, found, judged, newName, wasNow } from './change.js';
import { compareChoices } from './compare-choices.js';
import { compareValues } from './compare-values.js';
import { type Matched, matchSlots, movedPairs, nameOf, type Pair, sameLetters } from './match-slots.js';

const OCCURS: Phrase = { ru: 'сколько раз', en: 'occurrence' };

/** Compares two versions of an element. Types compared once are not compared again: their findings are told at the new place. */
export class TypeComparison {
  readonly #done = new Map<TypeModel, Map<TypeModel, readonly Finding[]>>();
  /** Pairs of namespaces that elements of the same place have in the two versions. */
  readonly namespaces = new Map<string, Set<string>>();
  /** Elements that went and that came, for telling those that moved elsewhere. */
  readonly gone = new Map<Finding['what'], ElementModel>();
  readonly come = new Map<Finding['what'], ElementModel>();

  elements(a: ElementModel, b: ElementModel): readonly Finding[] {
    this.#noteNamespaces(a.namespace, b.namespace);
    return [...fixedValue(a.fixed, b.fixed), ...nillable(a, b), ...this.types(a.type, b.type, a.local)];
  }

  types(a: TypeModel, b: TypeModel, name: string): readonly Finding[] {
    const known = this.#done.get(a)?.get(b);
    if (known !== undefined) return known;
    const results = this.#done.get(a) ?? new Map<TypeModel, readonly Finding[]>();
    this.#done.set(a, results);
    // A type inside itself adds nothing to what is being found.
    results.set(b, []);
    const findings = this.#compare(a, b, name);
    results.set(b, findings);
    return findings;
  }

  #compare(a: TypeModel, b: TypeModel, name: string): readonly Finding[] {
    const [before, after] = [slotsOf(a), slotsOf(b)];
    const attributes = compareAttributes(a.attributes, b.attributes);
    if (before.length === 0 && after.length === 0) return [...attributes, ...compareTexts(a, b, name)];
    if (a.text !== undefined && before.length === 0)
      return [...attributes, found('type', 'breaking', { ru: 'было значение, стали вложенные элементы', en: 'was a value, now holds elements' })]; // biome-ignore format: one thought
    if (b.text !== undefined && after.length === 0)
      return [...attributes, found('type', 'breaking', { ru: 'были вложенные элементы, стало значение', en: 'held elements, now a value' })]; // biome-ignore format: one thought
    const { renamed, ...matched } = matchSlots(before, after);
    const wrapped = wrappings(matched.removed, matched.added);
    const unwrapped = wrappings(matched.added, matched.removed);
    return [
      ...attributes,
      ...matched.pairs.flatMap((pair) => this.#pair(pair)),
      ...renamed.map(({ a, b }) => newName(nameOf(a), nameOf(b))),
      ...movedPairs(matched.pairs, after).map((pair) => moved(pair, after)),
      ...matched.removed.flatMap((slot) => this.#wrapped(slot, wrapped.get(slot)) ?? this.#removed(slot)),
      ...matched.added.flatMap((slot) => this.#unwrapped(slot, unwrapped.get(slot)) ?? this.#added(slot, matched)),
      ...compareChoices(matched, before, after),
    ];
  }

  #pair({ a, b }: Pair): readonly Finding[] {
    const inside =
      a.part.kind === 'element' && b.part.kind === 'element' ? this.elements(a.part, b.part) : ([] as Finding[]);
    return [...occurrence(a, b), ...inside].map((f) => at(nameOf(b), f));
  }

  /** An element that went into a new one beside it, compared at its new place. */
  #wrapped(a: Slot, deeper: Deeper | undefined): readonly Finding[] | undefined {
    if (deeper === undefined) return undefined;
    const words = { ru: `перенесён в ${deeper.path}`, en: `moved to ${deeper.path}` };
    const inside = this.#pair({ key: nameOf(a), a, b: deeper.slot });
    return [
      found('moved', 'breaking', words, nameOf(a)),
      ...inside.map((f) => ({ ...f, path: placed(f, deeper.path) })),
    ];
  }

  /** An element that came out of one that is gone. */
  #unwrapped(b: Slot, deeper: Deeper | undefined): readonly Finding[] | undefined {
    if (deeper === undefined) return undefined;
    const words = { ru: `стоял в ${deeper.path}`, en: `stood in ${deeper.path}` };
    return [found('moved', 'breaking', words, nameOf(b)), ...this.#pair({ key: nameOf(b), a: deeper.slot, b })];
  }

  #removed(slot: Slot): Finding {
    const words = { ru: 'элемента больше нет', en: 'the element is gone' };
    const finding = found('removed', 'breaking', words, nameOf(slot));
    if (slot.part.kind === 'element') this.gone.set(finding.what, slot.part);
    return finding;
  }

  #added(slot: Slot, matched: Matched): Finding {
    const required = isDemanded(slot, matched);
    const inChoice = slot.choices.length > 0 && !required;
    const words = required
      ? { ru: 'добавлен обязательный элемент', en: 'a required element was added' }
      : inChoice
        ? { ru: 'добавлен вариант выбора', en: 'an option of a choice was added' }
        : { ru: 'добавлен необязательный элемент', en: 'an optional element was added' };
    const finding = found('added', judged(required), words, nameOf(slot));
    if (slot.part.kind === 'element') this.come.set(finding.what, slot.part);
    return finding;
  }

  #noteNamespaces(was: string, now: string): void {
    const known = this.namespaces.get(was) ?? new Set<string>();
    this.namespaces.set(was, known.add(now));
  }
}

/** A place below another, with its path from there on. */
interface Deeper {
  readonly slot: Slot;
  readonly path: string;
}

/** How far below a new element an old one is looked for. */
const WRAPPERS = 3;

/** For each element, the one place of its name inside the others, with elements inside if it has some. */
function wrappings(slots: readonly Slot[], others: readonly Slot[]): ReadonlyMap<Slot, Deeper> {
  const below = others.flatMap((o) => placesBelow(o, nameOf(o), WRAPPERS));
  const found = new Map<Slot, Deeper>();
  for (const slot of slots) {
    const [only, ...more] = below.filter((d) => sameLetters(nameOf(d.slot), nameOf(slot)) && alike(d.slot, slot));
    if (only !== undefined && more.length === 0) found.set(slot, only);
  }
  return found;
}

function placesBelow({ part }: Slot, path: string, levels: number): Deeper[] {
  if (part.kind === 'any' || levels === 0) return [];
  return slotsOf(part.type).flatMap((slot) => {
    const deeper = `${path}/${nameOf(slot)}`;
    return [{ slot, path: deeper }, ...placesBelow(slot, deeper, levels - 1)];
  });
}

function alike(a: Slot, b: Slot): boolean {
  if (a.part.kind === 'any' || b.part.kind === 'any') return false;
  return (a.part.type.content === undefined) === (b.part.type.content === undefined);
}

/** The path of a finding about an element that stands deeper now. */
function placed({ path }: Finding, deeper: string): string {
  const rest = path.indexOf('/');
  return rest < 0 ? deeper : deeper + path.slice(rest);
}

function at(name: string, { what, path }: Finding): Finding {
  return { what, path: path === '' ? name : `${name}/${path}` };
}

/** Whether a document made for the older version lacks a new element: some part that it may have now demands it. */
function isDemanded(slot: Slot, { pairs }: Matched): boolean {
  if (slot.part.min === 0) return false;
  for (const group of [...slot.groups].reverse()) {
    if (group.kind === 'choice' && group.parts.length > 1) return false;
    if (pairs.some((p) => p.b.groups.includes(group))) return true;
    if (group.min === 0) return false;
  }
  return true;
}

type Occurs = { min: number; max: number };

function occurrence(a: Slot, b: Slot): readonly Finding[] {
  const [chosenBefore, chosenNow] = [a.choices.length > 0, b.choices.length > 0];
  if (!chosenBefore && chosenNow && a.min > 0)
    return [found('choice', judged(b.max < a.max), { ru: 'был обязательным, теперь один из вариантов выбора', en: 'was required, now one option of a choice' })]; // biome-ignore format: one thought
  if (chosenBefore && !chosenNow && b.min > 0)
    return [found('choice', 'breaking', { ru: 'был одним из вариантов выбора, теперь обязателен', en: 'was one option of a choice, now required' })]; // biome-ignore format: one thought
  // Beside other options nothing must stand; among options on both sides their own numbers count.
  const least = (slot: Slot): number => (slot.choices.length > 0 && chosenBefore !== chosenNow ? 0 : slot.min);
  const [was, now] = [a, b].map((slot) => ({ min: least(slot), max: slot.max })) as [Occurs, Occurs];
  if (was.min === now.min && was.max === now.max) return [];
  const breaks = now.min > was.min || now.max < was.max;
  return [found('occurrence', judged(breaks), wasNow(OCCURS, occurrenceInWords(was), occurrenceInWords(now)))];
}

function moved({ b }: Pair, after: readonly Slot[]): Finding {
  const before = after[after.indexOf(b) - 1];
  const words =
    before === undefined
      ? { ru: 'переставлен: теперь стоит первым', en: 'moved: now comes first' }
      : { ru: `переставлен: теперь стоит после ${nameOf(before)}`, en: `moved: now comes after ${nameOf(before)}` };
  return found('moved', 'breaking', words, nameOf(b));
}

function compareTexts(a: TypeModel, b: TypeModel, name: string): readonly Finding[] {
  if (a.text !== undefined && b.text !== undefined) return compareValues(a.text, b.text, name);
  if (a.text === undefined && b.text === undefined) return [];
  const words = (type: TypeModel): Phrase => (type.text ? typeInWords(type.text) : { ru: 'пусто', en: 'empty' });
  const emptied = a.text === undefined && b.text !== undefined && facetsInWords(b.text, name).length === 0;
  return [found('type', judged(!emptied), wasNow({ ru: 'тип', en: 'type' }, words(a), words(b)))];
}

function fixedValue(was: string | undefined, now: string | undefined): readonly Finding[] {
  if (was === now) return [];
  if (now === undefined) return [found('facet', 'compatible', { ru: `не только ${was}`, en: `no longer only ${was}` })];
  return [found('facet', 'breaking', { ru: `теперь только ${now}`, en: `now only ${now}` })];
}

function nillable(a: ElementModel, b: ElementModel): readonly Finding[] {
  if (a.nillable === b.nillable) return [];
  return b.nillable
    ? [found('facet', 'compatible', { ru: 'может быть пустым с xsi:nil', en: 'may be empty with xsi:nil' })]
    : [found('facet', 'breaking', { ru: 'xsi:nil больше не допускается', en: 'xsi:nil is no longer allowed' })];
}

function compareAttributes(before: readonly AttributeModel[], after: readonly AttributeModel[]): readonly Finding[] {
  const kept = before.flatMap((a) => {
    const b = after.find((other) => other.local === a.local);
    if (b === undefined) return [found('removed', 'breaking', { ru: 'атрибута больше нет', en: 'the attribute is gone' }, `@${a.local}`)]; // biome-ignore format: one thought
    const use = a.required === b.required ? [] : [requirement(b.required)];
    return [...use, ...fixedValue(a.fixed, b.fixed), ...compareValues(a.type, b.type, a.local)].map((f) =>
      at(`@${a.local}`, f),
    );
  });
  const added = after.filter((b) => !before.some((a) => a.local === b.local)).map(addedAttribute);
  return [...kept, ...added];
}

function requirement(required: boolean): Finding {
  const [yes, no] = [occurrenceInWords({ min: 1, max: 1 }), occurrenceInWords({ min: 0, max: 1 })];
  return found('occurrence', judged(required), required ? wasNow(OCCURS, no, yes) : wasNow(OCCURS, yes, no));
}

function addedAttribute({ local, required }: AttributeModel): Finding {
  const words = required
    ? { ru: 'добавлен обязательный атрибут', en: 'a required attribute was added' }
    : { ru: 'добавлен необязательный атрибут', en: 'an optional attribute was added' };
  return found('added', judged(required), words, `@${local}`);
}
