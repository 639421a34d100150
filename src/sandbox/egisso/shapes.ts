/** What a JSON value must be: a test, a list of one shape, or named fields (`name?` may be absent; others are let be). */
export type Shape =
  | ((value: unknown) => boolean)
  | readonly [Shape]
  | { readonly fields: Readonly<Record<string, Shape>> };

export const text: Shape = (value) => typeof value === 'string';
export const flag: Shape = (value) => typeof value === 'boolean';

/** The path of the first place where `value` does not have the shape; undefined when it has. */
export function mismatch(value: unknown, shape: Shape, path = '$'): string | undefined {
  if (typeof shape === 'function') return shape(value) ? undefined : path;
  if ('fields' in shape) return mismatchInFields(value, shape.fields, path);
  if (!Array.isArray(value)) return path;
  for (const [index, item] of value.entries()) {
    const found = mismatch(item, shape[0], `${path}[${index}]`);
    if (found) return found;
  }
  return undefined;
}

function mismatchInFields(value: unknown, fields: Readonly<Record<string, Shape>>, path: string): string | undefined {
  if (typeof value !== 'object' || value === null) return path;
  const held = value as Readonly<Record<string, unknown>>; // an object, its fields are judged below
  for (const [key, shape] of Object.entries(fields)) {
    const name = key.endsWith('?') ? key.slice(0, -1) : key;
    if (!Object.hasOwn(held, name)) {
      if (key.endsWith('?')) continue;
      return `${path}.${name}`;
    }
    const found = mismatch(held[name], shape, `${path}.${name}`);
    if (found) return found;
  }
  return undefined;
}
