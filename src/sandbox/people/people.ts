import { household, PLACES } from './household.js';
import type { SyntheticPerson } from './person.js';

export const PEOPLE_PER_HOUSEHOLD = Object.keys(PLACES).length;
/** Indexes of one seed: each has a SNILS of its own. */
export const MOST_PEOPLE = 1_000_000;

/** Household `number` of a seed, from 0: its people have the indexes from `number × PEOPLE_PER_HOUSEHOLD`. */
export function householdOf(seed: number, number: number): readonly SyntheticPerson[] {
  return household(seed, number);
}

/** Person `index` of a seed (both whole, from 0); throws above MOST_PEOPLE. The same for whoever asks, for ever. */
export function personOf(seed: number, index: number): SyntheticPerson {
  const isIndex = Number.isSafeInteger(index) && index >= 0 && index < MOST_PEOPLE;
  if (!isIndex || !Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`no person ${index} of seed ${seed}`);
  const number = Math.floor(index / PEOPLE_PER_HOUSEHOLD);
  return household(seed, number)[index % PEOPLE_PER_HOUSEHOLD] as SyntheticPerson; // a household has all its places
}

/** The first `count` people of a seed, household by household. */
export function* peopleOf(seed: number, count: number): Generator<SyntheticPerson> {
  for (let number = 0; number * PEOPLE_PER_HOUSEHOLD < count; number++)
    for (const person of household(seed, number)) if (person.index < count) yield person;
}
