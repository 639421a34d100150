import type { Format, Role } from '../format.js';
import type { Refusal } from './plan.js';
import type { SchemaDocument } from './schema-document.js';

const BY_NAME: readonly (readonly [Role, RegExp])[] = [
  ['request', /(^request|Request)(Package|Data)?$|^запрос/i],
  ['response', /(^response|Response)(Package|Data)?$|^ответ/i],
];

/**
 * Which root element is for what, by its name; a single one of another name is a document, which travels as a file. Elements that
 * others refer to are parts. Where names leave a choice, the publisher has to say it.
 */
export function deriveRoots(entry: SchemaDocument, parts: readonly SchemaDocument[]): Format['roots'] | Refusal {
  const own = [entry, ...parts];
  const referred = new Set(own.flatMap((d) => [...d.refers]));
  const names = [...new Set(own.flatMap((d) => d.elements))];
  const roots: Partial<Record<Role, string>> = {};
  for (const [role, pattern] of BY_NAME) {
    const found = names.filter((name) => pattern.test(name));
    const plain = found.filter((name) => name.toLowerCase() === role);
    const unreferred = found.filter((name) => !referred.has(name));
    // Beside Request there may be the record it wraps: a registry of eCertificateRequest.
    const whole = found.length < 2 ? found : plain.length === 1 ? plain : unreferred;
    if (whole.length > 1) return unclear(entry.path, names);
    if (whole[0] !== undefined) roots[role] = whole[0];
  }
  if (roots.request !== undefined || roots.response !== undefined) return roots;
  const whole = names.length > 1 ? names.filter((name) => !referred.has(name)) : names;
  return whole.length === 1 ? { document: whole[0]! } : unclear(entry.path, names);
}

function unclear(path: string, names: readonly string[]): Refusal {
  const list = names.slice(0, 12).join(', ');
  return {
    code: 'roots',
    document: path,
    ru: `${path}: по именам не понять, какой из корневых элементов (${list}) запрос, а какой ответ. Напишите рядом format.json с полями "request" и "response" (или "document").`,
    en: `${path}: the names do not tell which root element (${list}) is the request and which the response. Put a format.json beside it with "request" and "response" (or "document").`,
  };
}
