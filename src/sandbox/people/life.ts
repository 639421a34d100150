import { dayAfter, yearsAfter, yearsBetween } from './days.js';
import type { Draws } from './draws.js';
import type { Disability, Gender, WorkRecord } from './person.js';

const EMPLOYERS = ['Вымышленный завод', 'Песочная фабрика', 'Учебная мастерская', 'Условный магазин', 'Макетное бюро'];
const POSITIONS = ['инженер', 'бухгалтер', 'водитель', 'слесарь', 'учитель', 'продавец', 'делопроизводитель'];
const REASONS = ['Общее заболевание', 'Инвалидность с детства', 'Трудовое увечье', 'Профессиональное заболевание'];

/** Jobs one after another from some day at 18–23 until a pension at 60 or 55, with gaps between them. */
export function workOf(draws: Draws, born: string, gender: Gender, asOf: string): readonly WorkRecord[] {
  const last = yearsAfter(born, gender === 'Male' ? 60 : 55);
  const end = last < asOf ? last : asOf;
  const records: WorkRecord[] = [];
  let begin = dayAfter(born, draws.between(18 * 366, 23 * 365));
  while (begin < end) {
    const left = dayAfter(begin, draws.between(200, 4_500));
    const record = { employer: draws.one(EMPLOYERS), position: draws.one(POSITIONS), begin };
    const isLast = left >= end;
    records.push(isLast && end === asOf ? record : { ...record, end: isLast ? end : left });
    begin = isLast ? end : dayAfter(left, draws.between(1, 400));
  }
  return records;
}

/** One in twelve. A child's lasts until 18 at the longest, one at a pensioner's age has no end. */
export function disabilityOf(draws: Draws, born: string, asOf: string): Disability | undefined {
  if (!draws.happens(8)) return undefined;
  const begin = dayAfter(asOf, -draws.between(200, 700));
  if (begin <= dayAfter(born, 365)) return undefined;
  const age = yearsBetween(born, begin);
  const isChild = age < 18;
  const ends = isChild ? yearsAfter(born, 18) : yearsAfter(begin, draws.between(2, 3));
  return {
    group: isChild ? '4' : draws.one(['1', '2', '3'] as const),
    reason: isChild ? 'Ребёнок-инвалид' : draws.one(REASONS),
    begin,
    ...(age >= 55 ? {} : { end: ends }),
    actNumber: `${draws.between(1, 999)}.${draws.between(1, 40)}.77/${begin.slice(0, 4)}`,
    actDate: begin,
  };
}
