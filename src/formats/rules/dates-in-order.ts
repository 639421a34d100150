import { descendants, type ElementView, textAt } from '../element-view.js';
import { dayOf, printedDay } from './days.js';
import { isFacts, isStatementRequest, type PackageRecord, type Report, type Rule } from './rule.js';

/** What must not come before what. Texts as in the operator's protocols: dates dd-MM-yyyy. */
export const datesInOrder: Rule = {
  id: 'dates-in-order',
  type: 1,
  applies: (format) => isFacts(format) || isStatementRequest(format),
  *check({ records }) {
    for (const record of records) {
      if (record.fact) yield* factDates(record, record.fact);
      for (const { role, element } of record.persons) {
        const birth = dateOf(element, 'BirthDate', `Дата рождения ${role}`);
        if (record.fact)
          yield* ordered(record, birth, dateOf(record.fact, 'decisionDate', 'даты решения о назначении'));
        for (const issue of descendants(element).filter((e) => e.local === 'IssueDate'))
          yield* ordered(record, birth, {
            day: dayOf(issue.text),
            name: 'даты выдачи документа, удостоверяющего личность,',
          });
      }
      yield* ordered(
        record,
        dateOf(record.element, 'reportPeriod/beginDate', 'Дата начала периода'),
        dateOf(record.element, 'reportPeriod/endDate', 'даты окончания периода'),
      );
    }
  },
};

function* factDates(record: PackageRecord, fact: ElementView): Generator<Report> {
  yield* ordered(
    record,
    dateOf(fact, 'dateStart', 'Дата начала действия назначения'),
    dateOf(fact, 'dateFinish', 'даты окончания действия назначения'),
  );
  // A decision may come after the end it sets only when it pays for the past: unusual, not impossible.
  for (const late of ordered(
    record,
    dateOf(fact, 'decisionDate', 'Дата решения о назначении'),
    dateOf(fact, 'dateFinish', 'даты окончания действия назначения'),
  ))
    yield { ...late, type: 2 };
  for (const document of descendants(fact).filter((e) => e.local === 'document'))
    yield* ordered(
      record,
      dateOf(document, 'startDate', 'Дата начала действия документа'),
      dateOf(document, 'finishDate', 'даты окончания действия документа'),
    );
}

interface NamedDay {
  readonly day: string | undefined;
  readonly name: string;
}

function dateOf(element: ElementView, path: string, name: string): NamedDay {
  return { day: dayOf(textAt(element, path)), name };
}

function* ordered(record: PackageRecord, early: NamedDay, late: NamedDay): Generator<Report> {
  if (early.day === undefined || late.day === undefined || early.day <= late.day) return;
  yield { record, text: `${early.name} ${printedDay(early.day)} больше ${late.name} ${printedDay(late.day)}` };
}
