import { clarkOf, type ElementView } from '../element-view.js';
import type { ElementModel, FormatModel, SimpleType, Slot, TypeModel } from '../schema-model/index.js';
import { slotsOf } from '../schema-model/slots.js';
import { clarkName } from './names.js';

/** The places for elements in one type, in schema order, and where a `{namespace}local` may stand among them. */
export interface Content {
  readonly slots: readonly Slot[];
  placesOf(clark: string): readonly number[];
  /** Clark names of the attributes it may have. */
  readonly attributes: readonly string[];
  /** Built-in types below the type of its text, or of an attribute (Clark name): several for a union, none when unknown. */
  builtInTypes(attribute?: string): readonly string[];
  /** Content of the child of that name; undefined when there is no such child. */
  of(clark: string): Content | undefined;
}

/** An element by its names from the root on; `view` tells its xsi:type. */
export interface NamedPlace {
  readonly clark: string;
  readonly parent: NamedPlace | undefined;
  readonly view: ElementView | undefined;
}

/** What the schema wants inside an element; undefined where that cannot be told (below a wildcard, no model). */
export type ContentOf = (place: NamedPlace) => Content | undefined;

const NO_MODEL: ContentOf = () => undefined;

/** Asks a format's model; each type is laid out once. Nothing is known of a format without schemas. */
export function expectedContent(model: FormatModel | undefined): ContentOf {
  if (!model) return NO_MODEL;
  const known = new Map<TypeModel, TypeContent>();
  const contentOf = (type: TypeModel): TypeContent => {
    let content = known.get(type);
    if (!content) {
      content = new TypeContent(type, contentOf);
      known.set(type, content);
    }
    return content;
  };
  const find = (place: NamedPlace): TypeContent | undefined => {
    const root = model.roots.find((r) => clarkName(r.element) === place.clark);
    const found = place.parent ? find(place.parent)?.of(place.clark) : root && contentOf(root.element.type);
    const named = place.view && namedType(place.view);
    return found && named !== undefined ? contentOf(derivedFrom(found.type, named) ?? found.type) : found;
  };
  return find;
}

class TypeContent implements Content {
  readonly type: TypeModel;
  readonly slots: readonly Slot[];
  readonly #places = new Map<string, number[]>();
  readonly #elements = new Map<string, ElementModel>();
  readonly #contentOf: (type: TypeModel) => TypeContent;

  constructor(type: TypeModel, contentOf: (type: TypeModel) => TypeContent) {
    this.type = type;
    this.slots = slotsOf(type).filter((s) => s.max > 0);
    this.#contentOf = contentOf;
    for (const [i, { part }] of this.slots.entries()) {
      if (part.kind === 'any') continue;
      for (const element of [part, ...part.substitutes]) this.#add(clarkName(element), element, i);
    }
  }

  #add(name: string, element: ElementModel, place: number): void {
    const places = this.#places.get(name);
    if (places) places.push(place);
    else this.#places.set(name, [place]);
    this.#elements.set(name, element);
  }

  placesOf(clark: string): readonly number[] {
    return this.#places.get(clark) ?? [];
  }

  get attributes(): readonly string[] {
    return this.type.attributes.map(clarkName);
  }

  builtInTypes(attribute?: string): readonly string[] {
    const { text, attributes } = this.type;
    return builtIn(attribute === undefined ? text : attributes.find((a) => clarkName(a) === attribute)?.type);
  }

  of(clark: string): TypeContent | undefined {
    const element = this.#elements.get(clark);
    return element && this.#contentOf(element.type);
  }
}

function builtIn(type: SimpleType | undefined): readonly string[] {
  if (type?.union) return type.union.flatMap(builtIn);
  if (type?.list) return builtIn(type.list);
  return type === undefined ? [] : [type.primitive];
}

/** Local name of the type an element's xsi:type names. */
function namedType(view: ElementView): string | undefined {
  const named = view.attributes.find((a) => a.local === 'type' && a.namespace === XSI)?.value;
  return named?.trim().replace(/^.*:/, '');
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

function derivedFrom(type: TypeModel, local: string): TypeModel | undefined {
  for (const t of type.derived) {
    const found = t.key?.endsWith(`}${local}`) ? t : derivedFrom(t, local);
    if (found) return found;
  }
  return undefined;
}

/** Required places from `from` up to (without) `to` that stand outside of choices, by name, `present` names left out. */
export function requiredBetween(
  content: Content,
  from: number,
  to: number,
  present: ReadonlySet<string>,
): readonly string[] {
  return content.slots.slice(from, to).flatMap(({ part, min, choices }) => {
    if (part.kind === 'any' || min === 0 || choices.length > 0) return [];
    const name = clarkName(part);
    return present.has(name) ? [] : [name];
  });
}

/** Of the expected names before `place`, the one the schema insists on: the last that is required, else the last. */
export function lastRequired(content: Content, names: readonly string[], place: number): string;
export function lastRequired(content: Content | undefined, names: readonly string[], place: number): string | undefined;
export function lastRequired(
  content: Content | undefined,
  names: readonly string[],
  place: number,
): string | undefined {
  if (!content) return names.at(-1);
  const before = names
    .map((name) => ({ name, at: Math.max(-1, ...content.placesOf(name).filter((p) => p < place)) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  return (before.findLast(({ at }) => content.slots[at]!.min > 0) ?? before.at(-1))?.name;
}

/** A place as a view names it: for elements that stand in the document as they were sent. */
export function placeOf(view: ElementView, root: ElementView): NamedPlace {
  const parent = view === root ? undefined : view.parent;
  return { clark: clarkOf(view), parent: parent && placeOf(parent, root), view };
}
