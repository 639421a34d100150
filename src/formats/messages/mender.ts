import { chooseMending, fellowsOf, giveUp, type Misfit } from './choose-mending.js';
import type { Complaint, Mending, Placed } from './complaint.js';
import type { ContentOf } from './expected-content.js';
import { type CopyNode, rename } from './mended-copy.js';

interface Case extends Misfit {
  /** What libxml2 expects now; the first expectation is what the sender is told. */
  expected: readonly string[];
  mending?: Mending;
}

/** Collects what verdicts say about the sender's elements, and mends the copy between them. */
export class Mender {
  readonly copy: CopyNode;
  readonly #contentOf: ContentOf;
  readonly #known = new Map<string, Placed>();
  readonly #nodes = new Map<number, CopyNode>();
  readonly #cases = new Map<CopyNode, Case>();
  #open: Case[] = [];

  constructor(copy: CopyNode, contentOf: ContentOf) {
    this.copy = copy;
    this.#contentOf = contentOf;
    this.#index(copy);
  }

  #index(node: CopyNode): void {
    if (node.view) this.#nodes.set(node.view.node, node);
    for (const child of node.children) this.#index(child);
  }

  /** Takes in one verdict: new complaints about what the sender wrote, and which misfits are open now. */
  learn(verdict: readonly Placed[]): void {
    this.#open = [];
    for (const p of verdict) {
      const node = p.element && this.#nodes.get(p.element.node);
      if (!node) {
        if ('node' in p) continue;
        this.#remember(p, '');
      } else if (p.complaint.kind === 'unexpected') this.#misfit(p, { node, expected: p.complaint.expected });
      else if (!this.#isConsequence(p, node)) this.#remember(p, String(p.element!.node));
    }
  }

  #remember(p: Placed, where: string): void {
    const { complaint } = p;
    const said = 'value' in complaint ? complaint.kind : JSON.stringify({ ...complaint, element: '', path: '' });
    const key = `${where} ${complaint.attribute ?? ''} ${said}`;
    if (!this.#known.has(key)) this.#known.set(key, p);
  }

  #misfit(p: Placed, misfit: Misfit): void {
    const before = this.#cases.get(misfit.node);
    if (before) before.expected = misfit.expected;
    else this.#known.set(`misfit ${p.element!.node}`, p);
    const now = before ?? { ...misfit };
    this.#cases.set(misfit.node, now);
    this.#open.push(now);
  }

  /** A parent lacks what a misfit stood in the place of. */
  #isConsequence(p: Placed, node: CopyNode): boolean {
    const { complaint } = p;
    if (complaint.kind !== 'missing-child') return false;
    return [...this.#cases.values()].some(
      (c) => c.node.parent === node && c.expected.some((e) => complaint.expected.includes(e)),
    );
  }

  /** Mends every open misfit one step; false when there is nothing to do. */
  mend(): boolean {
    let changed = false;
    for (const open of this.#open) changed = this.#step(open) || changed;
    return changed;
  }

  /** One step; false when the misfit was already taken out. */
  #step(open: Case): boolean {
    const { mending, node } = open;
    if (!node.parent?.children.includes(node)) return false;
    const fellows = mending ? undefined : fellowsOf(open, this.#contentOf);
    const made = mayGoOn(open) ? chooseMending(open, this.#contentOf) : giveUp(open);
    open.mending = joined(mending, made);
    if (made.kind === 'renamed' && fellows) this.#meet(fellows(made.to));
    return true;
  }

  /** They would come up one by one, round after round. */
  #meet(fellows: readonly Misfit[]): void {
    for (const { node, expected } of fellows) {
      if (this.#cases.has(node) || !node.view) continue;
      const complaint: Complaint = { kind: 'unexpected', element: node.clark, expected };
      this.#known.set(`misfit ${node.view.node}`, { complaint, line: node.view.line, element: node.view });
      rename(node, expected[0]!);
      this.#cases.set(node, { node, expected, mending: { kind: 'renamed', to: expected[0]! } });
    }
  }

  found(): readonly Placed[] {
    const all = [...this.#known.values()].map((p) => {
      const node = p.complaint.kind === 'unexpected' && p.element ? this.#nodes.get(p.element.node) : undefined;
      const mending = node && this.#cases.get(node)?.mending;
      return mending ? { ...p, mended: mending } : p;
    });
    return all.sort((a, b) => (a.element?.node ?? 0) - (b.element?.node ?? 0));
  }
}

/** Whether the element still stands in the copy and may not fit for a further reason: what was missing before it must not be missing again. */
function mayGoOn({ mending, expected }: Case): boolean {
  switch (mending?.kind) {
    case undefined:
    case 'renamed':
    case 'moved':
    case 'moved-down':
      return true;
    case 'supplied':
      return ![...mending.names, ...(mending.oneOf ?? [])].some((name) => expected.includes(name));
    default:
      return false;
  }
}

/** What the sender is told of two steps: the first, and everything that was missing. */
function joined(before: Mending | undefined, made: Mending): Mending {
  if (!before) return made;
  if (before.kind === 'supplied' && made.kind === 'supplied')
    return { ...before, names: [...before.names, ...(made.oneOf ?? []).slice(-1), ...made.names] };
  return before.kind === 'supplied' && made.kind === 'taken-out' ? made : before;
}
