import type { Violation } from '../../message/index.js';

/** Something of the source that has no place in the new version. */
export interface Lost {
  /** XPath in the source's own names; an attribute as `/@name`, text between elements as `/text()`. */
  readonly path: string;
  /** 1-based line of the element's `<` in the source. */
  readonly line: number;
  readonly ru: string;
  readonly en: string;
}

/** A rewriting that keeps the value, told once for all its places. */
export interface Changed {
  /** The first place. */
  readonly path: string;
  readonly line: number;
  /** How many places. */
  readonly count: number;
  readonly ru: string;
  readonly en: string;
}

export interface Upgraded {
  readonly kind: 'upgraded';
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** UTF-8; several only where a package had to be split and a generator of identifiers was handed in. */
  readonly documents: readonly [Buffer, ...Buffer[]];
  readonly lost: readonly Lost[];
  readonly changed: readonly Changed[];
}

/** The document is of the current version already. */
export interface NothingToDo {
  readonly kind: 'nothing-to-do';
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/** Not XML, or of no version the table knows. */
export interface NotUnderstood {
  readonly kind: 'not-understood';
  readonly violation: Violation;
}

export type UpgradeResult = Upgraded | NothingToDo | NotUnderstood;
