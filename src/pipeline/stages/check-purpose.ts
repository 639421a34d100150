import { fault } from '../../faults/index.js';
import { nameOf } from '../../message/index.js';
import type { Checked } from '../known.js';
import { PURPOSE_PARTS, purposesOf } from '../purpose.js';
import { type Refusal, refuse } from '../stage.js';
import type { World } from '../world.js';

/** Where the right asks for it, every part of a request says for which service, by which norm and who asks. */
export function checkPurpose(known: Checked, { directory }: World): Checked | Refusal<Checked> {
  const purposes = purposesOf(known);
  if (purposes === undefined) return known;
  const { mnemonic } = known.caller.participant;
  const format = nameOf(known.entry!.root);
  const checked: Checked = { ...known, purposes };
  if (known.broadcast === true || !directory.needsPurpose(mnemonic, format, known.at)) return checked;
  const place = known.entry!.format.purpose!;
  const missing: string[] = purposes.flatMap((purpose, i) => {
    const absent = PURPOSE_PARTS.filter((part) => purpose[part] === undefined).map((part) => place[part]);
    return absent.length === 0 ? [] : [`${place.each}[${i + 1}]: ${absent.join(', ')}`];
  });
  // No part at all names no purpose: else a place that fits nothing would lift the demand.
  if (purposes.length === 0) missing.push(place.each);
  if (missing.length === 0) return checked;
  const text = `Право ${mnemonic} на ${format} требует цели каждого запроса; не указано: ${missing.slice(0, 10).join('; ')}${missing.length > 10 ? ` и ещё в ${missing.length - 10}` : ''}`;
  return refuse(fault('AccessDenied', text), checked);
}
