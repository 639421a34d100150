import express, { type RequestHandler } from 'express';
import { VERSIONS } from '../../message/index.js';
import type { JobResult } from '../../pipeline/index.js';
import type { ApiParts } from './api-parts.js';
import { problem } from './problem.js';

/** Every fault of an envelope at once, by the same pipeline that judges live ones; stores nothing. */
export function preflightRoute({ workers, clock, limits }: ApiParts): RequestHandler[] {
  const bound = limits.message + Math.ceil((limits.attachments * 4) / 3) + 65_536;
  const judge: RequestHandler = async (request, response) => {
    const version = VERSIONS.find((v) => v === (request.query.version ?? '1.2'));
    if (version === undefined)
      return problem(response, 400, `version: ${VERSIONS.join(', ')}`, `version: ${VERSIONS.join(', ')}`);
    const body = Uint8Array.from(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
    const contentType = request.headers['content-type'] ?? 'text/xml';
    const done = await workers.run({ job: 'preflight', envelope: { version, contentType, body, at: clock.now() } }, [
      body.buffer,
    ]);
    if (!done.ok)
      return problem(response, 503, 'Шлюз перегружен, повторите позже', `The gateway is ${done.why}, try again`);
    return void response.json((done.result as Extract<JobResult, { job: 'preflight' }>).verdict);
  };
  return [express.raw({ type: () => true, limit: bound }), judge];
}
