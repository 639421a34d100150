import type { PartnerAnswer } from '../../src/ports/index.js';
import type { Call } from './partner-client.js';

/** What a delivery came to. */
export function delivered<Answer>(call: Call<Answer>, written: (answer: Answer) => PartnerAnswer): PartnerAnswer {
  switch (call.kind) {
    case 'told':
      return written(call.answer);
    case 'not-taken':
      return { kind: 'later', cause: call.cause };
    case 'lost':
      return { kind: 'in-doubt', cause: call.cause };
    case 'unknown':
      return { kind: 'failed', cause: '404 на передачу данных' };
    case 'refused':
      return { kind: 'failed', cause: call.cause };
  }
}

/** Only the partner's own word settles a doubt; whatever else happens, the doubt stays. */
export function asked<Answer>(call: Call<Answer>, written: (answer: Answer) => PartnerAnswer): PartnerAnswer {
  if (call.kind === 'told') return written(call.answer);
  if (call.kind === 'unknown') return { kind: 'later', cause: 'партнёру сообщение не известно' };
  return { kind: 'in-doubt', cause: call.cause };
}
