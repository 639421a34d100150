import type { RequestData, ResponseData } from '../envelope/index.js';
import { type ElementView, type FormatEntry, fromRoot, type PurposePlace, textAt, viewOf } from '../formats/index.js';
import type { XmlTree } from '../xml/index.js';

/** What one part of a request is made for, as far as it says. */
export interface Purpose {
  /** The service or function. */
  readonly service?: string;
  /** The legal norm that entitles. */
  readonly norm?: string;
  /** Who asks, by name: personal data, for sealed places only. */
  readonly official?: string;
}

export const PURPOSE_PARTS = ['service', 'norm', 'official'] as const;

/** Purposes longer than this are found by their beginning. */
const LONGEST = 1_000;

interface Sent {
  readonly entry?: FormatEntry;
  readonly data: RequestData | ResponseData;
  readonly tree: XmlTree;
}

/** The purpose of every part of a request, in order, read from the verified octets; undefined where the format keeps none. */
export function purposesOf({ entry, data, tree }: Sent): readonly Purpose[] | undefined {
  const place = entry?.format.purpose;
  if (place === undefined || !('content' in data)) return undefined;
  return fromRoot(viewOf(tree, data.content), place.each).map((part) => purposeIn(part, place));
}

function purposeIn(part: ElementView, place: PurposePlace): Purpose {
  const said = PURPOSE_PARTS.flatMap((name) => {
    const text = textAt(part, place[name]);
    return text === undefined || text === '' ? [] : [[name, text] as const];
  });
  return Object.fromEntries(said);
}

/** Service and norm of all parts as one text, each once: what exchanges are searched by. No personal data. */
export function purposeText(purposes: readonly Purpose[]): string {
  const texts = purposes.map(({ service, norm }) => [service, norm].filter((t) => t !== undefined).join(' — '));
  return [...new Set(texts)]
    .filter((t) => t !== '')
    .join('; ')
    .slice(0, LONGEST);
}

/** Every purpose for the sealed part of a record: services, norms and officials, each once. */
export function purposeFields(purposes: readonly Purpose[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    PURPOSE_PARTS.map(
      (name) => [`purpose-${name}`, [...new Set(purposes.flatMap((p) => p[name] ?? []))]] as const,
    ).filter(([, texts]) => texts.length > 0),
  );
}
