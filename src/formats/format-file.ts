import { posix } from 'node:path';
import type { Format } from './format.js';

/** `format.json` of a format, as `loadCatalogue` reads it back: what has its default value is left out. */
export function formatFile(format: Format): object {
  const { roots, entry, carries, persons, personal, rules, ...said } = format;
  return {
    ...said,
    ...roots,
    ...(entry !== undefined && { entry: posix.basename(entry) }),
    ...(carries.length > 0 && { carries }),
    ...(persons.length > 0 && { persons }),
    ...(personal.length > 0 && { personal }),
    ...(rules.gateway.length + rules.registry.length > 0 && { rules }),
  };
}
