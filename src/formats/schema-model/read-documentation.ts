import type { Documentation } from './model.js';
import { childrenOf, type Declaration } from './schema-documents.js';

const XML = 'http://www.w3.org/XML/1998/namespace';

/** What the annotation of a declaration says in each language; several texts of one language are joined. */
export function readDocumentation(declared: Declaration): Documentation {
  const said: Record<'ru' | 'en', string[]> = { ru: [], en: [] };
  for (const annotation of childrenOf(declared, 'annotation'))
    for (const { tree, node } of childrenOf(annotation, 'documentation')) {
      const text = tree.textOf(node)?.replace(/\s+/g, ' ').trim();
      if (text === undefined || text === '') continue;
      const language = tree.attribute(node, 'lang', XML);
      const russian = language === undefined ? /[а-яё]/i.test(text) : language.startsWith('ru');
      said[russian ? 'ru' : 'en'].push(text);
    }
  return {
    ...(said.ru.length > 0 && { ru: said.ru.join(' ') }),
    ...(said.en.length > 0 && { en: said.en.join(' ') }),
  };
}

/** The first of several that says anything. */
export function firstSaid(...all: readonly (Documentation | undefined)[]): Documentation {
  return all.find((d) => d?.ru !== undefined || d?.en !== undefined) ?? {};
}
