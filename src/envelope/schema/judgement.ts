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

export function report(judgement: Judgement, element: XmlElement, text: string, textEn: string): void {
  const { violations, tree } = judgement;
  if (violations.length < MOST_VIOLATIONS) violations.push(violationAt(tree, element, text, textEn));
}
