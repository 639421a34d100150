import type { Delegation } from '../snapshot.js';
import { type Change, cannot, changing, withField } from './change.js';

/** Puts a delegation on record; one of the same code is replaced by it. */
export function delegate(mnemonic: string, delegation: Delegation): Change {
  return changing(mnemonic, (participant) => {
    const others = (participant.delegations ?? []).filter((d) => d.code !== delegation.code);
    return { ...participant, delegations: [...others, delegation] };
  });
}

export function endDelegation(mnemonic: string, code: string): Change {
  return changing(mnemonic, (participant) => {
    const { delegations = [] } = participant;
    const left = delegations.filter((d) => d.code !== code);
    if (left.length === delegations.length)
      return cannot(`Код ${code} участнику ${mnemonic} не делегирован`, `Code ${code} is not delegated to ${mnemonic}`);
    return withField(participant, 'delegations', left.length === 0 ? undefined : left);
  });
}
