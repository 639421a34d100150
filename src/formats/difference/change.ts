import type { Role } from '../format.js';
import type { Phrase } from '../messages/phrase.js';

export type ChangeKind =
  | 'added'
  | 'removed'
  | 'moved'
  | 'renamed'
  | 'type'
  | 'facet'
  | 'occurrence'
  | 'choice'
  | 'rule';

/** `compatible`: whatever was valid before is valid now (namespaces apart). What cannot be told counts as breaking. */
export type Judgement = 'breaking' | 'compatible';

/** One change, wherever it shows. */
export interface Change {
  readonly kind: ChangeKind;
  readonly judgement: Judgement;
  readonly ru: string;
  readonly en: string;
  /** Absent for a change of the format as a whole. */
  readonly role?: Role;
  /** Elements it shows at, local names from the root element on; several when a shared type changed. */
  readonly paths: readonly string[];
}

/** A change as a comparison finds it, at a path below the compared type. */
export interface Finding {
  readonly what: Omit<Change, 'paths' | 'role'>;
  readonly path: string;
}

export function found(kind: ChangeKind, judgement: Judgement, words: Phrase, path = ''): Finding {
  return { what: { kind, judgement, ...words }, path };
}

export function judged(breaks: boolean): Judgement {
  return breaks ? 'breaking' : 'compatible';
}

/** `было …, стало …` around what is told about. */
export function wasNow(about: Phrase, was: Phrase, now: Phrase): Phrase {
  return {
    ru: `${about.ru}: было «${was.ru}», стало «${now.ru}»`,
    en: `${about.en}: was “${was.en}”, now “${now.en}”`,
  };
}

export function newName(was: string, now: string): Finding {
  return found('renamed', 'breaking', { ru: `назывался ${was}`, en: `was called ${was}` }, now);
}
