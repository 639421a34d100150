import { clone, node, type TreeNode } from './document-tree.js';
import { pick, type Random } from './random.js';
import { sampleValue } from './sample-values.js';
import type { Attribute, ElementParticle, Particle, SchemaSet } from './schema-set.js';

export interface Taste {
  readonly random: Random;
  /** Chance that something optional is present: 1 gives the fullest document, 0 the shortest. */
  readonly fullness: number;
}

/** A document valid under the schema, beginning with the given root. */
export function validDocument(schema: SchemaSet, root: string, taste: Taste): TreeNode {
  return elementOf(schema.root(root), taste);
}

/** A random stranger for a wildcard. */
export function wildcardContent(namespace: string): TreeNode {
  const uri = namespace.startsWith('##') ? 'urn:generated' : namespace;
  const stranger = node(uri, 'Содержимое');
  stranger.children = [node(uri, 'часть', 'текст'), node(uri, 'part')];
  return stranger;
}

function elementOf(particle: ElementParticle, taste: Taste): TreeNode {
  const { type } = particle;
  const made = node(particle.namespace, particle.local);
  made.type = type;
  made.max = particle.max;
  if (type.text !== undefined) made.text = particle.fixed ?? sampleValue(taste.random, type.text);
  made.attributes = type.attributes.filter((a) => a.required || wanted(taste)).map((a) => attributeOf(a, taste));
  made.children = type.content === undefined ? [] : contentOf(type.content, taste);
  return made;
}

function attributeOf(attribute: Attribute, { random }: Taste): TreeNode['attributes'][number] {
  return { name: attribute.name, value: sampleValue(random, attribute.type), type: attribute.type };
}

function contentOf(particle: Particle, taste: Taste): TreeNode[] {
  return Array.from({ length: occurrences(particle, taste) }, () => once(particle, taste)).flat();
}

function once(particle: Particle, taste: Taste): TreeNode[] {
  switch (particle.kind) {
    case 'element':
      return [elementOf(particle, taste)];
    case 'any':
      return [clone(wildcardContent(particle.namespace))];
    case 'choice':
      return contentOf(pick(taste.random, particle.parts), taste);
    default:
      return particle.parts.flatMap((part) => contentOf(part, taste));
  }
}

/** One more than the least only now and then: nested repetitions would make documents of megabytes. */
function occurrences({ min, max }: Particle, taste: Taste): number {
  if (!wanted(taste)) return min;
  const least = Math.max(min, 1);
  return least < max && taste.random() < 0.3 ? least + 1 : least;
}

function wanted({ random, fullness }: Taste): boolean {
  return random() < fullness;
}
