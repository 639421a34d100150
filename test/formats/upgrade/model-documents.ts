import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Format, type FormatModel, formatModel } from '../../../src/formats/index.js';
import { sampleValue } from '../../../src/formats/sample-values.js';
import type { ElementModel, Particle } from '../../../src/formats/schema-model/index.js';
import { escapeText } from '../../../src/xml/index.js';
import { pick, type Random, seeded } from '../differential/random.js';

/** A published version as a model, read from a folder of published schemas. */
export function publishedModel(folder: string, version: string): FormatModel {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.xsd'));
  const schemas = Object.fromEntries(files.map((f) => [f, readFileSync(join(folder, f), 'utf8')]));
  const format: Format = {
    id: '10.06.S',
    version,
    family: 'egisso',
    namespace: `urn://egisso-ru/msg/10.06.S/${version}`,
    title: { ru: '', en: '' },
    roots: { document: 'data' },
    entry: `10.06.S-${version}.xsd`,
    state: 'retired',
    carries: [],
    persons: [],
    personal: [],
    rules: { gateway: [], registry: [] },
  };
  const model = formatModel({ formats: [format], schemas }, format);
  if (model === undefined) throw new Error(`${version} has no schema`);
  return model;
}

/** Documents with every choice and every optional part now there, now not; values distinct where their type lets them be. */
export function* modelDocuments(model: FormatModel, count: number, seed: number): Generator<string> {
  const random = seeded(seed);
  const counter = { next: 1 };
  for (let i = 0; i < count; i++) {
    const taste = { random, counter, fullness: i % 2 === 0 ? 1 : random() };
    yield written(model.roots[0]!.element, taste);
  }
}

interface Taste {
  readonly random: Random;
  readonly counter: { next: number };
  readonly fullness: number;
}

function written(element: ElementModel, taste: Taste): string {
  const { type, local, namespace } = element;
  const text = type.text === undefined ? '' : escapeText(sampleValue(type.text, local, taste.counter) ?? '');
  const inside = type.content === undefined ? '' : content(type.content, taste);
  // Every element declares its own default namespace: nothing depends on prefixes.
  return `<${local} xmlns="${namespace}">${text}${inside}</${local}>\n`;
}

function content(part: Particle, taste: Taste): string {
  return Array.from({ length: occurrences(part, taste) }, () => once(part, taste)).join('');
}

function once(part: Particle, taste: Taste): string {
  if (part.kind === 'element') return written(part, taste);
  if (part.kind === 'any') throw new Error('10.06.S has no wildcards');
  if (part.kind === 'choice') return content(pick(taste.random, part.parts), taste);
  return part.parts.map((p) => content(p, taste)).join('');
}

function occurrences({ min, max }: Particle, { random, fullness }: Taste): number {
  if (random() >= fullness) return min;
  const least = Math.max(min, 1);
  return least < max && random() < 0.3 ? least + 1 : least;
}
