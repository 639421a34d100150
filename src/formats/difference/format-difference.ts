import type { CatalogueData } from '../catalogue.js';
import { type Format, formatName, ROLES, type Role } from '../format.js';
import { type ElementModel, type FormatModel, formatModel } from '../schema-model/index.js';
import type { Change, Finding } from './change.js';
import { TypeComparison } from './compare-types.js';

/** What changed from one version of a format to another. */
export interface Difference {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Breaking ones first, then in document order. */
  readonly changes: readonly Change[];
  readonly breaking: number;
  readonly compatible: number;
  /** Namespaces to replace: versions of a format never share theirs, so this is no change of its own. */
  readonly namespaces: readonly { readonly from: string; readonly to: string }[];
}

/** A version whose schemas are not kept cannot be compared. */
export interface NoSchema {
  readonly missing: readonly string[];
}

export function formatDifference(data: CatalogueData, from: Format, to: Format): Difference | NoSchema {
  const [before, after] = [formatModel(data, from), formatModel(data, to)];
  if (before === undefined || after === undefined) {
    const missing = [...(before ? [] : [from]), ...(after ? [] : [to])];
    return { missing: missing.map(formatName) };
  }
  const comparison = new TypeComparison();
  const found = ROLES.flatMap((role) => compareRoots(comparison, before, after, role));
  const all = [...ofTheFormat(from, to), ...elsewhere(found, comparison)];
  const changes = [
    ...all.filter((c) => c.judgement === 'breaking'),
    ...all.filter((c) => c.judgement === 'compatible'),
  ];
  const breaking = changes.filter((c) => c.judgement === 'breaking').length;
  return {
    id: to.id,
    from: from.version,
    to: to.version,
    changes,
    breaking,
    compatible: changes.length - breaking,
    namespaces: namespacePairs(comparison.namespaces),
  };
}

type Found = Change & { readonly what: Finding['what'] };

function compareRoots(
  comparison: TypeComparison,
  before: FormatModel,
  after: FormatModel,
  role: Role,
): readonly Found[] {
  const [a, b] = [before, after].map((m) => m.roots.find((r) => r.role === role)?.element);
  if (a === undefined && b === undefined) return [];
  if (a === undefined || b === undefined) return [rootAlone(a ?? b!, role, b === undefined)];
  const renamed: Finding[] = a.local === b.local ? [] : [renamedRoot(a)];
  return grouped([...renamed, ...comparison.elements(a, b)], b.local, role);
}

function rootAlone(element: ElementModel, role: Role, gone: boolean): Found {
  const words = gone
    ? { ru: 'корневого элемента больше нет', en: 'the root element is gone' }
    : { ru: 'добавлен корневой элемент', en: 'a root element was added' };
  const what = { kind: gone ? 'removed' : 'added', judgement: gone ? 'breaking' : 'compatible', ...words } as const;
  return { ...what, what, role, paths: [element.local] };
}

function renamedRoot(a: ElementModel): Finding {
  const words = { ru: `корневой элемент назывался ${a.local}`, en: `the root element was called ${a.local}` };
  return { what: { kind: 'renamed', judgement: 'breaking', ...words }, path: '' };
}

/** One change for each finding, however many places a shared type brings it to. */
function grouped(findings: readonly Finding[], root: string, role: Role): Found[] {
  const places = new Map<Finding['what'], string[]>();
  for (const { what, path } of findings) {
    const full = path === '' ? root : `${root}/${path}`;
    places.set(what, [...(places.get(what) ?? []), full]);
  }
  return [...places].map(([what, paths]) => ({ ...what, what, role, paths }));
}

/** An element that went from one place and came to another with the same name and a like type has moved. */
function elsewhere(changes: readonly Found[], { gone, come }: TypeComparison): readonly Change[] {
  const taken = new Set<Found>();
  const movedTo = new Map<Found, Found>();
  for (const left of changes) {
    const was = gone.get(left.what);
    if (was === undefined) continue;
    const arrived = changes.filter((c) => {
      const now = come.get(c.what);
      return (
        now !== undefined &&
        c.role === left.role &&
        !taken.has(c) &&
        now.local === was.local &&
        alike(was, now) &&
        isNear(left, c)
      );
    });
    const [only] = arrived;
    if (only === undefined || arrived.length > 1) continue;
    taken.add(only);
    movedTo.set(left, only);
  }
  return changes
    .filter((c) => !taken.has(c))
    .map((change) => {
      const { what: _what, ...plain } = change;
      const target = movedTo.get(change)?.paths[0];
      if (target === undefined) return plain;
      return { ...plain, kind: 'moved', ru: `перенесён в ${target}`, en: `moved to ${target}` };
    });
}

/** Into a part beside it, out of one, or from one part into the next: farther away it is another element of that name. */
function isNear({ paths: [was = ''] }: Change, { paths: [now = ''] }: Change): boolean {
  const [a, b] = [parentOf(was), parentOf(now)];
  return parentOf(a) === b || parentOf(b) === a || parentOf(a) === parentOf(b);
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function alike(a: ElementModel, b: ElementModel): boolean {
  const [x, y] = [a.type, b.type];
  return x.text?.primitive === y.text?.primitive && (x.content === undefined) === (y.content === undefined);
}

/** What format.json says and senders notice. */
function ofTheFormat(from: Format, to: Format): readonly Change[] {
  return [...ofPersonalSignature(from, to), ...ofRoutes(from, to)];
}

function ofPersonalSignature(from: Format, to: Format): readonly Change[] {
  if (from.personalSignature === to.personalSignature) return [];
  const words =
    to.personalSignature === 'required'
      ? {
          ru: 'запросы теперь нужно подписывать ЭП-СП (PersonalSignature)',
          en: 'requests must now carry PersonalSignature',
        }
      : { ru: 'ЭП-СП (PersonalSignature) больше не обязательна', en: 'PersonalSignature is no longer required' };
  return [{ kind: 'rule', judgement: to.personalSignature ? 'breaking' : 'compatible', ...words, paths: [] }];
}

const EXCHANGES = {
  plain: { ru: 'запросы уходят одному поставщику', en: 'requests go to one provider' },
  broadcast: { ru: 'сообщения уходят всем подписчикам, без ответа', en: 'messages go to every subscriber, unanswered' },
  directive: { ru: 'получателей называет rout:Routing', en: 'rout:Routing names the recipients' },
};

/** Where a message goes is never a small change: what was sent the old way goes elsewhere, or nowhere. */
function ofRoutes(from: Format, to: Format): readonly Change[] {
  const changes: Change[] = [];
  if (from.exchange !== to.exchange) {
    const { ru, en } = EXCHANGES[to.exchange ?? 'plain'];
    changes.push({ kind: 'rule', judgement: 'breaking', ru: `теперь ${ru}`, en: `now ${en}`, paths: [] });
  }
  if (from.routingCode !== to.routingCode)
    changes.push({
      kind: 'rule',
      judgement: 'breaking',
      ru: `RoutingCode выбирает поставщика: ${to.routingCode ?? 'больше нет'} (было: ${from.routingCode ?? 'нет'})`,
      en: `RoutingCode chooses the provider: ${to.routingCode ?? 'no longer'} (was: ${from.routingCode ?? 'none'})`,
      paths: [to.routingCode ?? from.routingCode ?? ''],
    });
  return changes;
}

function namespacePairs(pairs: ReadonlyMap<string, ReadonlySet<string>>): readonly { from: string; to: string }[] {
  return [...pairs].flatMap(([from, all]) => [...all].filter((to) => to !== from).map((to) => ({ from, to })));
}
