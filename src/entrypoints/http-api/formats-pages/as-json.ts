import { type Format, type FormatModel, fieldRows } from '../../../formats/index.js';
import { sampleName } from './archive.js';
import { compareVersions, stateOf, type View } from './view.js';

/** A version in a list. */
export function summary(format: Format, view: View): object {
  const { id, version, family, title, namespace, roots, activeFrom, retiredFrom, successor } = format;
  const url = view.link(id, version, '').split('?')[0];
  return {
    id,
    version,
    family,
    title,
    namespace,
    roots,
    state: stateOf(format, view),
    activeFrom,
    retiredFrom,
    successor,
    url,
  };
}

/** A version with its fields and where its samples and schemas are. */
export function detail(
  format: Format,
  model: FormatModel | undefined,
  siblings: readonly Format[],
  view: View,
): object {
  const link = (...steps: string[]): string => view.link(format.id, format.version, ...steps).split('?')[0] ?? '';
  const roots = (model?.roots ?? []).map((root) => ({
    role: root.role,
    name: root.element.local,
    namespace: root.element.namespace,
    samples: (['smallest', 'full'] as const).map((size) => link('samples', sampleName(root.role, size))),
    ...fieldRows(root),
  }));
  return {
    ...summary(format, view),
    carries: format.carries,
    personal: format.personal,
    personalSignature: format.personalSignature,
    rules: format.rules,
    versions: siblings.map((f) => f.version).sort(compareVersions),
    schemas: (model?.schemas ?? []).map((path) => link('schemas', ...path.split('/'))),
    archive: `${link('').slice(0, -1)}.zip`,
    fields: roots,
  };
}
