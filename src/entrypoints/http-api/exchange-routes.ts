import { type Request, type Response, Router } from 'express';
import { stateAt } from '../../formats/index.js';
import { isUuid } from '../../message/index.js';
import type { ExchangeFilter, StoredDelivery, StoredMessage, StoredRecord } from '../../ports/index.js';
import type { ApiParts } from './api-parts.js';
import { problem } from './problem.js';
import { proofOf } from './proof.js';

const PAGE = 50;
const LARGEST_PAGE = 500;

/** Exchanges and formats as JSON; no bodies and no personal data. */
export function exchangeRoutes(parts: ApiParts): Router {
  const router = Router();
  router.get('/exchanges', async (request, response) => {
    const filter = readFilter(request, parts.clock.now());
    if (filter === undefined)
      return problem(response, 400, 'Неверный отбор: limit 1…500, before, from, to — числа или даты', 'Bad filter');
    const found = await parts.store.exchanges(filter);
    const items = await Promise.all(found.map(async (m) => summary(m, await parts.store.deliveriesOf(m.messageId))));
    const last = found.at(-1);
    return void response.json({
      items,
      ...(found.length === filter.limit && last !== undefined ? { next: last.order } : {}),
    });
  });
  router.get('/exchanges/:id', async (request, response) => {
    const message = await find(parts, request, response);
    if (message === undefined) return;
    const messages = await parts.store.messagesOf(message.exchange);
    const deliveries = (await Promise.all(messages.map((m) => parts.store.deliveriesOf(m.messageId)))).flat();
    const records = await parts.store.recordsOf(message.exchange);
    response.json({
      exchange: message.exchange,
      messages: messages.map((m) =>
        summary(
          m,
          deliveries.filter((d) => d.messageId === m.messageId),
        ),
      ),
      deliveries: deliveries.map(deliveryView),
      records: records.map(recordView),
    });
  });
  router.get('/exchanges/:id/proof', async (request, response) => {
    const message = await find(parts, request, response);
    if (message === undefined) return;
    const proof = await proofOf(parts, message.messageId, 'accepted');
    if (proof === undefined) problem(response, 404, 'Записи нет', 'No such record');
    else response.json(proof);
  });
  router.get('/formats', (_request, response) => {
    const items = parts.catalogue.data.formats.map((f) => ({
      id: f.id,
      version: f.version,
      family: f.family,
      namespace: f.namespace,
      roots: f.roots,
      title: f.title,
      state: stateAt(f, parts.clock.now()),
      activeFrom: f.activeFrom,
      retiredFrom: f.retiredFrom,
      successor: f.successor,
    }));
    response.json({ items });
  });
  return router;
}

async function find(parts: ApiParts, request: Request, response: Response): Promise<StoredMessage | undefined> {
  const id = String(request.params.id).toLowerCase();
  const message = isUuid(id) ? await parts.store.message(id) : undefined;
  if (message === undefined) problem(response, 404, `Сообщение ${id} не найдено`, `Message ${id} is not found`);
  return message;
}

function readFilter({ query }: Request, now: number): ExchangeFilter | undefined {
  const number = (name: string): number | undefined => (query[name] === undefined ? undefined : Number(query[name]));
  const date = (name: string): number | undefined =>
    query[name] === undefined ? undefined : Date.parse(String(query[name]));
  const limit = number('limit') ?? PAGE;
  const [before, from, to] = [number('before'), date('from'), date('to')];
  const numbers = [limit, before, from, to].filter((n) => n !== undefined);
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE || numbers.some(Number.isNaN)) return undefined;
  return {
    limit,
    ...(before === undefined ? {} : { before }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(query.participant === undefined ? {} : { participant: String(query.participant) }),
    ...(query.format === undefined ? {} : { format: String(query.format) }),
    ...(query.purpose === undefined ? {} : { purpose: String(query.purpose) }),
    ...(query.overdue === undefined ? {} : { overdueAt: now }),
  };
}

function summary(m: StoredMessage, deliveries: readonly StoredDelivery[]): object {
  const { messageId, exchange, kind, version, sender, recipient, format, test, leaf, order } = m;
  const states = deliveries.map(({ recipient, state, attempts }) => ({ recipient, state, attempts }));
  return {
    messageId,
    exchange,
    kind,
    version,
    sender,
    recipient,
    format,
    acceptedAt: new Date(m.acceptedAt).toISOString(),
    test,
    ...(m.meta.broadcast === undefined ? {} : { broadcast: true }),
    // StatusCategory of the gateway's own word: not every one of them is a rejection.
    ...(m.meta.category === undefined ? {} : { category: m.meta.category }),
    states,
    leaf,
    order,
    ...(m.meta.answerBy !== undefined && { answerBy: m.meta.answerBy }),
    ...(m.meta.purpose !== undefined && { purpose: m.meta.purpose }),
    ...(m.meta.unusual !== undefined && { unusual: m.meta.unusual.split(' ') }),
  };
}

function deliveryView({ pollDigest: _digest, ...d }: StoredDelivery): object {
  return d;
}

function recordView(record: StoredRecord): object {
  return { index: record.index, ...(JSON.parse(Buffer.from(record.bytes).toString('utf8')) as object) };
}
