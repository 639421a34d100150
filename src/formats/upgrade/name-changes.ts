import type { XmlTree } from '../../xml/index.js';
import type { Draft } from './draft.js';
import type { Journal } from './journal.js';
import { local } from './settle.js';

/** Puts on record, by comparing both ends, every element that is called otherwise or stands elsewhere than in the source. */
export function nameChanges(tree: XmlTree, root: Draft, journal: Journal): void {
  const walk = (draft: Draft): void => {
    for (const [i, child] of draft.children.entries()) {
      if (child.source === undefined) {
        const inner = child.children[0];
        if (inner?.source !== undefined)
          journal.change(inner.source, {
            ru: `${local(inner.name)} помещён в ${local(child.name)}`,
            en: `${local(inner.name)} is put into ${local(child.name)}`,
          });
      } else {
        const was = tree.localNameOf(child.source);
        const is = local(child.name);
        if (was !== is) journal.change(child.source, renamed(was, is, draft));
        const before = draft.children[i - 1]?.source;
        if (before !== undefined && child.source < before)
          journal.change(child.source, {
            ru: `${is} перенесён в конец ${local(draft.name)}`,
            en: `${is} is moved to the end of ${local(draft.name)}`,
          });
      }
      walk(child);
    }
  };
  walk(root);
}

function renamed(was: string, is: string, parent: Draft) {
  const name = local(parent.name);
  return { ru: `${name}: ${was} теперь ${is}`, en: `${name}: ${was} is now ${is}` };
}
