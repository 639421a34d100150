import { fault } from '../../faults/index.js';
import { nameOf } from '../../message/index.js';
import type { Routed } from '../known.js';
import { type Refusal, refuse } from '../stage.js';
import type { World } from '../world.js';

/** participant × format, with dates: what is not granted is refused. */
export function checkRights(known: Routed, { directory }: World): Routed | Refusal<Routed> {
  const { mnemonic } = known.caller.participant;
  const format = nameOf(known.entry!.root);
  const operation = known.broadcast === true ? 'broadcast' : 'request';
  if (directory.maySend(mnemonic, format, known.at, operation)) return known;
  return refuse(
    fault(
      'AccessDenied',
      `Участнику ${mnemonic} не предоставлено право ${operation === 'broadcast' ? 'рассылать' : 'отправлять'} ${format}. Обратитесь к оператору шлюза`,
    ),
    known,
  );
}
