import type { Draft } from './draft.js';

/**
 * The same document in as many as its limits ask for, in the order written: a later one may speak of an earlier one's records.
 * The first keeps the identifier, each other gets one from `newId`. `most`: how many of an element one document takes.
 */
export function splitParcel(
  root: Draft,
  parcel: { readonly list: string; readonly id: string },
  most: (name: string) => number,
  newId: () => string,
): readonly [Draft, ...Draft[]] {
  const list = find(root, parcel.list);
  if (list === undefined) return [root];
  const parts: Draft[][] = [[]];
  let counts = new Map<string, number>();
  for (const child of list.children) {
    if ((counts.get(child.name) ?? 0) >= most(child.name)) {
      parts.push([]);
      counts = new Map();
    }
    counts.set(child.name, (counts.get(child.name) ?? 0) + 1);
    parts.at(-1)?.push(child);
  }
  if (parts.length === 1) return [root];
  const [first, ...rest] = parts.map((children, i) =>
    copy(root, (draft) => {
      if (draft === list) return { ...draft, children };
      return i > 0 && draft.name === parcel.id ? { ...draft, text: newId() } : undefined;
    }),
  );
  return [first as Draft, ...rest];
}

export function find(draft: Draft, name: string): Draft | undefined {
  if (draft.name === name) return draft;
  for (const child of draft.children) {
    const found = find(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function copy(draft: Draft, instead: (draft: Draft) => Draft | undefined): Draft {
  return instead(draft) ?? { ...draft, children: draft.children.map((c) => copy(c, instead)) };
}
