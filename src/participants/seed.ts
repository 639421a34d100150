import { fingerprintOfPem } from './judge-snapshot.js';
import type { Participant, Right, Route, Snapshot, Subscription } from './snapshot.js';

/** What a start knows and puts in: the sandbox's cast where it runs, and certificates of keys this gateway holds. */
export interface Seed {
  readonly participants: readonly Participant[];
  readonly rights: readonly Right[];
  readonly routes: readonly Route[];
  readonly subscriptions?: readonly Subscription[];
  /** Mnemonics of those an earlier cast had polling and this one has pushed to: told to a stored snapshot once. */
  readonly pushed?: readonly string[];
  /** PEM certificates by mnemonic, of participants in the seed or added by an operator. */
  readonly certificates: ReadonlyMap<string, readonly string[]>;
  readonly roots: readonly string[];
  readonly catalogue: string;
}

/**
 * The snapshot a start puts in force: the stored one with what the seed has new. Each thing is put in once: what an operator
 * changed or took away since does not come back. Certificates put in by a start go when the start has others in their place.
 */
export function seedSnapshot(before: Snapshot | undefined, seed: Seed): Snapshot {
  const base = before ?? EMPTY;
  const remembered = new Set(base.seeded ?? namesOfFormerVersion(base));
  const isNew = (name: string) => !remembered.has(name);
  const pushed = new Set((seed.pushed ?? []).filter((mnemonic) => isNew(pushedName(mnemonic))));
  const participants = [...base.participants, ...missing(seed.participants, base.participants, isNew)]
    .map((p) => withCertificates(p, seed.certificates.get(p.mnemonic) ?? [], remembered))
    .map((p): Participant => (pushed.has(p.mnemonic) && p.mode === 'pull' ? { ...p, mode: 'push' } : p));
  const known = new Set(participants.map((p) => p.mnemonic));
  const rights = seed.rights.filter((r) => isNew(rightName(r)) && known.has(r.participant));
  const taken = new Set(base.routes.map((r) => routeKey(r)));
  const routes = seed.routes.filter((r) => isNew(routeName(r)) && known.has(r.recipient) && !taken.has(routeKey(r)));
  const subscriptions = [
    ...(base.subscriptions ?? []),
    ...(seed.subscriptions ?? []).filter((s) => isNew(subscriptionName(s)) && known.has(s.participant)),
  ];
  return {
    ...base,
    participants,
    rights: [...base.rights, ...rights],
    routes: [...base.routes, ...routes],
    ...(subscriptions.length === 0 ? {} : { subscriptions }),
    roots: seed.roots,
    catalogue: seed.catalogue,
    seeded: rememberedNext(remembered, namesOf(seed, known)),
  };
}

/** Certificates that no start brings any more need no remembering; all the rest do. */
function rememberedNext(before: ReadonlySet<string>, now: readonly string[]): readonly string[] {
  const renewed = new Set(now.map(ownerIn));
  const kept = [...before].filter((name) => !name.startsWith('certificate ') || !renewed.has(ownerIn(name)));
  return [...new Set([...kept, ...now])].sort();
}

/** `certificate REG001` of `certificate REG001 <SHA-256>`. */
function ownerIn(name: string): string {
  return name.split(' ', 2).join(' ');
}

const EMPTY: Snapshot = { v: 1, participants: [], rights: [], routes: [], roots: [], catalogue: '' };

function missing(
  seeded: readonly Participant[],
  there: readonly Participant[],
  isNew: (name: string) => boolean,
): readonly Participant[] {
  return seeded
    .filter((p) => isNew(participantName(p)) && !there.some((known) => known.mnemonic === p.mnemonic))
    .map((p) => ({ ...p, certificates: [] }));
}

/** The start's certificates beside the participant's own; those of earlier starts only where the start brings no others. */
function withCertificates(p: Participant, current: readonly string[], remembered: ReadonlySet<string>): Participant {
  const isSeeded = (pem: string) => remembered.has(certificateName(p.mnemonic, pem));
  const kept = p.certificates.filter((pem) => current.length === 0 || current.includes(pem) || !isSeeded(pem));
  const fresh = current.filter((pem) => !isSeeded(pem) && !kept.includes(pem));
  const certificates = [...kept, ...fresh];
  return certificates.length === p.certificates.length && fresh.length === 0 ? p : { ...p, certificates };
}

function namesOf(seed: Omit<Seed, 'roots' | 'catalogue'>, known: ReadonlySet<string>): readonly string[] {
  return [
    ...seed.participants.map(participantName),
    ...[...seed.certificates].flatMap(([mnemonic, pems]) =>
      known.has(mnemonic) ? pems.map((pem) => certificateName(mnemonic, pem)) : [],
    ),
    ...seed.rights.map(rightName),
    ...seed.routes.map(routeName),
    ...(seed.subscriptions ?? []).map(subscriptionName),
    ...(seed.pushed ?? []).map(pushedName),
  ];
}

/** A version that did not remember made every snapshot from the start's own knowledge, renewed certificates apart. */
function namesOfFormerVersion(base: Snapshot): readonly string[] {
  const certificates = new Map(
    base.participants.map((p) => [p.mnemonic, p.certificates.filter((pem) => p.renewed?.includes(pem) !== true)]),
  );
  return namesOf({ ...base, certificates }, new Set(certificates.keys()));
}

function participantName({ mnemonic }: Participant): string {
  return `participant ${mnemonic}`;
}

function pushedName(mnemonic: string): string {
  return `pushed ${mnemonic}`;
}

function certificateName(mnemonic: string, pem: string): string {
  return `certificate ${mnemonic} ${fingerprintOfPem(pem) ?? ''}`;
}

function rightName({ participant, format, operation }: Right): string {
  return `right ${participant} ${operation ?? 'request'} ${format}`;
}

function routeKey({ format, by }: Route): string {
  return `${format} ${JSON.stringify(by ?? null)}`;
}

function routeName(route: Route): string {
  return `route ${routeKey(route)} ${route.recipient}`;
}

function subscriptionName({ participant, format }: Subscription): string {
  return `subscription ${participant} ${format}`;
}
