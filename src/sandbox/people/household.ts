import { dayAfter, yearsAfter } from './days.js';
import { documentsOf } from './documents.js';
import { Draws } from './draws.js';
import { disabilityOf, workOf } from './life.js';
import { MEN, SURNAMES, WOMEN } from './names.js';
import type { Gender, SyntheticPerson } from './person.js';
import { birthPlace, REGIONS, type Region } from './places.js';
import { syntheticSnils } from './snils.js';

/** The day the lives of synthetic people are told up to: nothing in them lies later but ends of disabilities. */
export const PEOPLE_AS_OF = '2026-01-01';

/** Places of a household: two generations of spouses, two children, two who live alone. */
export const PLACES = {
  grandfather: 0,
  grandmother: 1,
  father: 2,
  mother: 3,
  child: 4,
  younger: 5,
  single: 6,
  other: 7,
};

/** In every fourth household the last person has the names, sex and birth date of the one before. */
const TWINS_EVERY = 4;

type Names = Pick<SyntheticPerson, 'familyName' | 'firstName' | 'patronymic' | 'gender'>;
type Ties = Pick<SyntheticPerson, 'parents' | 'children' | 'spouse' | 'twin' | 'maidenName'>;
type Make = (place: number, names: Names, born: string, ties?: Partial<Ties>) => SyntheticPerson;

/** All members of household `number` in the order of PLACES. */
export function household(seed: number, number: number): readonly SyntheticPerson[] {
  const draws = new Draws(`people ${seed}/${number}`);
  const home = draws.one(REGIONS);
  const first = number * Object.keys(PLACES).length;
  const make: Make = (place, names, born, ties = {}) => {
    const own = new Draws(`person ${seed}/${first + place}`);
    const disability = disabilityOf(own, born, PEOPLE_AS_OF);
    const region: Region = place < PLACES.single ? home : own.one(REGIONS);
    return {
      synthetic: true,
      seed,
      index: first + place,
      snils: syntheticSnils(seed, first + place),
      ...names,
      birthDate: born,
      birthPlace: birthPlace(own, region),
      documents: documentsOf(own, born, region, PEOPLE_AS_OF),
      parents: [],
      children: [],
      ...ties,
      ...(disability && { disability }),
      work: workOf(own, born, names.gender, PEOPLE_AS_OF),
    };
  };
  return [...family(draws, first, make), ...singles(draws, first, number % TWINS_EVERY === 0, make)];
}

/** Ages keep every marriage after both are 18 and every birth between a mother's 20 and 33. */
function family(draws: Draws, first: number, make: Make): readonly SyntheticPerson[] {
  const at = (place: number) => first + place;
  const { grandfather, grandmother, father, mother, child, younger } = PLACES;
  const surname = draws.one(SURNAMES);
  const [elder, son] = [draws.one(MEN), draws.one(MEN)];
  const fatherBorn = dayAfter('1968-01-01', draws.below(18 * 365));
  const grandmotherBorn = dayAfter(yearsAfter(fatherBorn, -draws.between(21, 32)), draws.below(300));
  const grandfatherBorn = yearsAfter(grandmotherBorn, draws.between(-6, 0));
  const motherBorn = dayAfter(fatherBorn, draws.between(-365, 6 * 365));
  const childBorn = dayAfter(yearsAfter(motherBorn, draws.between(21, 28)), draws.below(365));
  const youngerBorn = dayAfter(childBorn, draws.between(2 * 365, 4 * 365));
  const elders = dayAfter(fatherBorn, -draws.between(300, 500));
  const parents = dayAfter(childBorn, -draws.between(300, 500));
  const spouse = (place: number, since: string) => ({ spouse: { index: at(place), since } });
  const children = [at(child), at(younger)];
  const ofElders = { parents: [at(grandfather), at(grandmother)] };
  const ofParents = { parents: [at(father), at(mother)] };
  const man = { ...named(draws, surname, 'Male', elder), firstName: son[0] };
  return [
    make(grandfather, { ...named(draws, surname, 'Male'), firstName: elder[0] }, grandfatherBorn, {
      children: [at(father)],
      ...spouse(grandmother, elders),
    }),
    make(grandmother, named(draws, surname, 'Female'), grandmotherBorn, {
      children: [at(father)],
      ...spouse(grandfather, elders),
      maidenName: draws.one(SURNAMES)[1],
    }),
    make(father, man, fatherBorn, { ...ofElders, children, ...spouse(mother, parents) }),
    make(mother, named(draws, surname, 'Female'), motherBorn, {
      children,
      ...spouse(father, parents),
      maidenName: draws.one(SURNAMES)[1],
    }),
    make(child, named(draws, surname, genderOf(draws), son), childBorn, ofParents),
    make(younger, named(draws, surname, genderOf(draws), son), youngerBorn, ofParents),
  ];
}

function singles(draws: Draws, first: number, areTwins: boolean, make: Make): readonly SyntheticPerson[] {
  const { single, other } = PLACES;
  const one = named(draws, draws.one(SURNAMES), genderOf(draws));
  const two = named(draws, draws.one(SURNAMES), genderOf(draws));
  const [born, otherBorn] = [single, other].map(() => dayAfter('1948-01-01', draws.below(58 * 365))) as [
    string,
    string,
  ];
  return areTwins
    ? [make(single, one, born, { twin: first + other }), make(other, one, born, { twin: first + single })]
    : [make(single, one, born), make(other, two, otherBorn)];
}

function genderOf(draws: Draws): Gender {
  return draws.happens(50) ? 'Male' : 'Female';
}

function named(draws: Draws, surname: (typeof SURNAMES)[number], gender: Gender, father = draws.one(MEN)): Names {
  const isMan = gender === 'Male';
  return {
    familyName: surname[isMan ? 0 : 1],
    firstName: isMan ? draws.one(MEN)[0] : draws.one(WOMEN),
    patronymic: father[isMan ? 1 : 2],
    gender,
  };
}
