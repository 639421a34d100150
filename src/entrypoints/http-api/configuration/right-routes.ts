import { Router } from 'express';
import { grant, readRight, revoke } from '../../../participants/index.js';
import type { ApiParts } from '../api-parts.js';
import { asked, changing, changingBy } from './read-body.js';

/** /rights: who may send what, and /delegations: who may report for whom, as lists of all participants. */
export function rightRoutes(parts: ApiParts): Router {
  const router = Router();
  router.get('/rights', (request, response) => {
    const { snapshot, hash } = parts.directory;
    const [participant, format] = [asked(request, 'participant'), asked(request, 'format')];
    const items = snapshot.rights.filter(
      (r) => (participant === '' || r.participant === participant) && (format === '' || r.format === format),
    );
    response.setHeader('ETag', `"${hash}"`);
    response.json({ snapshot: hash, items });
  });
  router.post('/rights', changing(parts, 'grant', readRight, grant));
  router.delete(
    '/rights',
    changingBy(parts, 'revoke', (request) =>
      revoke({
        participant: asked(request, 'participant'),
        format: asked(request, 'format'),
        operation: asked(request, 'operation') === 'broadcast' ? 'broadcast' : 'request',
      }),
    ),
  );
  router.get('/delegations', (_request, response) => {
    const { snapshot, hash } = parts.directory;
    const items = snapshot.participants.flatMap(({ mnemonic, delegations = [] }) =>
      delegations.map((d) => ({ participant: mnemonic, ...d })),
    );
    response.json({ snapshot: hash, items });
  });
  return router;
}
