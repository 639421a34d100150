import { type ElementView, fromRoot, select, textAt } from '../element-view.js';
import type { Format, RecordPlace } from '../format.js';
import type { PackageRecord } from './rule.js';
import { SHAPES } from './shapes/index.js';

/** The records of a document in document order, as its `format.json` places them; none for a format that places none. */
export function recordsOf(format: Format, root: ElementView): readonly PackageRecord[] {
  const found = new Map<ElementView, PackageRecord>();
  for (const place of format.records ?? [])
    for (const element of fromRoot(root, place.path))
      if (!found.has(element)) found.set(element, recordAt(place, element));
  return [...found.values()].sort((a, b) => a.element.node - b.element.node);
}

function recordAt(place: RecordPlace, element: ElementView): PackageRecord {
  const body = place.body === undefined ? element : (select(element, place.body)[0] ?? element);
  const shape = SHAPES[place.shape] ?? {};
  return {
    id: (place.id === undefined ? undefined : textAt(element, place.id)) ?? '',
    element,
    body,
    shape,
    persons: (shape.persons ?? []).flatMap(({ path, role, fields }) =>
      select(body, path).map((person) => ({ role, element: person, fields })),
    ),
  };
}
