import type { BodyShape, DateShape } from './shape.js';

const PERIOD: readonly DateShape[] = [
  { at: 'reportPeriod', path: 'beginDate', name: 'Дата начала периода', of: 'даты начала периода' },
  { at: 'reportPeriod', path: 'endDate', name: 'Дата окончания периода', of: 'даты окончания периода' },
];

/** A question about a person and a period: 10.13.I, 10.18.I. Its SNILS is the question itself, so no rule judges it. */
export const PERSON_AND_PERIOD: BodyShape = {
  dates: PERIOD,
  periods: [{ at: 'reportPeriod', from: 'beginDate', to: 'endDate' }],
};
