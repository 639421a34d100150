import { nameOf } from '../../message/index.js';
import { isXmlProblem, parseXml, type XmlTree } from '../../xml/index.js';
import type { Catalogue } from '../catalogue.js';
import type { Format } from '../format.js';
import { type ElementModel, formatModel, slotsOf } from '../schema-model/index.js';
import { applyStep, isIdle } from './apply-step.js';
import { ASSIGNMENT_FACTS } from './assignment-facts.js';
import { type Draft, readDraft } from './draft.js';
import { Journal } from './journal.js';
import { nameChanges } from './name-changes.js';
import type { NotUnderstood, UpgradeResult } from './result.js';
import { local, Settler } from './settle.js';
import { find, splitParcel } from './split-parcel.js';
import type { UpgradeTable } from './table.js';
import { writeDraft } from './write-draft.js';

const TABLES: readonly UpgradeTable[] = [ASSIGNMENT_FACTS];

/** A package of the field has up to 5000 facts of some 170 nodes: more than a message may have, fewer than memory minds. */
export const LIMITS = { nodes: 4_000_000 };

export interface UpgradeOptions {
  /** Makes identifiers for the packages a too long one is split into; without it such a package is named as a loss. */
  readonly newPackageId?: () => string;
}

/** Whether documents of this version can be rewritten for a later one. */
export function isUpgradable({ id, version }: Format): boolean {
  const table = TABLES.find((t) => t.id === id);
  return table !== undefined && version in table.namespaces && version !== table.to;
}

/** Rewrites a document of a retired version for the current one. Pure; nothing in the input makes it throw. */
export function upgradeDocument(bytes: Uint8Array, catalogue: Catalogue, options: UpgradeOptions = {}): UpgradeResult {
  const tree = parseXml(bytes, LIMITS);
  if (!isXmlProblem(tree)) return upgradeTree(tree, catalogue, options);
  const { line, column, text, textEn } = tree;
  return { kind: 'not-understood', violation: { line, column, text, textEn } };
}

/** The same for a document that is parsed already. */
export function upgradeTree(tree: XmlTree, catalogue: Catalogue, options: UpgradeOptions = {}): UpgradeResult {
  const namespace = tree.namespaceOf(tree.root);
  const table = TABLES.find((t) => versionIn(t, namespace) !== undefined);
  const target = table && modelOf(table, catalogue);
  if (table === undefined || target === undefined || tree.localNameOf(tree.root) !== target.local)
    return notUnderstood(tree, catalogue);
  const from = versionIn(table, namespace) as string;
  const { id, to } = table;
  if (from === to) return { kind: 'nothing-to-do', id, from, to };
  const journal = new Journal(tree);
  const draft = mapped(tree, table, from, journal);
  const spaces = table.namespaces[to] as Record<string, string>;
  const { newPackageId } = options;
  const parts = newPackageId && splitParcel(draft, table.parcel, mostIn(target, table), newPackageId);
  const drafts: readonly [Draft, ...Draft[]] = parts ?? [draft];
  for (const each of drafts) new Settler(to, spaces, journal).settle(each, target);
  nameChanges(tree, draft, journal);
  if (drafts.length > 1) tellOfSplit(draft, table, drafts.length, journal);
  const [first, ...rest] = drafts.map((each) => writeDraft(each, spaces));
  const documents = [first as Buffer, ...rest] as const;
  return { kind: 'upgraded', id, from, to, documents, lost: journal.losses(), changed: journal.changes() };
}

function mapped(tree: XmlTree, table: UpgradeTable, from: string, journal: Journal): Draft {
  const own = table.namespaces[from] as Record<string, string>;
  const draft = readDraft(tree, new Map(Object.entries(own).map(([prefix, uri]) => [uri, prefix])), journal);
  const first = table.steps.findIndex((s) => s.from === from);
  for (const step of table.steps.slice(first)) if (!isIdle(step)) applyStep(draft, step, journal);
  journal.change(tree.root, {
    ru: `пространства имён версии ${from} заменены на пространства имён ${table.to}`,
    en: `the namespaces of version ${from} are replaced by those of ${table.to}`,
  });
  return draft;
}

function versionIn(table: UpgradeTable, namespace: string): string | undefined {
  return Object.keys(table.namespaces).find((v) => table.namespaces[v]?.m === namespace);
}

/** The model is read from the schemas once a catalogue. */
const models = new WeakMap<Catalogue, Map<string, ElementModel | undefined>>();

function modelOf(table: UpgradeTable, catalogue: Catalogue): ElementModel | undefined {
  const known = models.get(catalogue) ?? new Map<string, ElementModel | undefined>();
  models.set(catalogue, known);
  if (!known.has(table.id)) {
    const format = catalogue.versions(table.id).find((f) => f.version === table.to);
    const model = format && formatModel(catalogue.data, format);
    known.set(table.id, model?.roots.find((r) => r.role === 'document')?.element);
  }
  return known.get(table.id);
}

/** How many of an element one document takes: the new version's own numbers. */
function mostIn(root: ElementModel, table: UpgradeTable): (name: string) => number {
  const within = (element: ElementModel): ElementModel | undefined => {
    if (element.local === local(table.parcel.list)) return element;
    for (const { part } of slotsOf(element.type)) {
      const found = part.kind === 'element' ? within(part) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const list = within(root);
  const slots = list === undefined ? [] : slotsOf(list.type);
  const most = new Map(slots.flatMap(({ part, max }) => (part.kind === 'element' ? [[part.local, max] as const] : [])));
  return (name) => most.get(local(name)) ?? Number.POSITIVE_INFINITY;
}

function tellOfSplit(draft: Draft, table: UpgradeTable, count: number, journal: Journal): void {
  const source = find(draft, table.parcel.list)?.source;
  if (source === undefined) return;
  journal.change(source, {
    ru: `пакет разделён на документы: ${count}; у каждого, кроме первого, новый ${local(table.parcel.id)}`,
    en: `the package is split into ${count} documents; each but the first has a new ${local(table.parcel.id)}`,
  });
}

function notUnderstood(tree: XmlTree, catalogue: Catalogue): NotUnderstood {
  const name = { namespace: tree.namespaceOf(tree.root), local: tree.localNameOf(tree.root) };
  const known = TABLES.map((t) => `${t.id} ${Object.keys(t.namespaces).join(', ')}`).join('; ');
  const entry = catalogue.find(name.namespace, name.local);
  const what =
    entry === undefined
      ? catalogue.unknown(name).description
      : `${entry.format.id} ${entry.format.version}: ${nameOf(name)}`;
  const { line, column } = tree.positionOf(tree.root);
  return {
    kind: 'not-understood',
    violation: {
      line,
      column,
      path: tree.pathOf(tree.root),
      text: `${what}. Преобразуются документы ${known}`,
      textEn: `${nameOf(name)} is no document that can be upgraded; these can: ${known}`,
    },
  };
}
