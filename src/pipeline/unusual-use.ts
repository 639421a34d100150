import { hash } from 'node:crypto';
import type { Purpose } from './purpose.js';

/** One accepted request with purposes, as the rules see it. */
export interface Use {
  readonly participant: string;
  readonly purposes: readonly Purpose[];
  /** Keyed labels of the persons asked about: equal for equal persons, telling nothing else. */
  readonly persons: readonly string[];
  /** ms since 1970. */
  readonly at: number;
  /** Minutes past midnight, GATEWAY_TZ. */
  readonly minuteOfDay: number;
  /** Whether this participant named this purpose before. */
  readonly isKnownPurpose: boolean;
}

export type UnusualSign = 'many-persons' | 'out-of-hours' | 'new-purpose';

/** More distinct persons than this in an hour are many for one official. */
export const MANY_PERSONS = 100;
const HOUR = 3_600_000;
const DAY_BEGINS = 7 * 60;
const DAY_ENDS = 21 * 60;
/** Officials remembered at once: the longest quiet ones are forgotten first. */
const MOST_OFFICIALS = 10_000;

/**
 * Three plain rules that mark a use for an operator's eye and refuse nothing. Counters live in this process: after a restart an
 * hour's count begins anew.
 */
export class UnusualUse {
  /** By participant and official, oldest use first: person label → when last asked about, oldest first. */
  readonly #asked = new Map<string, Map<string, number>>();

  signsOf(use: Use): readonly UnusualSign[] {
    const signs: UnusualSign[] = [];
    if (this.#personsWithin(use) > MANY_PERSONS) signs.push('many-persons');
    if (use.minuteOfDay < DAY_BEGINS || use.minuteOfDay >= DAY_ENDS) signs.push('out-of-hours');
    if (!use.isKnownPurpose) signs.push('new-purpose');
    return signs;
  }

  /** The most distinct persons any official of this use asked about within the hour, these among them. */
  #personsWithin({ participant, purposes, persons, at }: Use): number {
    const officials = new Set(purposes.map((p) => p.official ?? ''));
    return Math.max(0, ...[...officials].map((official) => this.#count(keyOf(participant, official), persons, at)));
  }

  #count(key: string, persons: readonly string[], at: number): number {
    const known = this.#asked.get(key) ?? new Map<string, number>();
    for (const person of persons) {
      known.delete(person);
      known.set(person, at);
    }
    // One more than many is enough to tell: the newest of them, so that neither memory nor this loop grows with the asking.
    for (const [person, when] of known) {
      if (when > at - HOUR && known.size <= MANY_PERSONS + 1) break;
      known.delete(person);
    }
    this.#asked.delete(key);
    this.#asked.set(key, known);
    if (this.#asked.size > MOST_OFFICIALS) this.#asked.delete(this.#asked.keys().next().value!);
    return known.size;
  }
}

/** Names of any length, kept by the thousand. */
function keyOf(participant: string, official: string): string {
  return hash('sha256', `${participant}\n${official}`, 'base64');
}
