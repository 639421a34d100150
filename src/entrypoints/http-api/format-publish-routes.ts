import express, { type Request, type Response, Router } from 'express';
import { isRefused, MOST_UPLOAD_BYTES, type PublishPlan } from '../../formats/index.js';
import type { Done } from '../../pipeline/index.js';
import type { ApiParts } from './api-parts.js';
import { publicationHistory } from './format-publication-history.js';
import { problem, problems } from './problem.js';

const LONGEST_REASON = 500;

/** /api/v1/formats: publishing packages, life cycles, taking back. Every change is on record with its reason. */
export function formatPublishRoutes(parts: ApiParts): Router {
  const router = Router();
  const { publications } = parts;
  router.get('/packages', publicationHistory(parts));
  router.post('/packages', express.raw({ type: () => true, limit: MOST_UPLOAD_BYTES }), publish(parts));
  const body = express.json({ limit: '16kb' });
  router.post('/roll-back', body, async (request, response) => {
    answer(response, await publications.rollBack(record(request)));
  });
  router.post('/:id/:version/retire', body, async (request, response) => {
    const { id, version } = request.params;
    const [at, successor] = [said(request, 'at') ?? '', said(request, 'successor')];
    const ending = { at, ...(successor !== undefined && { successor }) };
    answer(response, await publications.retire(id, version, ending, record(request)));
  });
  router.post('/:id/:version/activate', body, async (request, response) => {
    const { id, version } = request.params;
    answer(response, await publications.activate(id, version, said(request, 'at'), record(request)));
  });
  return router;
}

/** Without `confirm` a dry run: the plan and its hash. With it the plan of that hash is put in force, and no other. */
function publish({ publications, inForce }: ApiParts) {
  return async (request: Request, response: Response): Promise<void> => {
    const zip = Uint8Array.from(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
    const { confirm } = request.query;
    const against = inForce.catalogue.hash;
    const plan = await publications.plan(zip, request.query.asTest === '1');
    if (isRefused(plan)) return problems(response, 422, plan.refusals);
    if (typeof confirm !== 'string') return void response.json(shown(plan));
    if (confirm !== plan.hash)
      return problem(
        response,
        409,
        'Подтверждён другой план: пакет или каталог изменились после показа. Посмотрите ещё раз',
        'Another plan was confirmed: the package or the catalogue changed since. Look again',
      );
    return answer(response, await publications.publish(plan, against, record(request)));
  };
}

/** The plan without the artefact's bytes. */
function shown({ artefact, ...plan }: PublishPlan): object {
  return { ...plan, ...(artefact && { artefact: { hash: artefact.hash, bytes: artefact.bytes.length } }) };
}

const STATUS = { unknown: 404, conflict: 409, bad: 422, unavailable: 503 } as const;

function answer(response: Response, done: Done): void {
  if ('why' in done) problem(response, STATUS[done.why], done.ru, done.en);
  else response.json(done);
}

function said(request: Request, name: string): string | undefined {
  const value: unknown = (request.body as Record<string, unknown> | undefined)?.[name] ?? request.query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Who asks and why: what stands in the record beside the change. */
function record(request: Request): { by: string; reason?: string } {
  const reason = Buffer.isBuffer(request.body) ? request.query.reason : said(request, 'reason');
  return {
    by: 'operator',
    ...(typeof reason === 'string' && reason !== '' && { reason: reason.slice(0, LONGEST_REASON).toWellFormed() }),
  };
}
