import express, { type Request, type Response, Router } from 'express';
import { DELIVERY_STATES, type DeliveryState } from '../../../message/index.js';
import type { OperatorWord, WordDone } from '../../../pipeline/index.js';
import type { StoredDelivery } from '../../../ports/index.js';
import type { ApiParts } from '../api-parts.js';
import { problem } from '../problem.js';
import { isWrong, listOf, numberOf, readPlanFilter, readSaid, textOf } from './read-filter.js';

const PAGE = 50;
const LARGEST_PAGE = 500;
/** What waits for a person, where no state is asked for. */
const TO_LOOK_AT: readonly DeliveryState[] = ['in-doubt', 'failed', 'not-accepted', 'expired'];
const SETTLED_AS: readonly string[] = ['arrived', 'lost', 'unknown'];

/** Lists, and the operator's word on one delivery: settle, cancel, return. */
export function deliveryRoutes(parts: ApiParts): Router {
  const router = Router();
  router.get('/', (request, response) => listDeliveries(parts, request, response));
  router.get('/:id', async (request, response) => {
    const delivery = await parts.store.delivery(Number(request.params.id));
    if (delivery === undefined) return notFound(request, response);
    response.json(deliveryView(delivery));
  });
  for (const [path, word] of [
    ['settle', undefined],
    ['cancel', 'cancel'],
    ['return', 'return'],
  ] as const)
    router.post(`/:id/${path}`, express.json(), (request, response) => say(parts, request, response, word));
  return router;
}

async function listDeliveries({ store }: ApiParts, request: Request, response: Response): Promise<void> {
  const { state, before, ...rest } = request.query;
  const states = (listOf(state) ?? TO_LOOK_AT) as readonly DeliveryState[];
  const wrongState = states.find((s) => !DELIVERY_STATES.includes(s) || s === 'delivered');
  if (wrongState !== undefined)
    return problem(response, 400, `Состояния ${wrongState} в списке нет`, `No list of state ${wrongState}`);
  const filter = readPlanFilter(rest);
  if (isWrong(filter)) return problem(response, 400, filter.wrong.ru, filter.wrong.en);
  const limit = numberOf(request, 'limit', PAGE, LARGEST_PAGE);
  const from = numberOf(request, 'before', 0, Number.MAX_SAFE_INTEGER);
  if (Number.isNaN(limit) || limit < 1 || Number.isNaN(from))
    return problem(response, 400, 'limit 1…500, before — число', 'limit 1…500, before is a number');
  const found = await store.deliveries({
    states,
    limit,
    ...(before === undefined ? {} : { before: from }),
    ...(filter.recipient === undefined ? {} : { recipient: filter.recipient }),
    ...(filter.from === undefined ? {} : { from: filter.from }),
    ...(filter.to === undefined ? {} : { to: filter.to }),
  });
  const last = found.at(-1);
  const more = found.length === limit && last !== undefined ? { next: last.id } : {};
  response.json({ items: found.map(deliveryView), ...more });
}

async function say(
  { operatorWords }: ApiParts,
  request: Request,
  response: Response,
  fixed: 'cancel' | 'return' | undefined,
): Promise<void> {
  const said = readSaid(request.body);
  if (isWrong(said)) return problem(response, 400, said.wrong.ru, said.wrong.en);
  const as = textOf((request.body as Record<string, unknown>).as);
  if (fixed === undefined && (as === undefined || !SETTLED_AS.includes(as)))
    return problem(response, 400, `as: ${SETTLED_AS.join(', ')}`, `as: ${SETTLED_AS.join(', ')}`);
  const done = await operatorWords.say(Number(request.params.id), fixed ?? (as as OperatorWord), said);
  if ('refused' in done) return refuse(done, request, response);
  response.json({ delivery: deliveryView(done.delivery), record: done.record });
}

function refuse(done: Extract<WordDone, { refused: string }>, request: Request, response: Response) {
  switch (done.refused) {
    case 'unknown-delivery':
      return notFound(request, response);
    case 'does-not-fit':
      return problem(
        response,
        409,
        `Доставка ${request.params.id} в состоянии ${done.state}: это слово к ней неприменимо`,
        `Delivery ${request.params.id} is ${done.state}: the word does not fit`,
      );
    case 'returned-before':
      return problem(response, 409, 'Сообщение уже возвращено отправителю', 'The message was sent back before');
    case 'unavailable':
      return problem(response, 503, 'Сейчас это не записать, повторите позже', 'It cannot be written now, try again');
  }
}

function notFound({ params }: Request, response: Response): void {
  problem(response, 404, `Доставки ${params.id} нет`, `There is no delivery ${params.id}`);
}

function deliveryView({ pollDigest: _, queuedAt, dueAt, expiresAt, leasedUntil, ...rest }: StoredDelivery): object {
  const time = (name: string, at: number | undefined) =>
    at === undefined ? {} : { [name]: new Date(at).toISOString() };
  return {
    ...rest,
    ...time('queuedAt', queuedAt),
    ...time('dueAt', dueAt),
    ...time('expiresAt', expiresAt),
    ...time('leasedUntil', leasedUntil),
  };
}
