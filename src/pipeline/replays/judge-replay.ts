import type { Judgement } from '../../delivery/index.js';
import { isFault } from '../../faults/index.js';
import { acceptable } from '../../formats/index.js';
import type { StoredMessage } from '../../ports/index.js';
import { judgeContent } from '../check-late.js';
import { Defect } from '../defect.js';
import { isBroadcast } from '../destinations.js';
import { type OpenedMessage, openMessage } from '../open-message.js';
import type { Job } from '../outcome.js';
import type { World } from '../world.js';

/** A stored message against today's formats, rights, routes and trust; what only the store knows is judged beside it. */
export function judgeReplay(job: Extract<Job, { job: 'judge-replay' }>, world: World): Judgement {
  const { message, body, recipient, at } = job;
  if (message.kind !== 'request' && message.kind !== 'response') return { verdict: 'ready' };
  let opened: OpenedMessage;
  try {
    opened = openMessage(message, body, world);
  } catch (error) {
    if (!(error instanceof Defect)) throw error;
    return { verdict: 'no-body', why: error.message };
  }
  return (
    judgeRights(message, recipient, at, world) ??
    judgeFormat(message, opened, at, world) ??
    judgeSigner(opened, at, world) ?? { verdict: 'ready' }
  );
}

/** Responses need no right: they answer a request that was let through. */
function judgeRights(
  { kind, sender, format, meta }: StoredMessage,
  recipient: string,
  at: number,
  { directory }: World,
): Judgement | undefined {
  if (kind !== 'request' || format === undefined) return undefined;
  const operation = isBroadcast({ meta }) ? 'broadcast' : 'request';
  if (!directory.maySend(sender, format, at, operation))
    return { verdict: 'rights', why: `Участнику ${sender} сейчас не предоставлено право на ${format}` };
  if (!directory.answeredBy(recipient).includes(format))
    return { verdict: 'route', why: `${recipient} сейчас не поставщик ${format}` };
  return undefined;
}

function judgeFormat(message: StoredMessage, opened: OpenedMessage, at: number, world: World): Judgement | undefined {
  const { data } = opened;
  if (!('contentName' in data)) return undefined;
  const { namespace, local } = data.contentName;
  const entry = world.catalogue.find(namespace, local);
  const inForce =
    entry === undefined ? world.catalogue.unknown(data.contentName) : acceptable(entry, at, { test: message.test });
  if (isFault(inForce)) return { verdict: 'retired', why: inForce.description };
  const wrong = judgeContent(message, opened, at, world);
  if (wrong === undefined) return undefined;
  const first = wrong.violations?.[0];
  const place = first?.path === undefined ? '' : `${first.path}: `;
  return { verdict: 'content', why: first === undefined ? wrong.description : `${place}${first.text}` };
}

/** The certificate as it stands in the signature that verified at acceptance. */
function judgeSigner({ signature }: OpenedMessage, at: number, { trust }: World): Judgement | undefined {
  const base64 = /X509Certificate[^>]*>([^<]+)</.exec(signature.toString())?.[1];
  if (base64 === undefined) return undefined;
  const verdict = trust.judgeDer(Buffer.from(base64, 'base64'), at);
  return verdict.ok ? undefined : { verdict: 'certificate', why: verdict.text };
}
