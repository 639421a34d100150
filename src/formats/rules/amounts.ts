import { type ElementView, select } from '../element-view.js';
import { isFacts, type PackageRecord, type Report, type Rule } from './rule.js';

/** Amounts are not negative; money has at most two decimals. The schema holds the monetary form to both already. */
export const amounts: Rule = {
  id: 'amounts',
  type: 1,
  applies: isFacts,
  *check({ records }) {
    for (const record of records) {
      for (const place of record.fact ? select(record.fact, 'assignmentInfo').flatMap((i) => i.children) : []) {
        yield* notNegative(record, select(place, 'amount'), 'Размер назначения');
        if (place.local === 'monetaryForm') yield* notZero(record, select(place, 'amount'), 'Размер назначения');
      }
      yield* notNegative(record, select(record.element, 'amount'), 'Размер назначения');
      yield* notNegative(record, select(record.element, 'quantity'), 'Количество');
      yield* twoDecimals(record, select(record.element, 'amount'), 'Размер назначения');
    }
  },
};

export function* notNegative(record: PackageRecord, places: readonly ElementView[], name: string): Generator<Report> {
  for (const { text } of places)
    if (numberOf(text) < 0) yield { record, text: `${name} ${text.trim()} не может быть меньше нуля` };
}

function* notZero(record: PackageRecord, places: readonly ElementView[], name: string): Generator<Report> {
  for (const { text } of places)
    if (numberOf(text) === 0) yield { record, type: 2, text: `${name} равен нулю: ${text.trim()}` };
}

/** For events: their amount may also be a count of things, which may be finer, so a warning. */
export function* twoDecimals(
  record: PackageRecord,
  places: readonly ElementView[],
  name: string,
  type: 1 | 2 = 2,
): Generator<Report> {
  for (const { text } of places)
    if (/[.,]\d{2}\d*[1-9]/.test(text.trim()))
      yield { record, type, text: `${name} ${text.trim()} указан точнее, чем до копеек` };
}

/** An xs:decimal or an amount with a comma. */
export function numberOf(text: string): number {
  return Number(text.trim().replace(',', '.'));
}
