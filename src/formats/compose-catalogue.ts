import type { CatalogueData } from './catalogue.js';
import type { Format } from './format.js';

/** What an operator said of a format version since it was built in or published. */
export type LifeCycleChange = Partial<Pick<Format, 'state' | 'activeFrom' | 'retiredFrom' | 'successor'>>;

/**
 * The catalogue in force: the built-in formats, then the packages published since, oldest first. A namespace published again is
 * the newer revision's alone; the schemas of the older one stay, other formats of its package need them.
 */
export function composeCatalogue(
  builtIn: CatalogueData,
  packages: readonly CatalogueData[],
  lifeCycles: Readonly<Record<string, LifeCycleChange>> = {},
): CatalogueData {
  const formats = new Map<string, Format>();
  for (const { formats: published } of [builtIn, ...packages])
    for (const format of published) formats.set(format.namespace, { ...format, ...lifeCycles[format.namespace] });
  return {
    formats: [...formats.values()].sort((a, b) => compare(a.id, b.id) || compare(a.version, b.version)),
    schemas: Object.assign({}, builtIn.schemas, ...packages.map((p) => p.schemas)),
  };
}

/** By code units, not by locale: the order is part of the snapshot's hash. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
