import { nearest } from '../edit-distance.js';
import type { ElementView } from '../element-view.js';
import type { Placed } from './complaint.js';
import { type Content, type ContentOf, lastRequired, placeOf, requiredBetween } from './expected-content.js';
import { understand } from './libxml2-messages.js';
import { type CopyNode, copyOf, octetsOf } from './mended-copy.js';
import { Mender } from './mender.js';
import { clarkName, localOf } from './names.js';
import { NodePaths } from './node-paths.js';

/** What the schema engine reports: line in the validated octets, node path, its own English sentence. */
export interface RawMessage {
  readonly line: number;
  readonly path?: string;
  readonly message: string;
}

export type Judge = (octets: Uint8Array) => readonly RawMessage[];

/** Rounds, and octets judged again in all: a hostile document must not buy more work than a few valid ones. */
const ROUNDS = 12;
const OCTETS_AGAIN = 4_000_000;

/**
 * Every complaint, not only those before the first misplaced element: libxml2 leaves the children of a parent alone once one
 * does not fit, with all below them. So the misfit is mended in a copy as the schema's content model suggests (choose-mending.ts)
 * and the copy is judged again, until nothing new is found or the budget is spent. Complaints that mending itself causes are dropped.
 * `model` is asked for only when there is something to explain.
 */
export function judgeThoroughly(
  octets: Uint8Array,
  root: ElementView,
  judge: Judge,
  model: () => ContentOf,
): readonly Placed[] {
  const places = new NodePaths(root);
  const verdict = judge(octets).map((raw) => placed(raw, places.find(raw.path ?? '')));
  if (!verdict.some(asksModel)) return verdict;
  const contentOf = model();
  const first = verdict.map((p) => (p.element && asksModel(p) ? explained(p, contentOf(placeOf(p.element, root))) : p));
  return withoutTwins(mended(octets, root, { first, judge, contentOf }));
}

/** Whether the schema's model tells more about a complaint. */
function asksModel({ complaint }: Placed): boolean {
  switch (complaint.kind) {
    case 'unexpected':
    case 'missing-child':
    case 'attribute-alien':
      return true;
    case 'not-of-type':
      return !complaint.type.startsWith('xs:');
    default:
      return false;
  }
}

interface Trial {
  readonly first: readonly Placed[];
  readonly judge: Judge;
  readonly contentOf: ContentOf;
}

function mended(octets: Uint8Array, root: ElementView, { first, judge, contentOf }: Trial): readonly Placed[] {
  if (!first.some((p) => p.complaint.kind === 'unexpected' && p.element?.parent)) return first;
  const copied = copyOf(octets, root);
  if (!copied) return first;
  const mender = new Mender(copied, contentOf);
  mender.learn(first);
  let spent = 0;
  for (let round = 0; round < ROUNDS && mender.mend(); round++) {
    const copy = octetsOf(mender.copy);
    spent += copy.length;
    if (spent > OCTETS_AGAIN) break;
    const places = new NodePaths(mender.copy);
    mender.learn(judge(copy).map((raw) => placedInCopy(raw, places.find(raw.path ?? ''), contentOf)));
  }
  return mender.found();
}

function placed(raw: RawMessage, element: ElementView | undefined): Placed {
  return { complaint: understand(raw.message, raw.path), line: raw.line, element };
}

/** `node` is there where the complaint is about an element of the copy, `element` only where the sender wrote it. */
function placedInCopy(
  raw: RawMessage,
  node: CopyNode | undefined,
  contentOf: ContentOf,
): Placed & { readonly node?: CopyNode } {
  const found = placed(raw, node?.view);
  if (!node) return found;
  return { ...(asksModel(found) ? explained(found, contentOf(node)) : found), node };
}

/** What the model adds to a complaint about an element with that content. */
function explained(p: Placed, content: Content | undefined): Placed {
  const { complaint } = p;
  if (!content) return p;
  switch (complaint.kind) {
    case 'missing-child': {
      const names = missingAtEnd(content, complaint.expected);
      return names.length === 0 ? p : { ...p, mended: { kind: 'supplied', names } };
    }
    case 'attribute-alien': {
      const free = content.attributes.filter((name) => !p.element?.attributes.some((a) => clarkName(a) === name));
      const near = nearest(localOf(complaint.name), free.map(localOf));
      return near === undefined ? p : { ...p, mended: { kind: 'renamed', to: near } };
    }
    case 'not-of-type':
      return { ...p, complaint: { ...complaint, builtIn: content.builtInTypes(complaint.attribute) } };
    default:
      return p;
  }
}

/** An element that ends too early lacks everything required that would have followed; libxml2 names the first place only. */
function missingAtEnd(content: Content, expected: readonly string[]): readonly string[] {
  const last = lastRequired(content, expected, Number.POSITIVE_INFINITY);
  const at = last === undefined ? -1 : Math.max(...content.placesOf(last));
  return at < 0 ? [] : requiredBetween(content, at, content.slots.length, new Set());
}

/** A misspelt attribute is also one that is missing: one fault. */
function withoutTwins(all: readonly Placed[]): readonly Placed[] {
  const meant = new Set(
    all.flatMap((p) =>
      p.complaint.kind === 'attribute-alien' && p.mended?.kind === 'renamed' ? `${p.element?.node} ${p.mended.to}` : [],
    ),
  );
  return all.filter(
    (p) => p.complaint.kind !== 'attribute-missing' || !meant.has(`${p.element?.node} ${localOf(p.complaint.name)}`),
  );
}
