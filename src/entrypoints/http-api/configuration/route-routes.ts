import { type Request, Router } from 'express';
import {
  addRoute,
  type RouteMark,
  readRoute,
  readSubscription,
  removeRoute,
  subscribe,
  unsubscribe,
} from '../../../participants/index.js';
import type { ApiParts } from '../api-parts.js';
import { asked, changing, changingBy } from './read-body.js';

/** /routes: which participant answers what, and /subscriptions: who is given broadcasts of what. */
export function routeRoutes(parts: ApiParts): Router {
  const router = Router();
  router.get('/routes', (_request, response) => {
    const { snapshot, hash } = parts.directory;
    response.json({ snapshot: hash, items: snapshot.routes });
  });
  router.post('/routes', changing(parts, 'route-add', readRoute, addRoute));
  router.delete(
    '/routes',
    changingBy(parts, 'route-remove', (request) => {
      const recipient = asked(request, 'recipient');
      const by = markIn(request);
      return removeRoute({ format: asked(request, 'format'), ...(recipient && { recipient }), ...(by && { by }) });
    }),
  );
  router.get('/subscriptions', (_request, response) => {
    const { snapshot, hash } = parts.directory;
    response.json({ snapshot: hash, items: snapshot.subscriptions ?? [] });
  });
  router.post('/subscriptions', changing(parts, 'subscribe', readSubscription, subscribe));
  router.delete(
    '/subscriptions',
    changingBy(parts, 'unsubscribe', (request) =>
      unsubscribe({ participant: asked(request, 'participant'), format: asked(request, 'format') }),
    ),
  );
  return router;
}

function markIn(request: Request): RouteMark | undefined {
  const [dynamic, identifier] = [asked(request, 'dynamic'), asked(request, 'identifier')];
  if (dynamic !== '') return { dynamic };
  return identifier === '' ? undefined : { identifier };
}
