import type { Violation } from '../../message/index.js';
import type { XmlElement, XmlTree } from '../../xml/index.js';
import type { Grammar, Type } from './grammar.js';

/** One judgement of one element; collects every violation in document order. */
export interface Judgement {
  readonly tree: XmlTree;
  readonly grammar: Grammar;
  readonly violations: Violation[];
  /** xs:ID values seen so far: unique in a document (cvc-id). */
  readonly ids: Set<string>;
  /** By parent, the last step of each child's path. */
  readonly steps: Map<XmlElement, ReadonlyMap<XmlElement, string>>;
  /** Judges a child; handed over so that sequences and elements need not import each other. */
  readonly judgeElement: (judgement: Judgement, element: XmlElement, type: Type) => void;
}

/** A violation standing at an element, told in both languages. */
export function violationAt(tree: XmlTree, element: XmlElement, text: string, textEn: string): Violation {
  const { line, column } = tree.positionOf(element);
  return { line, column, path: tree.pathOf(element), text, textEn };
}

/** Violations told of one document: a hostile one could otherwise make an answer far larger than itself. */
const MOST_VIOLATIONS = 1000;

/** Whether enough is told: the rest of the document need not be judged. */
export function isFull({ violations }: Judgement): boolean {
  return violations.length >= MOST_VIOLATIONS;
}

export function report(judgement: Judgement, element: XmlElement, text: string, textEn: string): void {
  if (isFull(judgement)) return;
  const { violations, tree } = judgement;
  const { line, column } = tree.positionOf(element);
  violations.push({ line, column, path: pathIn(judgement, element), text, textEn });
}

/** XmlTree.pathOf with siblings counted once a parent: a thousand violations among 100,000 siblings must not cost seconds. */
function pathIn(judgement: Judgement, element: XmlElement): string {
  const { tree, steps } = judgement;
  const parent = tree.parentOf(element);
  if (parent === undefined) return `/${tree.qualifiedNameOf(element)}`;
  let known = steps.get(parent);
  if (known === undefined) {
    known = stepsOf(tree, parent);
    steps.set(parent, known);
  }
  return pathIn(judgement, parent) + known.get(element);
}

function stepsOf(tree: XmlTree, parent: XmlElement): ReadonlyMap<XmlElement, string> {
  const children = tree.children(parent);
  const names = children.map((child) => `{${tree.namespaceOf(child)}}${tree.localNameOf(child)}`);
  const totals = new Map<string, number>();
  for (const name of names) totals.set(name, (totals.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  const steps = new Map<XmlElement, string>();
  for (const [index, child] of children.entries()) {
    const name = names[index]!;
    const position = (seen.get(name) ?? 0) + 1;
    seen.set(name, position);
    steps.set(child, `/${tree.qualifiedNameOf(child)}${totals.get(name) === 1 ? '' : `[${position}]`}`);
  }
  return steps;
}
