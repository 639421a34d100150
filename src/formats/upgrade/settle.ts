import { type ElementModel, type Slot, slotsOf, type TypeModel } from '../schema-model/index.js';
import type { Draft } from './draft.js';
import type { Journal } from './journal.js';

const NOT_WHITE = /[^ \t\n\r]/;

/** Holds drafts against the new version's schema: what it has no place for is named and left out, whoever put it there. */
export class Settler {
  readonly #version: string;
  readonly #namespaces: Readonly<Record<string, string>>;
  readonly #journal: Journal;
  readonly #places = new Map<TypeModel, ReadonlyMap<string, Slot>>();
  readonly #names = new Map<string, string>();

  constructor(version: string, namespaces: Readonly<Record<string, string>>, journal: Journal) {
    this.#version = version;
    this.#namespaces = namespaces;
    this.#journal = journal;
  }

  settle(draft: Draft, { type }: ElementModel): void {
    const places = this.#placesOf(type);
    if (type.text === undefined && draft.source !== undefined && NOT_WHITE.test(draft.text))
      this.#journal.textBetween(draft.source);
    const counts = new Map<string, number>();
    draft.children = draft.children.filter((child) => {
      const slot = places.get(this.#nameOf(child));
      if (slot === undefined || slot.part.kind !== 'element') {
        this.#noPlace(child);
        return false;
      }
      this.settle(child, slot.part);
      const count = (counts.get(child.name) ?? 0) + 1;
      counts.set(child.name, count);
      if (count === slot.max + 1 && slot.max > 0) this.#tooMany(child, draft, slot.max);
      return true;
    });
  }

  #noPlace(child: Draft): void {
    const source = child.source ?? child.children[0]?.source;
    if (source === undefined) return;
    this.#journal.lose(source, {
      ru: `элементу ${local(child.name)} здесь нет места в версии ${this.#version}`,
      en: `version ${this.#version} has no place here for the element ${local(child.name)}`,
    });
  }

  /** Told at the first that is too many; all of them stay, so that nobody takes the rest for the whole. */
  #tooMany(child: Draft, parent: Draft, most: number): void {
    const found = parent.children.filter((c) => c.name === child.name).length;
    const source = child.source ?? child.children[0]?.source;
    if (source === undefined) return;
    this.#journal.lose(source, {
      ru: `элементов ${local(child.name)} ${found}, а версия ${this.#version} принимает не больше ${most}: разделите пакет`,
      en: `${found} elements ${local(child.name)}, and version ${this.#version} takes ${most} at most: split the package`,
    });
  }

  #nameOf({ name }: Draft): string {
    let full = this.#names.get(name);
    if (full === undefined) {
      full = `{${this.#namespaces[name.slice(0, name.indexOf(':'))]}}${local(name)}`;
      this.#names.set(name, full);
    }
    return full;
  }

  #placesOf(type: TypeModel): ReadonlyMap<string, Slot> {
    let places = this.#places.get(type);
    if (places === undefined) {
      places = new Map(
        slotsOf(type).flatMap((slot) =>
          slot.part.kind === 'element' ? [[`{${slot.part.namespace}}${slot.part.local}`, slot] as const] : [],
        ),
      );
      this.#places.set(type, places);
    }
    return places;
  }
}

export function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
