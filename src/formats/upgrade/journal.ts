import type { XmlElement, XmlTree } from '../../xml/index.js';
import type { Changed, Lost } from './result.js';
import { SourcePaths } from './source-paths.js';
import type { Reason } from './table.js';

/** What an upgrade has to tell: every loss at its place, every kind of change once. */
export class Journal {
  readonly #lost = new Map<string, Lost>();
  readonly #paths: SourcePaths;
  readonly #changed = new Map<string, { -readonly [K in keyof Changed]: Changed[K] }>();

  constructor(tree: XmlTree) {
    this.#paths = new SourcePaths(tree);
  }

  /** In document order. */
  losses(): readonly Lost[] {
    return [...this.#lost.values()].sort((a, b) => a.line - b.line);
  }

  changes(): readonly Changed[] {
    return [...this.#changed.values()];
  }

  lose(element: XmlElement, { ru, en }: Reason, below = ''): void {
    const path = this.#paths.of(element) + below;
    // What stands around the parts of a split package is met once a part.
    this.#lost.set(`${path} ${ru}`, { path, line: this.#paths.line(element), ru, en });
  }

  change(element: XmlElement, { ru, en }: Reason): void {
    const told = this.#changed.get(ru);
    if (told !== undefined) told.count++;
    else this.#changed.set(ru, { path: this.#paths.of(element), line: this.#paths.line(element), count: 1, ru, en });
  }

  foreign(element: XmlElement, namespace: string): void {
    this.lose(element, {
      ru: `пространство имён «${namespace}» не входит в версию документа`,
      en: `the namespace “${namespace}” is none of the document's version`,
    });
  }

  attribute(element: XmlElement, local: string): void {
    this.lose(
      element,
      {
        ru: `атрибут ${local}: у элементов этого вида сведений атрибутов нет`,
        en: `attribute ${local}: elements of this format have no attributes`,
      },
      `/@${local}`,
    );
  }

  textBetween(element: XmlElement): void {
    this.lose(
      element,
      { ru: 'текст между элементами: для него нет места', en: 'text between elements: there is no place for it' },
      '/text()',
    );
  }

  schemaAttribute(element: XmlElement, local: string): void {
    this.change(element, {
      ru: `xsi:${local} опущен: он указывает на прежнюю схему`,
      en: `xsi:${local} is left out: it points to the old schema`,
    });
  }

  comments(element: XmlElement): void {
    this.change(element, { ru: 'комментарии опущены', en: 'comments are left out' });
  }
}
