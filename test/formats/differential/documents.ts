import { serialize, type TreeNode } from './document-tree.js';
import { type Mutation, mutationsOf } from './mutations.js';
import { type Random, seeded, shuffled } from './random.js';
import { SchemaSet } from './schema-set.js';
import { validDocument } from './valid-documents.js';

export interface Generated {
  /** What was done to a valid document: `valid`, or the mutation and its place. */
  readonly how: string;
  readonly xml: string;
}

/** Valid documents of every root, from the fullest to the shortest. */
export function validDocuments(schemaPath: string, each: number, seed: number): Generated[] {
  return trees(new SchemaSet(schemaPath), each, seeded(seed)).map((tree) => ({
    how: `valid ${tree.local}`,
    xml: serialize(tree),
  }));
}

/** `count` documents: a tenth valid, the rest mutated once each, spread over all roots, places and kinds of mutation. */
export function* documents(schemaPath: string, count: number, seed: number): Generator<Generated> {
  const schema = new SchemaSet(schemaPath);
  const random = seeded(seed);
  const each = Math.max(2, Math.ceil(count / 10 / schema.roots().length));
  const bases = trees(schema, each, random).slice(0, Math.max(Math.ceil(count / 4), schema.roots().length));
  for (const tree of bases) yield { how: `valid ${tree.local}`, xml: serialize(tree) };
  const rest = Math.max(count - bases.length, 0);
  const perBase = Math.ceil(rest / bases.length);
  for (const tree of bases) {
    for (const mutation of chosen(mutationsOf(tree, schema, random), perBase, random)) {
      yield { how: `${mutation.kind} at ${mutation.where}`, xml: serialize(mutation.apply()) };
    }
  }
}

function trees(schema: SchemaSet, each: number, random: Random): TreeNode[] {
  return schema.roots().flatMap((root) =>
    Array.from({ length: each }, (_, i) => {
      const fullness = i === 0 ? 1 : 1 - i / each;
      return validDocument(schema, root, { random, fullness });
    }),
  );
}

/** Values outnumber all other mutations by far: half of the choice is kept for the others. */
function chosen(all: readonly Mutation[], count: number, random: Random): Mutation[] {
  const values = shuffled(
    random,
    all.filter(({ kind }) => kind.startsWith('value') || kind.includes(' = ')),
  );
  const others = shuffled(
    random,
    all.filter(({ kind }) => !kind.startsWith('value') && !kind.includes(' = ')),
  );
  const half = others.slice(0, Math.ceil(count / 2));
  return [...half, ...values.slice(0, count - half.length)];
}
