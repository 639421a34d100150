import type {
  Finding,
  Person,
  PersonShown,
  Statement,
  StatementAnswer,
  StatementAssignment,
  StatementRequest,
  Statements,
  StatementsBody,
} from './api.js';
import type { Dictionaries } from './dictionaries.js';
import type { Registry } from './element-effect.js';
import { type FactVersion, personsOf } from './facts.js';
import { moscowSecond, printedDay, twoDigits } from './texts.js';
import { unitOf } from './units.js';

/** Answers every request of the package under its requestUid; a fault of one leaves the others their statements. */
export function answerStatements(body: StatementsBody, registry: Registry, now: number): Statements {
  const answers = body.requests.map((request): StatementAnswer => {
    const found = foundBefore(body.findings, request.requestUid);
    const own = periodFault(request).filter((fault) => !found.some((one) => one.message === fault.message));
    const errors = [...found, ...own];
    if (errors.length === 0) return { requestUid: request.requestUid, statement: statementFor(request, registry) };
    const time = moscowSecond(now);
    return { requestUid: request.requestUid, errors: errors.map((error) => ({ ...error, time })) };
  });
  return { packageUid: body.packageUid, answers };
}

function foundBefore(findings: readonly Finding[], requestUid: string): readonly { code?: string; message: string }[] {
  return findings
    .filter((finding) => finding.type === 1 && finding.record.toLowerCase() === requestUid.toLowerCase())
    .map(({ code, report }) => ({ ...(code === undefined ? {} : { code }), message: report }));
}

function periodFault({ beginDate, endDate }: StatementRequest): readonly { message: string }[] {
  if (endDate >= beginDate) return [];
  return [
    { message: `Дата начала периода ${printedDay(beginDate)} больше даты окончания периода ${printedDay(endDate)}` },
  ];
}

/**
 * The registry holds assignments only. Sections it does not hold are empty where the schema lets them be (obligations,
 * assignees, job) and absent where an empty one would have to state figures (incomes, disability, experience).
 */
function statementFor(request: StatementRequest, registry: Registry): Statement {
  return {
    snils: request.snils,
    ...(request.assignments.include ? { assignments: assignmentsFor(request, registry) } : {}),
    ...(request.obligations ? { obligations: [] } : {}),
    ...(request.assignees ? { assignees: [] } : {}),
    ...(request.job ? { job: [] } : {}),
  };
}

/** The body code of a request says who asks (10.13.I: «Код ОНМСЗ» of the consumer), so it does not filter. */
function assignmentsFor(request: StatementRequest, registry: Registry): readonly StatementAssignment[] {
  return registry.facts
    .ofPerson(request.snils)
    .filter((version) => version.state !== 'invalidated' && personsOf(version.fact).includes(request.snils))
    .filter(({ fact }) => fact.dateStart <= request.endDate && (fact.dateFinish ?? '9999') >= request.beginDate)
    .filter(({ fact }) => request.assignments.form === undefined || fact.assignment.form === request.assignments.form)
    .flatMap((version) => shown(version, registry.dictionaries) ?? [])
    .filter(({ kmszCode }) => request.assignments.mszCodes?.includes(kmszCode.slice(0, 4)) ?? true);
}

/** Undefined only when the dictionaries lost what the fact was accepted with. */
function shown({ fact }: FactVersion, dictionaries: Dictionaries): StatementAssignment | undefined {
  const measure = dictionaries.measure(fact.lmszId.toLowerCase());
  const categoryTitle = measure?.categories.get(fact.categoryId.toLowerCase());
  const oszTitle = dictionaries.bodyTitle(fact.oszCode);
  const amount = twoDigits(fact.assignment.amount);
  const measureUnit = unitOf(fact.assignment);
  if (!measure || !categoryTitle || !oszTitle || !amount || !measureUnit) return undefined;
  const { comment, content } = fact.assignment;
  const criteria = fact.criteria.codes.map((code) => dictionaries.criterionTitle(code) ?? code).join('; ');
  return {
    person: personShown(fact.receiver),
    reasonPersons: fact.reasonPersons.map((reason) => personShown(reason.person)),
    kmszCode: measure.kmszCode,
    oszTitle,
    oszCode: fact.oszCode,
    lmszTitle: measure.title,
    categoryTitle,
    decisionDate: fact.decisionDate,
    dateStart: fact.dateStart,
    ...(fact.dateFinish === undefined ? {} : { dateFinish: fact.dateFinish }),
    form: fact.assignment.form,
    periodicity: measure.periodicity,
    amount,
    measureUnit,
    ...(comment === undefined ? {} : { comment }),
    ...(content === undefined ? {} : { description: content }),
    needCriterion: fact.criteria.used,
    ...(criteria === '' ? {} : { criteria: criteria.slice(0, 2000) }),
    npaList: measure.npas,
  };
}

function personShown(person: Person): PersonShown {
  return {
    snils: person.snils,
    surname: person.familyName,
    ...(person.patronymic === undefined ? {} : { patronymic: person.patronymic }),
    forename: person.firstName,
    birthDate: person.birthDate,
  };
}
