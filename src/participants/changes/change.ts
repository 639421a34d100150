import { type Words, words } from '../in-words.js';
import type { Participant, Snapshot } from '../snapshot.js';

/** What a change makes of a snapshot: another one, or why there is none. */
export type Change = (snapshot: Snapshot) => { readonly snapshot: Snapshot } | { readonly why: readonly Words[] };

export function cannot(ru: string, en: string): { readonly why: readonly Words[] } {
  return { why: [words(ru, en)] };
}

/** The snapshot with one participant changed; it must be there. */
export function changing(
  mnemonic: string,
  change: (participant: Participant) => Participant | { readonly why: readonly Words[] },
): Change {
  return (snapshot) => {
    const known = snapshot.participants.find((p) => p.mnemonic === mnemonic);
    if (known === undefined) return cannot(`Участника ${mnemonic} нет`, `There is no participant ${mnemonic}`);
    const made = change(known);
    if ('why' in made) return made;
    const participants = snapshot.participants.map((p) => (p === known ? made : p));
    return { snapshot: { ...snapshot, participants } };
  };
}

/** `object` without the field where the value is undefined: two snapshots that say the same have one hash. */
export function withField<T extends object, K extends keyof T>(object: T, name: K, value: T[K] | undefined): T {
  const { [name]: _former, ...rest } = object;
  // What was left out is optional wherever undefined is given.
  return (value === undefined ? rest : { ...rest, [name]: value }) as T;
}
