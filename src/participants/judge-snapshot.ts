import { X509Certificate } from 'node:crypto';
import { type Words, words } from './in-words.js';
import { judgeParticipant } from './judge-participant.js';
import { judgeTerm } from './judge-term.js';
import type { Right, Route, Snapshot, Subscription, Term } from './snapshot.js';

/** What a snapshot is judged by besides itself. */
export interface Judged {
  /** ms since 1970. */
  readonly at: number;
  /** `{namespace}local` of every root element of the catalogue. */
  readonly formats: ReadonlySet<string>;
  /** Those whose format says where its purpose stands. */
  readonly withPurpose: ReadonlySet<string>;
  /** Rights and delegations need a legal basis: everywhere but in the sandbox. */
  readonly basisNeeded: boolean;
}

/** Everything wrong with a snapshot, in words; empty when it may be put in force. */
export function judgeSnapshot(snapshot: Snapshot, judged: Judged): readonly Words[] {
  const { participants, rights, routes, subscriptions = [] } = snapshot;
  return [
    ...twice(participants.map((p) => p.mnemonic)).map((m) =>
      words(`Участник ${m} указан дважды`, `Participant ${m} stands twice`),
    ),
    ...participants.flatMap((p) => judgeParticipant(p, judged.at)),
    ...certificatesOfTwo(snapshot),
    ...rights.flatMap((right) => judgeRight(right, snapshot, judged)),
    ...routes.flatMap((route) => judgeRoute(route, snapshot, judged)),
    ...ambiguousRoutes(routes),
    ...subscriptions.flatMap((s) => judgeSubscription(s, snapshot, judged)),
  ];
}

/** What `after` has wrong that `before` had not: an older trouble, a certificate that ended meanwhile say, stops no change. */
export function newProblems(before: Snapshot, after: Snapshot, judged: Judged): readonly Words[] {
  const known = new Set(judgeSnapshot(before, judged).map((p) => p.ru));
  const found = judgeSnapshot(after, judged).filter((p) => !known.has(p.ru));
  return [...new Map(found.map((p) => [p.ru, p])).values()];
}

function certificatesOfTwo({ participants }: Snapshot): Words[] {
  const owners = new Map<string, string>();
  return participants.flatMap(({ mnemonic, certificates }) =>
    certificates.flatMap((pem) => {
      const print = fingerprintOfPem(pem);
      if (print === undefined) return [];
      const owner = owners.get(print);
      owners.set(print, owner ?? mnemonic);
      if (owner === undefined) return [];
      const name = print.slice(0, 16);
      return [
        words(
          `Сертификат ${name}… зарегистрирован дважды: ${owner}, ${mnemonic}`,
          `Certificate ${name}… is registered twice: ${owner}, ${mnemonic}`,
        ),
      ];
    }),
  );
}

function judgeRight(right: Right, snapshot: Snapshot, judged: Judged): Words[] {
  const where = words(
    `Право ${right.participant} на ${right.format}`,
    `Right of ${right.participant} to ${right.format}`,
  );
  const wrong: Words[] = [
    ...judgeParties(where, right.participant, right.format, snapshot, judged),
    ...judgeTerm(where, right),
  ];
  if (judged.basisNeeded && (right.basis ?? '').trim() === '')
    wrong.push(said(where, 'нет основания', 'no legal basis'));
  if (right.purpose === 'required' && !judged.withPurpose.has(right.format))
    wrong.push(
      said(
        where,
        'вид сведений не говорит, где стоит цель запроса',
        'the format does not say where its purpose stands',
      ),
    );
  for (const print of right.personal ?? [])
    if (!/^[0-9a-f]{64}$/.test(print))
      wrong.push(said(where, `«${print}» не отпечаток SHA-256`, `“${print}” is no SHA-256 fingerprint`));
  return wrong;
}

/** Hours or working days: about a year of the former. */
const LONGEST_ANSWER = 10_000;

function judgeRoute(route: Route, snapshot: Snapshot, judged: Judged): Words[] {
  const where = words(`Маршрут ${route.format} → ${route.recipient}`, `Route ${route.format} → ${route.recipient}`);
  const within = route.answerWithin;
  const most = within === undefined ? 1 : 'hours' in within ? within.hours : within.workingDays;
  return [
    ...judgeParties(where, route.recipient, route.format, snapshot, judged),
    ...judgeTerm(where, route),
    ...(most >= 1 && most <= LONGEST_ANSWER
      ? []
      : [said(where, `срок ответа — от 1 до ${LONGEST_ANSWER}`, `the term of answer is 1 to ${LONGEST_ANSWER}`)]),
  ];
}

function judgeSubscription(subscription: Subscription, snapshot: Snapshot, judged: Judged): Words[] {
  const { participant, format } = subscription;
  const where = words(`Подписка ${participant} на ${format}`, `Subscription of ${participant} to ${format}`);
  return [...judgeParties(where, participant, format, snapshot, judged), ...judgeTerm(where, subscription)];
}

function judgeParties(where: Words, mnemonic: string, format: string, snapshot: Snapshot, judged: Judged): Words[] {
  const wrong: Words[] = [];
  if (!snapshot.participants.some((p) => p.mnemonic === mnemonic))
    wrong.push(said(where, `участника ${mnemonic} нет`, `there is no participant ${mnemonic}`));
  if (!judged.formats.has(format)) wrong.push(said(where, 'такого вида сведений нет', 'there is no such format'));
  return wrong;
}

/** Two providers at once for the same value: which of them it is must not depend on the order of lines. */
function ambiguousRoutes(routes: readonly Route[]): Words[] {
  return routes.flatMap((route, i) => {
    const key = JSON.stringify(route.by ?? null);
    const other = routes
      .slice(0, i)
      .find((r) => r.format === route.format && JSON.stringify(r.by ?? null) === key && overlap(r, route));
    if (other === undefined) return [];
    const { format } = route;
    return [
      words(
        `У ${format} два поставщика на одно время: ${other.recipient}, ${route.recipient}`,
        `${format} has two providers at one time: ${other.recipient}, ${route.recipient}`,
      ),
    ];
  });
}

function overlap(a: Term, b: Term): boolean {
  const begin = (t: Term) => (t.from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(t.from));
  const end = (t: Term) => (t.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(t.until));
  return begin(a) < end(b) && begin(b) < end(a);
}

function twice(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
}

function said(where: Words, ru: string, en: string): Words {
  return words(`${where.ru}: ${ru}`, `${where.en}: ${en}`);
}

/** Lower-case hex SHA-256 of the certificate; undefined when the text is none. */
export function fingerprintOfPem(pem: string): string | undefined {
  try {
    return new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
  } catch {
    return undefined;
  }
}
