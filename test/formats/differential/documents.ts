import { serialize, type TreeNode } from './document-tree.js';
import { type Mutation, MutationFinder } from './mutations.js';
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

/** `count` documents: a part valid, the rest mutated over all roots, places and kinds of mutation. */
export function* documents(schemaPath: string, count: number, seed: number): Generator<Generated> {
  const schema = new SchemaSet(schemaPath);
  const random = seeded(seed);
  const each = Math.max(2, Math.ceil(count / 20 / schema.roots().length));
  let bases = trees(schema, each, random).slice(0, count);
  for (const tree of bases) yield { how: `valid ${tree.local}`, xml: serialize(tree) };
  let left = count - bases.length;
  // A small schema has few single mutations: the next round mutates documents that are mutated already.
  for (let round = 1; left > 0; round++) {
    const finder = new MutationFinder(schema, random);
    const found = shuffled(
      random,
      bases.flatMap((tree) => finder.find(tree)),
    );
    bases = [];
    for (const mutation of chosen(found, left)) {
      const tree = mutation.apply();
      if (bases.length < 100) bases.push(tree);
      left--;
      yield { how: `${mutation.kind} at ${mutation.where}, round ${round}`, xml: serialize(tree) };
    }
  }
}

/** The first tiers first, but never more than three quarters of what is left: the rest keeps its chance in short runs. */
function chosen(found: readonly Mutation[], count: number): Mutation[] {
  const taken: Mutation[] = [];
  for (const tier of [1, 2, 3]) {
    const left = count - taken.length;
    const ofTier = found.filter((mutation) => mutation.tier === tier);
    const later = found.filter((mutation) => mutation.tier > tier).length;
    taken.push(...ofTier.slice(0, Math.max(Math.ceil(left * 0.75), left - later)));
  }
  return taken;
}

function trees(schema: SchemaSet, each: number, random: Random): TreeNode[] {
  return schema.roots().flatMap((root) =>
    Array.from({ length: each }, (_, i) => {
      const fullness = i < each / 2 ? 1 : 1 - i / each;
      return validDocument(schema, root, { random, fullness });
    }),
  );
}
