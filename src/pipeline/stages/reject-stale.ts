import { fault } from '../../faults/index.js';
import { isMessageId, messageIdTime } from '../../message/index.js';
import type { SendKnown } from '../known.js';
import { type Refusal, refuse } from '../stage.js';
import { inWords } from '../words.js';
import type { World } from '../world.js';

/** The time inside the MessageID against our clock, and EOL: both texts name the difference. */
export function rejectStale(known: SendKnown, { limits }: World): SendKnown | Refusal<SendKnown> {
  const { data, at } = known;
  const difference = isMessageId(data.messageId) ? messageIdTime(data.messageId) - at : 0;
  if (difference > limits.idAhead) {
    return refuse(
      stale(`впереди часов шлюза на ${inWords(difference)}, допускается ${inWords(limits.idAhead)}`),
      known,
    );
  }
  if (-difference > limits.idBehind) {
    return refuse(
      stale(`позади часов шлюза на ${inWords(-difference)}, допускается ${inWords(limits.idBehind)}`),
      known,
    );
  }
  const eol = 'eol' in data ? data.eol : undefined;
  if (eol !== undefined && eol <= at) {
    return refuse(fault('EndOfLifeReached', `Срок жизни сообщения (EOL) истёк ${inWords(at - eol)} назад`), known);
  }
  return known;
}

function stale(what: string) {
  return fault('StaleMessageId', `Время внутри MessageID ${what}. Сверьте часы и создайте новый MessageID`);
}
