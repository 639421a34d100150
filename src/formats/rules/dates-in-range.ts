import { type ElementView, select } from '../element-view.js';
import { dayOf, printedDay, yearsAfter } from './days.js';
import { isFacts, isStatementRequest, type PackageRecord, type Report, type Rule, type RuleContext } from './rule.js';

/** Dates before this day are typing errors (EGISSO editors check the same bound). */
const FIRST_DAY = '1910-01-01';

/** Checked from both sides. Ends (`dateFinish`) may lie far ahead: the operator's samples reach over ten years. */
const PAST_OR_NEAR: Readonly<Record<string, string>> = {
  decisionDate: 'Дата решения о назначении',
  dateStart: 'Дата начала действия назначения',
};
const ENDS: Readonly<Record<string, string>> = {
  dateFinish: 'Дата окончания действия назначения',
  'reportPeriod/beginDate': 'Дата начала периода',
  'reportPeriod/endDate': 'Дата окончания периода',
};

export const datesInRange: Rule = {
  id: 'dates-in-range',
  type: 1,
  applies: (format) => isFacts(format) || isStatementRequest(format),
  *check({ records, context }) {
    for (const record of records) {
      for (const place of record.fact ? [record.fact] : [record.element]) {
        yield* outside(record, place, PAST_OR_NEAR, context, yearsAfter(context.today, 1));
        yield* outside(record, place, ENDS, context, undefined);
      }
      for (const { role, element } of record.persons) {
        yield* outside(record, element, { BirthDate: `Дата рождения ${role}` }, context, context.today);
        yield* outside(record, element, { '//IssueDate': `Дата выдачи документа ${role}` }, context, context.today);
      }
    }
  },
};

/** `limit` is the last permitted day; undefined for none. */
function* outside(
  record: PackageRecord,
  place: ElementView,
  names: Readonly<Record<string, string>>,
  context: RuleContext,
  limit: string | undefined,
): Generator<Report> {
  for (const [path, name] of Object.entries(names))
    for (const element of select(place, path)) {
      const day = dayOf(element.text);
      if (day === undefined) continue;
      if (day <= FIRST_DAY) yield { record, text: `${name} ${printedDay(day)} не может быть раньше 02-01-1910` };
      else if (limit !== undefined && day > limit)
        yield {
          record,
          text: `${name} ${printedDay(day)} ${limit === context.today ? 'больше текущей даты' : 'больше текущей даты более чем на год: предел'} ${printedDay(limit)}`,
        };
    }
}
