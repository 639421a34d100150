import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { sealLeaf } from '../../journal/index.js';
import type { ApiParts } from './api-parts.js';
import { problem } from './problem.js';

/** Lets the operator's token through and puts its use on record; everyone else gets 401. */
export function authorize({ operatorToken, store, vault, clock }: ApiParts): RequestHandler {
  return async (request, response, next) => {
    if (!isBearer(request.headers.authorization, operatorToken)) {
      response.setHeader('WWW-Authenticate', 'Bearer');
      problem(
        response,
        401,
        'Нужен токен оператора: Authorization: Bearer …',
        'The operator token is needed: Authorization: Bearer …',
      );
      return;
    }
    const used = sealLeaf(
      {
        kind: 'operator-token-used',
        time: new Date(clock.now()).toISOString(),
        hidden: {
          method: request.method,
          path: request.baseUrl + request.path,
          address: request.socket.remoteAddress ?? '',
        },
      },
      vault,
    ).leaf;
    const done = await store.commit({ leaves: [used] });
    if (done.ok) next();
    else
      problem(
        response,
        503,
        'Журнал недоступен, действие не выполнено',
        'The journal is unavailable, nothing was done',
      );
  };
}

/** Compares in constant time, whatever the lengths. */
export function isBearer(header: string | undefined, token: string): boolean {
  const given = /^Bearer ([^\s]+)$/i.exec(header ?? '')?.[1] ?? '';
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
