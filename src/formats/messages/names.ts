import type { Phrase } from './phrase.js';

export function clarkName({ namespace, local }: { readonly namespace: string; readonly local: string }): string {
  return namespace === '' ? local : `{${namespace}}${local}`;
}

/** Local part of a Clark name. */
export function localOf(name: string): string {
  return name.replace(/^\{.*\}/s, '');
}

/** Namespace of a Clark name; undefined for none. */
export function namespaceOf(name: string): string | undefined {
  return name.match(/^\{(.*)\}/s)?.[1];
}

/** A name libxml2 expects, as it is shown: wildcards (`*`, `##any`, `##other{ns}*`, `{ns}*`) in words. */
export function named(name: string): Phrase {
  if (name.startsWith('##other'))
    return { ru: 'любой элемент другого пространства имён', en: 'any element of another namespace' };
  if (name.startsWith('##any') || name === '*') return { ru: 'любой элемент', en: 'any element' };
  if (!name.endsWith('*')) return { ru: localOf(name), en: localOf(name) };
  const namespace = namespaceOf(name) ?? '';
  if (namespace === '' || namespace === '##local')
    return { ru: 'любой элемент без пространства имён', en: 'any element of no namespace' };
  return { ru: `любой элемент пространства имён ${namespace}`, en: `any element of the namespace ${namespace}` };
}

/** libxml2 names no more, so ten names may not be all. */
const MOST_LISTED = 10;

/** Names separated by commas, each once. */
export function listed(names: readonly string[]): Phrase {
  const all = names.map(named);
  const join = (words: readonly string[]) => {
    const once = [...new Set(words)];
    return once.length >= MOST_LISTED ? `${once.slice(0, MOST_LISTED).join(', ')} …` : once.join(', ');
  };
  return { ru: join(all.map((n) => n.ru)), en: join(all.map((n) => n.en)) };
}
