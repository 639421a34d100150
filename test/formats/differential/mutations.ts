import { type Change, changesAt, type Row, type Tier } from './changes.js';
import { at, clone, type TreeNode, walk } from './document-tree.js';
import type { Random } from './random.js';
import { borderValues } from './sample-values.js';
import type { Facets, SchemaSet } from './schema-set.js';

/** One change to a document. Whether it breaks the document is for the schemas to say; `apply` only makes it. */
export interface Mutation {
  readonly kind: string;
  readonly where: string;
  /** 1 = asks what a schema says at this place (presence, limit, type), 2 = borders of values, 3 = the rest. */
  readonly tier: Tier;
  apply(): TreeNode;
}

/** Places at which the values of one and the same type are tried; further places would repeat the question. */
const placesPerType = 2;

/** Finds the mutations of one document after another, each kind once per place of the schema (values: per type). */
export class MutationFinder {
  readonly #seen = new Set<string>();
  readonly #places = new Map<string, Set<string>>();
  readonly #schema: SchemaSet;
  readonly #random: Random;

  constructor(schema: SchemaSet, random: Random) {
    this.#schema = schema;
    this.#random = random;
  }

  find(document: TreeNode): Mutation[] {
    const found: Mutation[] = [];
    for (const [path, target] of walk(document)) {
      const where = placeOf(document, path);
      for (const [kind, change, tier = 3] of [
        ...changesAt(target, path.length > 0, this.#schema),
        ...this.#valueChanges(target, where),
      ]) {
        if (this.#seen.has(`${kind} ${where}`)) continue;
        this.#seen.add(`${kind} ${where}`);
        found.push({ kind, where, tier, apply: () => changed(document, path, change) });
      }
    }
    return found;
  }

  #valueChanges(target: TreeNode, where: string): Row[] {
    const rows: Row[] = [];
    const text = target.type?.text;
    if (target.text !== undefined && text !== undefined && this.#fresh(text, where)) {
      rows.push(
        ...valueRows('value', this.#random, text, target.text, (copy, value) => Object.assign(copy, { text: value })),
      );
    }
    for (const [index, { name, value, type }] of target.attributes.entries()) {
      if (type === undefined || !this.#fresh(type, `${where}@${name}`)) continue;
      rows.push(
        ...valueRows(`@${name}`, this.#random, type, value, (copy, v) =>
          Object.assign(copy.attributes[index] as object, { value: v }),
        ),
      );
    }
    return rows;
  }

  #fresh(type: Facets, where: string): boolean {
    const key = JSON.stringify(type);
    const places = this.#places.get(key) ?? new Set<string>();
    this.#places.set(key, places);
    if (places.size < placesPerType) places.add(where);
    return places.has(where);
  }
}

function changed(document: TreeNode, path: readonly number[], change: Change): TreeNode {
  const copy = clone(document);
  const parent = path.length === 0 ? undefined : at(copy, path.slice(0, -1));
  change(at(copy, path), parent, path.at(-1) ?? 0);
  return copy;
}

function placeOf(document: TreeNode, path: readonly number[]): string {
  return path.reduce((text, _, depth) => `${text}/${at(document, path.slice(0, depth + 1)).local}`, document.local);
}

function valueRows(
  label: string,
  random: Random,
  facets: Facets,
  value: string,
  set: (copy: TreeNode, value: string) => unknown,
): Row[] {
  const { near, far } = borderValues(random, facets, value);
  const row = (v: string, tier: Tier): Row => {
    const shown = v.length > 40 ? `${v.slice(0, 8)}… ${v.length}` : v;
    return [`${label} = ${JSON.stringify(shown)}`, (copy) => void set(copy, v), tier];
  };
  return [...near.map((v) => row(v, 2)), ...far.map((v) => row(v, 3))];
}
