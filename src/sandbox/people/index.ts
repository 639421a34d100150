/**
 * Synthetic people for every partner of the sandbox: person k of seed s is a pure function of (s, k), so partners agree without a shared store.
 * May import: nothing. Sandbox partners may import it.
 * Start at people.ts; what makes a person unmistakably synthetic is told in person.ts.
 */
export { dayAfter, daysBetween, yearsAfter } from './days.js';
export { PEOPLE_AS_OF } from './household.js';
export { householdOf, MOST_PEOPLE, PEOPLE_PER_HOUSEHOLD, peopleOf, personOf } from './people.js';
export type { BirthPlace, Disability, Gender, IdentityDocument, SyntheticPerson, WorkRecord } from './person.js';
export { isSyntheticSnils, snilsWith, syntheticSnils } from './snils.js';
