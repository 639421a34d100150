import { REST_SLOT, type Segment } from './table.js';

/** Bytes `start` … `end`−1 of a part speak of this person (SNILS, or any stable name of the person within the body). */
export interface PersonSpan {
  readonly start: number;
  readonly end: number;
  readonly person: string;
}

/**
 * Cuts a part of `size` bytes where the person changes; the innermost span decides. `slots` gives persons their
 * numbers, from 1, and learns the new ones. Throws RangeError on spans outside the part or crossing each other.
 */
export function segmentsOf(size: number, spans: readonly PersonSpan[], slots: Map<string, number>): Segment[] {
  const segments: { length: number; slot: number }[] = [];
  const open: { end: number; slot: number }[] = [];
  let at = 0;
  const cutAt = (to: number): void => {
    const slot = open.at(-1)?.slot ?? REST_SLOT;
    const last = segments.at(-1);
    if (to > at && last?.slot === slot) last.length += to - at;
    else if (to > at) segments.push({ length: to - at, slot });
    at = to;
  };
  const closeUpTo = (to: number): void => {
    while (open.length > 0 && open.at(-1)!.end <= to) {
      cutAt(open.at(-1)!.end);
      open.pop();
    }
    cutAt(to);
  };
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (!(span.start >= 0 && span.start <= span.end && span.end <= size))
      throw new RangeError('a person span outside its part');
    closeUpTo(span.start);
    if (span.end > (open.at(-1)?.end ?? size)) throw new RangeError('person spans cross');
    if (span.start < span.end) open.push({ end: span.end, slot: slotOf(span.person, slots) });
  }
  closeUpTo(size);
  return segments;
}

function slotOf(person: string, slots: Map<string, number>): number {
  const known = slots.get(person);
  if (known !== undefined) return known;
  slots.set(person, slots.size + 1);
  return slots.size;
}
