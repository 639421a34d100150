import type { Note } from '../api.js';

/** What stands in the table of rules. */
export interface RuleInfo {
  readonly id: string;
  /** Published rule code, where the operator's reference protocols show one. */
  readonly code?: string;
  /** 1 error: its record is refused; 2 warning: told with the acceptance. */
  readonly type: 1 | 2;
  /** What it finds, in a few words. */
  readonly title: { readonly ru: string; readonly en: string };
}

/** One check of the registry. Pure: what only the registry knows is handed in with the record. Yields reports, one a finding. */
export interface Rule<Given> extends RuleInfo {
  check(given: Given): Iterable<string>;
}

/** What the rules say of one record, in their order. A finding refuses its record at most, never the package. */
export function notesOn<Given>(rules: readonly Rule<Given>[], given: Given): readonly Note[] {
  return rules.flatMap(({ type, code, check }) =>
    [...check(given)].map((report): Note => ({ type, ...(code === undefined ? {} : { code }), report })),
  );
}
