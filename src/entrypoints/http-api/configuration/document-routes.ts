import express, { Router } from 'express';
import { configurationOf, readConfiguration, readWhole, replaceConfiguration } from '../../../participants/index.js';
import type { ApiParts } from '../api-parts.js';
import { problems } from '../problem.js';
import { applyChange } from './apply-change.js';
import { fromYaml, toYaml } from './yaml-document.js';

/** Thousands of participants with their certificates. */
const LARGEST = '8mb';

/** /configuration: the whole of it, out (YAML, or JSON where it is accepted) and in. */
export function documentRoutes(parts: ApiParts): Router {
  const router = Router();
  router.get('/', (request, response) => {
    const { snapshot, hash } = parts.directory;
    const document = configurationOf(snapshot);
    response.setHeader('ETag', `"${hash}"`);
    response.vary('Accept');
    if (request.accepts(['application/yaml', 'application/json']) === 'application/json') response.json(document);
    else response.type('application/yaml').send(toYaml(document));
  });
  router.put('/', express.text({ type: () => true, limit: LARGEST }), async (request, response) => {
    const parsed = fromYaml(typeof request.body === 'string' ? request.body : '');
    if ('why' in parsed) return problems(response, 400, parsed.why);
    const read = readWhole(readConfiguration, parsed.value);
    if ('why' in read) return problems(response, 400, read.why);
    return applyChange(parts, request, response, 'import', replaceConfiguration(read.value));
  });
  return router;
}
