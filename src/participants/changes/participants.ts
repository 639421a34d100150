import type { Participant } from '../snapshot.js';
import { type Change, cannot, changing } from './change.js';

export function addParticipant(participant: Participant): Change {
  return (snapshot) =>
    snapshot.participants.some((p) => p.mnemonic === participant.mnemonic)
      ? cannot(`Участник ${participant.mnemonic} уже есть`, `Participant ${participant.mnemonic} is there already`)
      : { snapshot: { ...snapshot, participants: [...snapshot.participants, participant] } };
}

/** What a change of a participant may name; what it does not name stays. `null` takes an optional field away. */
export type ParticipantPatch = {
  readonly [K in keyof Omit<Participant, 'mnemonic' | 'certificates' | 'renewed' | 'delegations'>]?:
    | Participant[K]
    | null
    | undefined;
};

export function changeParticipant(mnemonic: string, patch: ParticipantPatch): Change {
  return changing(mnemonic, (participant) => {
    const merged = Object.entries({ ...participant, ...patch }).filter(
      ([, value]) => value !== null && value !== undefined,
    );
    // Only optional fields are ever null: the reader of patches sees to it.
    return Object.fromEntries(merged) as unknown as Participant;
  });
}

/**
 * The participant goes, its rights and subscriptions with it. A provider goes with `force` only: its routes would lead nowhere.
 * Messages accepted already stay in the mailboxes and the journal.
 */
export function removeParticipant(mnemonic: string, { force = false } = {}): Change {
  return (snapshot) => {
    const { participants, rights, routes, subscriptions } = snapshot;
    if (!participants.some((p) => p.mnemonic === mnemonic))
      return cannot(`Участника ${mnemonic} нет`, `There is no participant ${mnemonic}`);
    const own = routes.filter((r) => r.recipient === mnemonic);
    if (own.length > 0 && !force)
      return cannot(
        `${mnemonic} отвечает на ${own.map((r) => r.format).join(', ')}: передайте маршруты другому или укажите force`,
        `${mnemonic} answers ${own.map((r) => r.format).join(', ')}: give the routes to another, or say force`,
      );
    return {
      snapshot: {
        ...snapshot,
        participants: participants.filter((p) => p.mnemonic !== mnemonic),
        rights: rights.filter((r) => r.participant !== mnemonic),
        routes: routes.filter((r) => r.recipient !== mnemonic),
        ...(subscriptions && { subscriptions: subscriptions.filter((s) => s.participant !== mnemonic) }),
      },
    };
  };
}
