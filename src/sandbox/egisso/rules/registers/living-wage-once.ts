import type { Rule } from '../rule.js';

/** A living wage of a territory and a quarter, 10.22.I. */
export interface LivingWage {
  readonly oktmo: string;
  readonly year: string;
  readonly quarter: string;
  /** The record it corrects. */
  readonly previousId?: string;
}

export const livingWageOnce: Rule<{
  readonly wage: LivingWage;
  /** The id of the living wage held for the territory and the quarter. */
  readonly lookups: { livingWage(oktmo: string, year: string, quarter: string): string | undefined };
}> = {
  id: 'living-wage-once',
  code: '066',
  type: 1,
  title: {
    ru: 'прожиточный минимум территории за квартал уже есть',
    en: 'a living wage of a territory and a quarter that is there already',
  },
  *check({ wage, lookups }) {
    const { oktmo, year, quarter, previousId } = wage;
    const held = lookups.livingWage(oktmo, year, quarter);
    if (held === undefined || held === previousId?.toLowerCase()) return;
    yield `Запись для ${oktmo} за ${year} год ${quarter} квартал существует в списке прожиточных минимумов`;
  },
};
