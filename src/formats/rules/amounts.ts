import { type ElementView, select } from '../element-view.js';
import type { PackageRecord, Report, Rule } from './rule.js';

/** Amounts are not negative; money has at most two decimals. The schema holds the monetary form to both already. */
export const amounts: Rule = {
  id: 'amounts',
  type: 1,
  title: {
    ru: 'размер меньше нуля; нулевая выплата и доли копейки (предупреждение)',
    en: 'a size below zero; a payment of nothing and fractions of a kopeck (warning)',
  },
  needs: ['amounts'],
  *check({ records }) {
    for (const record of records)
      for (const { path, name, unusual } of record.shape.amounts ?? [])
        for (const element of select(record.body, path)) {
          yield* notNegative(record, element, name);
          if (unusual.includes('zero') && numberOf(element.text) === 0)
            yield { record, at: element, type: 2, text: `${name} равен нулю: ${element.text.trim()}` };
          if (unusual.includes('kopecks')) yield* twoDecimals(record, element, name, 2);
        }
  },
};

export function* notNegative(record: PackageRecord, at: ElementView, name: string): Generator<Report> {
  if (numberOf(at.text) < 0) yield { record, at, text: `${name} ${at.text.trim()} не может быть меньше нуля` };
}

export function* twoDecimals(record: PackageRecord, at: ElementView, name: string, type: 1 | 2): Generator<Report> {
  if (/[.,]\d{2}\d*[1-9]/.test(at.text.trim()))
    yield { record, at, type, text: `${name} ${at.text.trim()} указан точнее, чем до копеек` };
}

/** An xs:decimal or an amount with a comma. */
export function numberOf(text: string): number {
  return Number(text.trim().replace(',', '.'));
}
