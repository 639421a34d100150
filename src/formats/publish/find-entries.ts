import type { PackageDocuments } from './package-documents.js';
import type { Refusal, Warning } from './plan.js';
import type { SchemaDocument } from './schema-document.js';

/** Namespaces of types that several formats share, as publishers call them. */
const SHARED = /(^|[/:._-])(types?|commons?|basic|supplementary|dictionar(y|ies))([/:._-]|$)/i;
const MOST_NAMED = 12;

export interface Entries {
  readonly entries: readonly SchemaDocument[];
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Warning[];
}

/**
 * The top-level schemas of a package without format.json: those with a namespace and root elements that no other document of the
 * package leads to, in the outermost folder that holds such. Deeper ones are parts somebody left behind: they are named, not published.
 */
export function findEntries(documents: PackageDocuments): Entries {
  const all = [...documents.own.values()];
  const used = new Set(all.flatMap((d) => linksOf(documents, d)));
  const roots = all.filter((d) => d.elements.length > 0 && !used.has(d.path));
  const candidates = roots.filter((d) => d.target !== '' && !SHARED.test(d.target));
  const { single, refusals } = oneOfEach(candidates);
  const outermost = Math.min(...single.map(depth));
  const entries = refusals.length > 0 ? [] : single.filter((d) => depth(d) === outermost);
  const left = roots.filter((d) => !entries.includes(d));
  return { entries, refusals, warnings: left.length > 0 && entries.length > 0 ? [leftOut(left)] : [] };
}

function linksOf(documents: PackageDocuments, document: SchemaDocument): string[] {
  return document.links.flatMap((link) => {
    const target = documents.resolve(document, link);
    return typeof target === 'string' && target !== document.path ? [target] : [];
  });
}

function depth({ path }: SchemaDocument): number {
  return path.split('/').length;
}

/** Copies of one document count once, the outermost; two that say different things of one namespace cannot both be in force. */
function oneOfEach(candidates: readonly SchemaDocument[]): { single: SchemaDocument[]; refusals: Refusal[] } {
  const byTarget = new Map<string, SchemaDocument[]>();
  for (const d of [...candidates].sort((a, b) => depth(a) - depth(b)))
    byTarget.set(d.target, [...(byTarget.get(d.target) ?? []), d]);
  const refusals = [...byTarget].flatMap(([namespace, same]) => {
    const [first, ...others] = same;
    const other = others.find((d) => d.fingerprint !== first!.fingerprint);
    return other === undefined ? [] : [duplicate(namespace, first!.path, other.path)];
  });
  return { single: [...byTarget.values()].map(([first]) => first!), refusals };
}

export function duplicate(namespace: string, a: string, b: string): Refusal {
  return {
    code: 'duplicate-namespace',
    document: b,
    ru: `Пространство имён ${namespace} описывают два разных документа: ${a} и ${b}. Оставьте один или соедините их через xs:include.`,
    en: `Two different documents describe the namespace ${namespace}: ${a} and ${b}. Keep one, or join them by xs:include.`,
  };
}

function leftOut(left: readonly SchemaDocument[]): Warning {
  const names = left.slice(0, MOST_NAMED).map((d) => d.path).join(', '); // biome-ignore format: one thought
  const more = left.length > MOST_NAMED ? ', …' : '';
  return {
    kind: 'left-out',
    ru: `Не публикуются схемы, на которые никто не ссылается (${left.length}): ${names}${more}. Если это виды сведений, опубликуйте их отдельно или опишите в format.json.`,
    en: `Schemas nobody refers to are not published (${left.length}): ${names}${more}. If they are formats, publish them alone or describe them in a format.json.`,
  };
}
