/**
 * Participants, rights, routes, subscriptions and the whole configuration as JSON and YAML. Start at applyChange (apply-change.ts):
 * the only way from here to another snapshot.
 */
import { Router } from 'express';
import type { ApiParts } from '../api-parts.js';
import { documentRoutes } from './document-routes.js';
import { historyRoute } from './history-route.js';
import { participantRoutes } from './participant-routes.js';
import { rightRoutes } from './right-routes.js';
import { routeRoutes } from './route-routes.js';

export function configurationRoutes(parts: ApiParts): Router {
  const router = Router();
  router.use('/participants', participantRoutes(parts));
  router.use(rightRoutes(parts));
  router.use(routeRoutes(parts));
  router.get('/configuration/history', historyRoute(parts));
  router.use('/configuration', documentRoutes(parts));
  return router;
}
