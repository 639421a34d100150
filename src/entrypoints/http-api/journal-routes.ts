import { timingSafeEqual } from 'node:crypto';
import { type Request, type RequestHandler, Router } from 'express';
import { entryBundle, hashTile, readTilePath, type Tile, tileSpan, tileWidth } from '../../journal/index.js';
import { isUuid } from '../../message/index.js';
import type { ApiParts } from './api-parts.js';
import { isBearer } from './authorize.js';
import { problem } from './problem.js';
import { proofOf } from './proof.js';

/** The log as C2SP tlog-tiles: checkpoint and hash tiles open to all, entries and receipts to those entitled. */
export function journalRoutes(parts: ApiParts): Router {
  const { store, operatorToken } = parts;
  const router = Router();
  router.get('/checkpoint', async (_request, response) => {
    const checkpoint = await store.checkpoint();
    if (checkpoint === undefined) problem(response, 404, 'Журнал пуст', 'The journal is empty');
    else response.type('text/plain; charset=utf-8').send(checkpoint.note);
  });
  router.get('/checkpoint/gost', gostCheckpoint(parts));
  router.get('/tile/*path', async (request, response) => {
    const tile = readTilePath(request.path.slice(1));
    const checkpoint = await store.checkpoint();
    if (tile === undefined || checkpoint === undefined)
      return problem(response, 404, 'Такой плитки нет', 'No such tile');
    if (tile.level === 'entries' && !isBearer(request.headers.authorization, operatorToken)) {
      return problem(
        response,
        401,
        'Записи журнала доступны сторонам обмена и по токену',
        'Entries are for the parties and by token',
      );
    }
    const bytes = await tileBytes(parts, tile, checkpoint.size);
    if (bytes === undefined) return problem(response, 404, 'Такой плитки нет', 'No such tile');
    return void response.type('application/octet-stream').send(bytes);
  });
  router.get('/proof/:id', async (request, response) => {
    const id = String(request.params.id).toLowerCase();
    const message = isUuid(id) ? await store.message(id) : undefined;
    if (
      message === undefined ||
      !(isEntitled(request, message.receiptToken) || isBearer(request.headers.authorization, operatorToken))
    ) {
      return problem(
        response,
        404,
        'Квитанция не найдена; ссылка дана в заголовке SMEV-Journal-Receipt',
        'No such receipt; the link stands in SMEV-Journal-Receipt',
      );
    }
    const proof = await proofOf(parts, id, String(request.query.kind ?? 'accepted'));
    if (proof === undefined) return problem(response, 404, 'Такой записи нет', 'No such record');
    if (request.accepts(['text/plain', 'application/json']) === 'application/json') return void response.json(proof);
    response.setHeader('SMEV-Journal-Leaf', proof.leaf);
    return void response.type('text/plain; charset=utf-8').send(proof.receipt);
  });
  return router;
}

/** The newest checkpoint with both lines, or one of at most a second ago. */
function gostCheckpoint({ store, gostCheckpoint: signed, log }: ApiParts): RequestHandler {
  return async (_request, response) => {
    const checkpoint = await store.checkpoint();
    if (checkpoint === undefined || signed === undefined)
      return problem(
        response,
        404,
        'Журнал пуст или у шлюза нет ключа ГОСТ',
        'The journal is empty, or the gateway has no GOST key',
      );
    try {
      return void response.type('text/plain; charset=utf-8').send(await signed.over(checkpoint.note));
    } catch (error) {
      log.error({ error: String(error) }, 'no GOST signature on a checkpoint');
      return problem(response, 503, 'Ключ ГОСТ сейчас не подписывает', 'The GOST key does not sign now');
    }
  };
}

/** The tile's bytes, or undefined when the log is not that long yet. */
async function tileBytes({ store }: ApiParts, tile: Tile, size: number): Promise<Buffer | undefined> {
  if (tile.width > tileWidth(tile.level, tile.index, size)) return undefined;
  const { level, from, to } = tileSpan(tile);
  return tile.level === 'entries'
    ? entryBundle(await store.leaves(from, to))
    : hashTile(await store.hashes(level, from, to));
}

/** The token of the link given at acceptance. */
function isEntitled(request: Request, token: string): boolean {
  const [given, known] = [Buffer.from(String(request.query.token ?? '')), Buffer.from(token)];
  return given.length === known.length && timingSafeEqual(given, known);
}
