import { printedDay } from '../../texts.js';
import type { Rule } from '../rule.js';

/** A person of a register that tells when it took the record (10.21.S): days `YYYY-MM-DD`. */
export const bornBeforeLoaded: Rule<{ readonly birthDate: string; readonly loadedOn: string }> = {
  id: 'born-before-loaded',
  code: '051',
  type: 1,
  title: {
    ru: 'рождение позже внесения записи в источник данных',
    en: 'a birth after the source of data took the record',
  },
  *check({ birthDate, loadedOn }) {
    if (birthDate > loadedOn)
      yield `Дата рождения ${printedDay(birthDate)} больше даты загрузки внесения записи в источник данных ${printedDay(loadedOn)}`;
  },
};
