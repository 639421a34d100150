import type { Rule } from '../rule.js';

/** A change of the register of points of presence, 10.15.I: a point, new or changed, or its deletion. */
export interface PointChange {
  readonly pointId: string;
  /** Whether the point must be there already: a deletion, or a change that names what it changes. */
  readonly ofKnown: boolean;
}

export const knownPoint: Rule<{
  readonly change: PointChange;
  readonly lookups: { holdsPoint(pointId: string): boolean };
}> = {
  id: 'known-point',
  code: '039',
  type: 1,
  title: { ru: 'точки присутствия в реестре нет', en: 'a point of presence the registry does not hold' },
  *check({ change, lookups }) {
    if (change.ofKnown && !lookups.holdsPoint(change.pointId.toLowerCase()))
      yield `Значение идентификатора точки присутствия ${change.pointId} в реестре не найдено`;
  },
};
