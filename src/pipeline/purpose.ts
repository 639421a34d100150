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
/** Different texts of a kind that a record keeps; all of them stand in the sealed body. */
const MOST_TEXTS = 100;
/** What senders write into a free text although it is asked for elsewhere. */
const LIKE_SNILS = /(?<!\d)\d{3}[- ]?\d{3}[- ]?\d{3}[- ]?\d{2}(?!\d)/gu;

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

/** Service and norm of all parts as one text, each once: what exchanges are searched by. It stands in clear, so no SNILS stays in it. */
export function purposeText(purposes: readonly Purpose[]): string {
  const texts = purposes.map(({ service, norm }) => [service, norm].filter((t) => t !== undefined).join(' — '));
  return [...new Set(texts)]
    .filter((t) => t !== '')
    .join('; ')
    .replace(LIKE_SNILS, '***********')
    .slice(0, LONGEST)
    .toWellFormed();
}

/** Purposes for the sealed part of a record: services, norms and officials, each once, within limits a published format need not have. */
export function purposeFields(purposes: readonly Purpose[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    PURPOSE_PARTS.map((name) => [`purpose-${name}`, differing(purposes.flatMap((p) => p[name] ?? []))] as const).filter(
      ([, texts]) => texts.length > 0,
    ),
  );
}

function differing(texts: readonly string[]): readonly string[] {
  const each = [
    ...new Set(texts.map((text) => (text.length <= 2 * LONGEST ? text : `${text.slice(0, 2 * LONGEST)}…`))),
  ];
  return each.length <= MOST_TEXTS ? each : [...each.slice(0, MOST_TEXTS), `… +${each.length - MOST_TEXTS}`];
}
