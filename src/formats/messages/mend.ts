import { nearest } from '../edit-distance.js';
import { byNodePath, clarkOf, type ElementView } from '../element-view.js';
import type { Complaint, Mending } from './complaint.js';
import { understand } from './libxml2-messages.js';
import { type CopyNode, copyOf, moveBefore, octetsOf, putBefore, rename, takeOut } from './mended-copy.js';
import { localOf } from './structure.js';

/** What the schema engine reports: line in the validated octets, node path, its own English sentence. */
export interface RawMessage {
  readonly line: number;
  readonly path?: string;
  readonly message: string;
}

/** A complaint placed in the sender's document, with what made the rest of the children fit. */
export interface Placed {
  readonly complaint: Complaint;
  readonly line: number;
  readonly element: ElementView | undefined;
  readonly mended?: Mending;
}

export type Judge = (octets: Uint8Array) => readonly RawMessage[];

/** Rounds, and octets judged again in all: a hostile document must not buy more work than a few valid ones. */
const ROUNDS = 12;
const OCTETS_AGAIN = 4_000_000;

/**
 * Every complaint, not only those before the first misplaced element: libxml2 leaves the children of a parent alone once one
 * does not fit, with all below them. So the misfit is mended in a copy (renamed, moved, supplied, else taken out) and the
 * copy is judged again, until nothing new is found or the budget is spent. Complaints that mending itself causes are dropped.
 */
export function judgeThoroughly(octets: Uint8Array, root: ElementView, judge: Judge): readonly Placed[] {
  const first = judge(octets).map((raw) => placed(raw, byNodePath(root, raw.path ?? '')));
  if (!first.some((p) => p.complaint.kind === 'unexpected' && p.element?.parent)) return first;
  const copied = copyOf(octets, root);
  if (!copied) return first;
  const mender = new Mender(copied);
  mender.learn(first);
  let spent = 0;
  for (let round = 0; round < ROUNDS && mender.mend(); round++) {
    const copy = octetsOf(mender.copy);
    spent += copy.length;
    if (spent > OCTETS_AGAIN) break;
    mender.learn(judge(copy).map((raw) => placedInCopy(raw, mender.copy)));
  }
  return mender.found();
}

function placed(raw: RawMessage, element: ElementView | undefined): Placed {
  return { complaint: understand(raw.message, raw.path), line: raw.line, element };
}

function placedInCopy(raw: RawMessage, copy: CopyNode): Placed & { readonly node?: CopyNode } {
  const node = byNodePath(copy, raw.path ?? '');
  return { ...placed(raw, node?.view), ...(node && { node }) };
}

interface Misfit {
  readonly node: CopyNode;
  readonly expected: readonly string[];
  mending?: Mending;
  /** Taking it out only brought the next one: what it should have been is not known. */
  unclear?: true;
  /** The element put in front of it, while that attempt is on trial. */
  supplied?: CopyNode;
}

class Mender {
  readonly copy: CopyNode;
  readonly #known = new Map<string, Placed>();
  readonly #nodes = new Map<ElementView, CopyNode>();
  readonly #misfits = new Map<CopyNode, Misfit>();
  #open: Misfit[] = [];

  constructor(copy: CopyNode) {
    this.copy = copy;
    this.#index(copy);
  }

  #index(node: CopyNode): void {
    if (node.view) this.#nodes.set(node.view, node);
    for (const child of node.children) this.#index(child);
  }

  /** Takes in one verdict: new complaints about what the sender wrote, and which misfits are open now. */
  learn(verdict: readonly Placed[]): void {
    this.#open = [];
    for (const p of verdict) {
      const node = p.element && this.#nodes.get(p.element);
      if (!node) {
        if ('node' in p) continue;
        this.#remember(p, '');
      } else if (p.complaint.kind === 'unexpected') this.#misfit(p, node, p.complaint.expected);
      else if (!this.#isConsequence(p, node)) this.#remember(p, String(p.element!.node));
    }
  }

  #remember(p: Placed, where: string): void {
    const { complaint } = p;
    const said = 'value' in complaint ? complaint.kind : JSON.stringify({ ...complaint, element: '', path: '' });
    const key = `${where} ${complaint.attribute ?? ''} ${said}`;
    if (!this.#known.has(key)) this.#known.set(key, p);
  }

  #misfit(p: Placed, node: CopyNode, expected: readonly string[]): void {
    const before = this.#misfits.get(node);
    if (before) {
      this.#open.push(before);
      return;
    }
    const misfit: Misfit = { node, expected };
    // The same expectation disappointed twice in one parent is one fault: the second only shows the first was taken out.
    const cascade = [...this.#misfits.values()].find(
      (m) => m.node.parent === node.parent && sameNames(m.expected, expected) && expected.length > 0,
    );
    this.#misfits.set(node, misfit);
    this.#open.push(misfit);
    if (cascade) cascade.unclear = true;
    else this.#known.set(`misfit ${p.element!.node}`, p);
  }

  /** A parent lacks what a misfit stood in the place of. */
  #isConsequence(p: Placed, node: CopyNode): boolean {
    const { complaint } = p;
    if (complaint.kind !== 'missing-child') return false;
    return [...this.#misfits.values()].some(
      (m) => m.node.parent === node && m.expected.some((e) => complaint.expected.includes(e)),
    );
  }

  /** Mends every open misfit one step; false when there is nothing to do. */
  mend(): boolean {
    let changed = false;
    for (const misfit of this.#open) changed = mendOne(misfit) || changed;
    return changed;
  }

  found(): readonly Placed[] {
    const all = [...this.#known.values()].map((p) => {
      const node = p.complaint.kind === 'unexpected' && p.element ? this.#nodes.get(p.element) : undefined;
      const misfit = node && this.#misfits.get(node);
      return misfit?.mending && !misfit.unclear ? { ...p, mended: misfit.mending } : p;
    });
    return all.sort((a, b) => (a.element?.node ?? 0) - (b.element?.node ?? 0));
  }
}

/** One step; false when the misfit was already taken out. */
function mendOne(misfit: Misfit): boolean {
  const { node, expected } = misfit;
  if (!node.parent || misfit.mending === 'taken-out') return false;
  if (misfit.mending !== undefined) {
    if (misfit.supplied) takeOut(misfit.supplied);
    delete misfit.supplied;
    return takenOut(misfit);
  }
  const siblings = node.parent.children;
  const later = siblings.slice(siblings.indexOf(node) + 1);
  const names = expected.filter((e) => !e.startsWith('##'));
  const strayed = later.find((s) => names.includes(s.clark));
  const meant = likely(node, names);
  if (strayed) {
    moveBefore(strayed, node);
    misfit.mending = 'moved';
  } else if (meant !== undefined) {
    rename(node, meant);
    misfit.mending = 'renamed';
  } else if (names.length > 0) {
    misfit.supplied = putBefore(node, names.at(-1)!);
    misfit.mending = 'missing-put-in';
  } else return takenOut(misfit);
  return true;
}

function takenOut(misfit: Misfit): true {
  takeOut(misfit.node);
  misfit.mending = 'taken-out';
  return true;
}

/** The expected name that was meant: the same name in another namespace, or one that differs in a few letters. */
function likely(node: CopyNode, names: readonly string[]): string | undefined {
  const local = localOf(node.view ? clarkOf(node.view) : node.clark);
  const near = nearest(local, names.map(localOf));
  return near === undefined ? undefined : names.find((n) => localOf(n) === near);
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}
