import { printedDay } from '../../texts.js';
import type { Rule } from '../rule.js';
import { isPrintable } from './printable-dates.js';

/** The period of an assignment: a fact's own, or one that an event sets. */
export const datesInOrder: Rule<{ readonly fact: { readonly dateStart: string; readonly dateFinish?: string } }> = {
  id: 'dates-in-order',
  type: 1,
  title: { ru: 'окончание назначения раньше начала', en: 'an assignment that ends before it begins' },
  *check({ fact: { dateStart, dateFinish } }) {
    if (dateFinish === undefined || !isPrintable(dateStart) || !isPrintable(dateFinish) || dateFinish >= dateStart)
      return;
    yield `Дата начала действия назначения ${printedDay(dateStart)} больше даты окончания действия назначения ${printedDay(dateFinish)}`;
  },
};
