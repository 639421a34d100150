import express, { type RequestHandler, type Response } from 'express';
import type { JobResult, UpgradeReport } from '../../pipeline/index.js';
import type { ApiParts } from './api-parts.js';
import { problem } from './problem.js';

/**
 * A document of a retired version in, the current one out with what changed and what is lost; stores nothing. With `Accept: application/xml`
 * the document alone, and only when nothing is lost and it is valid: everything else is 422 with the report.
 */
export function upgradeRoute({ workers, limits }: Pick<ApiParts, 'workers' | 'limits'>): RequestHandler[] {
  const upgrade: RequestHandler = async (request, response) => {
    const document = Uint8Array.from(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
    const split = request.query.split === 'true';
    const done = await workers.run({ job: 'upgrade-document', document, split }, [document.buffer]);
    if (!done.ok)
      return problem(response, 503, 'Шлюз перегружен, повторите позже', `The gateway is ${done.why}, try again`);
    const { report } = done.result as Extract<JobResult, { job: 'upgrade-document' }>;
    const wantsXml = request.accepts(['application/json', 'application/xml', 'text/xml'])?.toString().endsWith('xml');
    return wantsXml === true ? asXml(report, response) : asJson(report, response);
  };
  return [express.raw({ type: () => true, limit: limits.attachments }), upgrade];
}

function asJson({ result, sourceViolations, violations }: UpgradeReport, response: Response): void {
  response.status(result.kind === 'not-understood' ? 422 : 200).json({ ...result, sourceViolations, violations });
}

function asXml(report: UpgradeReport, response: Response): void {
  const { result, sourceViolations, violations } = report;
  const [document, ...more] = result.kind === 'upgraded' && result.lost.length === 0 ? result.documents : [];
  if (document !== undefined && more.length + sourceViolations.length + violations.length === 0)
    return void response.type('application/xml').send(document);
  return void response.status(422).json({ ...result, sourceViolations, violations });
}
