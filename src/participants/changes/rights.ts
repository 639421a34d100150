import { isDeepStrictEqual } from 'node:util';
import type { Right, RightOperation } from '../snapshot.js';
import { type Change, cannot } from './change.js';

type RightName = Pick<Right, 'participant' | 'format'> & { readonly operation?: RightOperation | undefined };

/** Grants a right; one the participant has for the same format and operation is replaced by it. */
export function grant(right: Right): Change {
  return (snapshot) => {
    if (snapshot.rights.some((known) => isDeepStrictEqual(known, right)))
      return cannot('Такое право уже предоставлено', 'This right is granted already');
    const others = snapshot.rights.filter((known) => !isSame(known, right));
    return { snapshot: { ...snapshot, rights: [...others, right] } };
  };
}

export function revoke(name: RightName): Change {
  return (snapshot) => {
    const left = snapshot.rights.filter((known) => !isSame(known, name));
    if (left.length === snapshot.rights.length)
      return cannot(
        `У ${name.participant} нет права на ${name.format}`,
        `${name.participant} has no right to ${name.format}`,
      );
    return { snapshot: { ...snapshot, rights: left } };
  };
}

function isSame(a: RightName, b: RightName): boolean {
  const operation = (name: RightName) => name.operation ?? 'request';
  return a.participant === b.participant && a.format === b.format && operation(a) === operation(b);
}
