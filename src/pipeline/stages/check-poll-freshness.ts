import { fault } from '../../faults/index.js';
import type { PollKnown } from '../known.js';
import { type Refusal, refuse } from '../stage.js';
import { inWords } from '../words.js';
import type { World } from '../world.js';

/** A poll is good near its Timestamp only: a captured one soon fetches nothing. */
export function checkPollFreshness(known: PollKnown, { limits }: World): PollKnown | Refusal<PollKnown> {
  const difference = known.data.timestamp - known.at;
  if (Math.abs(difference) <= limits.pollSkew) return known;
  const side = difference > 0 ? 'впереди часов шлюза' : 'позади часов шлюза';
  const text = `Timestamp опроса ${side} на ${inWords(Math.abs(difference))}, допускается ${inWords(limits.pollSkew)}. Сверьте часы и подпишите опрос заново`;
  const textEn = `The Timestamp is ${Math.round(Math.abs(difference) / 1000)} s ${difference > 0 ? 'ahead of' : 'behind'} the gateway's clock`;
  const { line, column } = known.tree.positionOf(known.element);
  return refuse(
    fault('InvalidContent', text, {
      violations: [{ line, column, path: known.tree.pathOf(known.element), text, textEn }],
    }),
    known,
  );
}
