import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { ApiParts } from './api-parts.js';
import { authorize } from './authorize.js';
import { certificateRoutes } from './certificate-routes.js';
import { configurationRoutes } from './configuration/index.js';
import { exchangeRoutes } from './exchange-routes.js';
import { formatPublishRoutes } from './format-publish-routes.js';
import { formatPages } from './formats-pages/index.js';
import { journalRoutes } from './journal-routes.js';
import { preflightRoute } from './preflight-route.js';
import { problem } from './problem.js';
import { replayRoutes } from './replay/index.js';
import { upgradeRoute } from './upgrade-route.js';

/** The Express app behind /smev. Answers errors as problem+json (RFC 9457). */
export function createApi(parts: ApiParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use((_request, response, next) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  app.get('/health/live', (_request, response) => void response.json({ status: 'live' }));
  app.get('/health/ready', (_request, response) => {
    const troubles = parts.troubles();
    const isReady = troubles.length === 0;
    response
      .status(isReady ? 200 : 503)
      .json({ status: isReady ? 'ready' : 'not ready', troubles: [...troubles, ...parts.weaknesses()] });
  });
  app.use('/smev/certificates', certificateRoutes(parts));
  app.use('/formats', formatPages(parts));
  app.use('/journal', journalRoutes(parts));
  app.use('/api/v1', authorize(parts));
  app.use('/api/v1/formats', formatPublishRoutes(parts));
  app.use('/api/v1', exchangeRoutes(parts));
  app.use('/api/v1', configurationRoutes(parts));
  app.use('/api/v1', replayRoutes(parts));
  app.post('/api/v1/preflight', preflightRoute(parts));
  app.post('/api/v1/formats/upgrade', upgradeRoute(parts));
  app.use((request, response) =>
    problem(response, 404, `Нет такого пути: ${request.path}`, `No such path: ${request.path}`),
  );
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    // Express names what is wrong with a request itself: a body beyond its limit, a broken encoding.
    const { status } = error as { status?: number };
    if (status !== undefined && status >= 400 && status < 500)
      return problem(
        response,
        status,
        'Запрос не читается или слишком велик',
        'The request cannot be read or is too large',
      );
    parts.log.error(
      { error: error instanceof Error ? (error.stack ?? error.message) : String(error) },
      'an API request failed',
    );
    return problem(response, 500, 'Внутренняя ошибка', 'Internal error');
  });
  return app;
}
