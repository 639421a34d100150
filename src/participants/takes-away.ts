import { isDeepStrictEqual } from 'node:util';
import type { Participant, Snapshot } from './snapshot.js';

/**
 * Whether `after` may refuse what `before` allowed: a participant, a certificate or a right is gone or narrower, or a NodeID
 * is. What was judged under `before` must then not be committed any more. Says yes where it is not sure: what was judged so
 * is judged again, and loses a millisecond.
 */
export function takesAway(before: Snapshot, after: Snapshot): boolean {
  const kept = new Map(after.participants.map((p) => [p.mnemonic, p]));
  return (
    before.participants.some((p) => narrows(p, kept.get(p.mnemonic))) ||
    after.participants.some((p) => asksMore(p, before)) ||
    before.rights.some((right) => !after.rights.some((other) => isDeepStrictEqual(other, right))) ||
    !isDeepStrictEqual(before.lifeCycles, after.lifeCycles) ||
    before.roots.some((root) => !after.roots.includes(root))
  );
}

function narrows(before: Participant, after: Participant | undefined): boolean {
  if (after === undefined) return true;
  if (before.certificates.some((pem) => !after.certificates.includes(pem))) return true;
  return after.nodes !== undefined && !(before.nodes ?? []).every((node) => after.nodes?.includes(node));
}

/** A list of NodeIDs where there was none leaves less room. */
function asksMore({ mnemonic, nodes }: Participant, before: Snapshot): boolean {
  const known = before.participants.find((p) => p.mnemonic === mnemonic);
  return known !== undefined && known.nodes === undefined && nodes !== undefined;
}
