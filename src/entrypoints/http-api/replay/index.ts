/**
 * /deliveries and /replay of the JSON API: single words of an operator, failure groups, plans, reports.
 * May import: what the entry point may. Start at plan-routes.ts.
 */
import { Router } from 'express';
import type { ApiParts } from '../api-parts.js';
import { deliveryRoutes } from './delivery-routes.js';
import { planRoutes } from './plan-routes.js';

export function replayRoutes(parts: ApiParts): Router {
  const router = Router();
  router.use('/deliveries', deliveryRoutes(parts));
  router.use('/replay', planRoutes(parts));
  return router;
}
