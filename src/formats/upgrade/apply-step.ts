import type { Draft } from './draft.js';
import type { Journal } from './journal.js';
import type { Step } from './table.js';

/** Whether the step changes anything: most only gave the namespaces new numbers. */
export function isIdle({ renames, last, wraps, lost }: Step): boolean {
  return renames === undefined && last === undefined && wraps === undefined && lost === undefined;
}

/** One step over a draft and everything below it, in place. Names in the table are those before the step. */
export function applyStep(draft: Draft, step: Step, journal: Journal): void {
  const own = draft.name;
  const last: Draft[] = [];
  const kept: Draft[] = [];
  for (const child of draft.children) {
    const place = `${own}/${child.name}`;
    const reason = step.lost?.[place];
    if (reason !== undefined && child.source !== undefined) {
      journal.lose(child.source, reason);
      continue;
    }
    applyStep(child, step, journal);
    const name = step.renames?.[place];
    if (name !== undefined) child.name = name;
    const around = step.wraps?.[place];
    const placed = around === undefined ? child : { name: around, text: '', children: [child] };
    (step.last?.includes(place) === true ? last : kept).push(placed);
  }
  draft.children = [...kept, ...last];
}
