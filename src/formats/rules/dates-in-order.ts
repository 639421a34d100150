import { type ElementView, select } from '../element-view.js';
import { dayOf, printedDay } from './days.js';
import { fieldOf, type PackageRecord, type RecordPerson, type Report, type Rule } from './rule.js';
import type { DateShape } from './shapes/index.js';

/** What must not come before what. Texts as in the operator's protocols: dates dd-MM-yyyy. */
export const datesInOrder: Rule = {
  id: 'dates-in-order',
  type: 1,
  title: {
    ru: 'окончание раньше начала; рождение позже решения или выдачи документа',
    en: 'an end before its beginning; birth after the decision or after the document was issued',
  },
  needs: ['periods', 'decision', 'persons'],
  *check({ records }) {
    for (const record of records) {
      for (const { at, from, to, type } of record.shape.periods ?? [])
        for (const place of at === undefined ? [record.body] : select(record.body, at))
          for (const late of ordered(record, dateAt(record, place, at, from), dateAt(record, place, at, to)))
            yield { ...late, type: type ?? 1 };
      for (const person of record.persons) yield* afterBirth(record, person);
    }
  },
};

function* afterBirth(record: PackageRecord, person: RecordPerson): Generator<Report> {
  const day = dayOf(fieldOf(person, 'birth'));
  const birth: NamedDay = { day, name: `Дата рождения ${person.role}`, at: person.element };
  const { decision } = record.shape;
  if (decision !== undefined) yield* ordered(record, birth, dateAt(record, record.body, undefined, decision));
  for (const issue of person.fields.issued === undefined ? [] : select(person.element, person.fields.issued))
    yield* ordered(record, birth, {
      day: dayOf(issue.text),
      of: 'даты выдачи документа, удостоверяющего личность,',
      at: issue,
    });
}

interface NamedDay {
  readonly day: string | undefined;
  readonly name?: string;
  readonly of?: string;
  readonly at: ElementView;
}

function dateAt(record: PackageRecord, place: ElementView, at: string | undefined, path: string): NamedDay {
  const shape = record.shape.dates?.find((d) => d.at === at && d.path === path) as DateShape; // shapes.test.ts: it is there
  const element = select(place, path)[0];
  return { day: dayOf(element?.text), name: shape.name, of: shape.of, at: element ?? place };
}

function* ordered(record: PackageRecord, early: NamedDay, late: NamedDay): Generator<Report> {
  if (early.day === undefined || late.day === undefined || early.day <= late.day) return;
  yield {
    record,
    at: early.at,
    text: `${early.name} ${printedDay(early.day)} больше ${late.of} ${printedDay(late.day)}`,
  };
}
