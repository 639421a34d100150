import { type ElementView, select } from '../element-view.js';
import { dayAfter, dayOf, printedDay, yearsAfter } from './days.js';
import type { PackageRecord, RecordPerson, Report, Rule, RuleContext } from './rule.js';

/** Days up to this one are typing errors (EGISSO editors check the same bound). */
const TOO_EARLY = '1910-01-01';

export const datesInRange: Rule = {
  id: 'dates-in-range',
  type: 1,
  title: {
    ru: 'день не позже 01.01.1910; решение и начало через год и дальше; рождение и документ в будущем',
    en: 'a day up to 01.01.1910; a decision or a beginning a year ahead or more; a birth or a document of the future',
  },
  needs: ['dates', 'persons'],
  *check({ records, context }) {
    for (const record of records) {
      for (const { at, path, name, limit } of record.shape.dates ?? [])
        for (const place of at === undefined ? [record.body] : select(record.body, at))
          yield* outside(record, select(place, path), name, context, limit);
      for (const person of record.persons) yield* ofPerson(record, person, context);
    }
  },
};

function* ofPerson(record: PackageRecord, person: RecordPerson, context: RuleContext): Generator<Report> {
  const { element, fields, role } = person;
  const at = (path: string | undefined) => (path === undefined ? [] : select(element, path));
  yield* outside(record, at(fields.birth), `Дата рождения ${role}`, context, 'today');
  yield* outside(record, at(fields.issued), `Дата выдачи документа ${role}`, context, 'today');
}

function* outside(
  record: PackageRecord,
  elements: readonly ElementView[],
  name: string,
  { today }: RuleContext,
  limit: 'today' | 'year' | undefined,
): Generator<Report> {
  const yearOn = yearsAfter(today, 1);
  for (const at of elements) {
    const day = dayOf(at.text);
    if (day === undefined) continue;
    const said = `${name} ${printedDay(day)}`;
    if (day <= TOO_EARLY)
      yield { record, at, text: `${said} не может быть раньше ${printedDay(dayAfter(TOO_EARLY, 1))}` };
    else if (limit === 'today' && day > today)
      yield { record, at, text: `${said} больше текущей даты ${printedDay(today)}` };
    else if (limit === 'year' && day >= yearOn)
      yield { record, at, text: `${said} не может быть позже ${printedDay(dayAfter(yearOn, -1))}` };
  }
}
