import { X509Certificate } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type Words, words } from './in-words.js';
import { fingerprintOfPem } from './judge-snapshot.js';
import type { Delegation, Participant, Right, Route, Snapshot, Subscription, Term } from './snapshot.js';

/** What changed from one snapshot to another, a sentence each; empty when nothing a person decides on did. */
export function snapshotDifference(before: Snapshot, after: Snapshot): readonly Words[] {
  return [
    ...participants(before.participants, after.participants),
    ...lists(before.rights, after.rights, rightInWords),
    ...lists(before.routes, after.routes, routeInWords),
    ...lists(before.subscriptions ?? [], after.subscriptions ?? [], subscriptionInWords),
  ];
}

function participants(before: readonly Participant[], after: readonly Participant[]): Words[] {
  const old = new Map(before.map((p) => [p.mnemonic, p]));
  const kept = new Set(after.map((p) => p.mnemonic));
  return [
    ...before
      .filter((p) => !kept.has(p.mnemonic))
      .map((p) => words(`Участник ${p.mnemonic} убран`, `Participant ${p.mnemonic} is removed`)),
    ...after.flatMap((p) => {
      const known = old.get(p.mnemonic);
      const added = words(
        `Участник ${p.mnemonic} добавлен: ${p.name.ru}`,
        `Participant ${p.mnemonic} is added: ${p.name.en}`,
      );
      return known === undefined
        ? [added, ...changed({ ...p, certificates: [], codes: [], delegations: [] }, p)]
        : changed(known, p);
    }),
  ];
}

/** Fields whose old and new value stand in one sentence. */
const PLAIN = [
  'name',
  'mode',
  'contentChecks',
  'upgrades',
  'capacity',
  'answers',
  'nodes',
  'quota',
  'delivery',
  'upgrades',
] as const;

function changed(before: Participant, after: Participant): Words[] {
  const { mnemonic } = after;
  const of = ({ ru, en }: Words) => words(`Участник ${mnemonic}: ${ru}`, `Participant ${mnemonic}: ${en}`);
  const plain = PLAIN.filter((name) => !isDeepStrictEqual(before[name], after[name])).map((name) => {
    const step = `${name} ${shown(before[name])} → ${shown(after[name])}`;
    return words(step, step);
  });
  return [
    ...plain,
    ...lists(before.certificates, after.certificates, certificateInWords),
    ...lists(before.codes, after.codes, (code) => words(`код ${code}`, `code ${code}`)),
    ...lists(before.delegations ?? [], after.delegations ?? [], delegationInWords),
  ].map(of);
}

/** What left a list and what came: order does not matter. */
function lists<T>(before: readonly T[], after: readonly T[], say: (item: T) => Words): Words[] {
  const has = (list: readonly T[], item: T) => list.some((other) => isDeepStrictEqual(other, item));
  return [
    ...before.filter((item) => !has(after, item)).map((item) => prefixed('−', say(item))),
    ...after.filter((item) => !has(before, item)).map((item) => prefixed('+', say(item))),
  ];
}

function prefixed(sign: string, { ru, en }: Words): Words {
  return words(`${sign} ${ru}`, `${sign} ${en}`);
}

function rightInWords(right: Right): Words {
  const { participant, format, operation, basis, purpose, personal } = right;
  const isBroadcast = operation === 'broadcast';
  return words(
    `право ${participant} ${isBroadcast ? 'рассылать' : 'запрашивать'} ${format}${term(right).ru}${basisIn(basis).ru}${purpose === 'required' ? ', с целью запроса' : ''}${personal === undefined ? '' : `, с личной подписью (${personal.length})`}`,
    `right of ${participant} to ${isBroadcast ? 'broadcast' : 'request'} ${format}${term(right).en}${basisIn(basis).en}${purpose === 'required' ? ', with a purpose' : ''}${personal === undefined ? '' : `, with a personal signature (${personal.length})`}`,
  );
}

function routeInWords(route: Route): Words {
  const by =
    route.by === undefined
      ? ''
      : ` (${Object.entries(route.by)
          .map(([kind, value]) => `${kind} ${value}`)
          .join()})`;
  const text = `${route.format}${by} → ${route.recipient}`;
  return words(
    `маршрут ${text}${term(route).ru}${basisIn(route.basis).ru}`,
    `route ${text}${term(route).en}${basisIn(route.basis).en}`,
  );
}

function subscriptionInWords(subscription: Subscription): Words {
  const { participant, format, basis } = subscription;
  return words(
    `подписка ${participant} на ${format}${term(subscription).ru}${basisIn(basis).ru}`,
    `subscription of ${participant} to ${format}${term(subscription).en}${basisIn(basis).en}`,
  );
}

function delegationInWords(delegation: Delegation): Words {
  const { code, basis } = delegation;
  return words(
    `делегирование ${code}${term(delegation).ru}${basisIn(basis).ru}`,
    `delegation of ${code}${term(delegation).en}${basisIn(basis).en}`,
  );
}

function certificateInWords(pem: string): Words {
  const print = fingerprintOfPem(pem);
  if (print === undefined) return words('нечитаемый сертификат', 'an unreadable certificate');
  const end = new X509Certificate(pem).validToDate.toISOString().slice(0, 10);
  return words(`сертификат ${print.slice(0, 16)}… до ${end}`, `certificate ${print.slice(0, 16)}… until ${end}`);
}

function term({ from, until }: Term): Words {
  return words(
    `${from === undefined ? '' : `, с ${from}`}${until === undefined ? '' : `, до ${until}`}`,
    `${from === undefined ? '' : `, from ${from}`}${until === undefined ? '' : `, until ${until}`}`,
  );
}

function basisIn(basis: string | undefined): Words {
  return basis === undefined ? words('', '') : words(`, основание: ${basis}`, `, basis: ${basis}`);
}

function shown(value: unknown): string {
  return value === undefined ? '—' : JSON.stringify(value);
}
