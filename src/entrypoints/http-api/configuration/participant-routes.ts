import { X509Certificate } from 'node:crypto';
import { Router } from 'express';
import {
  addCertificate,
  addParticipant,
  changeParticipant,
  delegate,
  endDelegation,
  type Participant,
  type ParticipantPatch,
  readCertificate,
  readParticipant,
  readPatch,
  readTermAndBasis,
  removeCertificate,
  removeParticipant,
} from '../../../participants/index.js';
import type { ApiParts } from '../api-parts.js';
import { problem } from '../problem.js';
import { asked, changing, changingBy, isForced } from './read-body.js';

/** /participants: who takes part, with certificates and delegations. Answers no keys, and PEM of one participant only. */
export function participantRoutes(parts: ApiParts): Router {
  const router = Router();
  router.get('/', (_request, response) => {
    const { snapshot, hash } = parts.directory;
    response.setHeader('ETag', `"${hash}"`);
    response.json({
      snapshot: hash,
      items: snapshot.participants.map(({ certificates, renewed: _renewed, ...p }) => ({
        ...p,
        certificates: certificates.length,
      })),
    });
  });
  router.get('/:mnemonic', (request, response) => {
    const { snapshot, hash } = parts.directory;
    const mnemonic = asked(request, 'mnemonic');
    const found = parts.directory.participant(mnemonic);
    if (found === undefined)
      return problem(response, 404, `Участника ${mnemonic} нет`, `There is no participant ${mnemonic}`);
    response.setHeader('ETag', `"${hash}"`);
    return void response.json({
      snapshot: hash,
      ...described(found),
      rights: snapshot.rights.filter((r) => r.participant === mnemonic),
      routes: snapshot.routes.filter((r) => r.recipient === mnemonic),
      subscriptions: (snapshot.subscriptions ?? []).filter((s) => s.participant === mnemonic),
    });
  });
  router.post('/', changing(parts, 'participant-add', readParticipant, addParticipant));
  router.patch(
    '/:mnemonic',
    changing(parts, 'participant-change', readPatch, (patch, request) =>
      changeParticipant(asked(request, 'mnemonic'), patch as ParticipantPatch),
    ),
  );
  router.delete(
    '/:mnemonic',
    changingBy(parts, 'participant-remove', (request) =>
      removeParticipant(asked(request, 'mnemonic'), { force: isForced(request) }),
    ),
  );
  certificates(router, parts);
  delegations(router, parts);
  return router;
}

function certificates(router: Router, parts: ApiParts): void {
  router.post(
    '/:mnemonic/certificates',
    changing(parts, 'certificate-add', readCertificate, ({ pem }, request) =>
      addCertificate(asked(request, 'mnemonic'), pem),
    ),
  );
  router.delete(
    '/:mnemonic/certificates/:sha256',
    changingBy(parts, 'certificate-remove', (request) =>
      removeCertificate(asked(request, 'mnemonic'), asked(request, 'sha256'), { force: isForced(request) }),
    ),
  );
}

function delegations(router: Router, parts: ApiParts): void {
  router.put(
    '/:mnemonic/delegations/:code',
    changing(parts, 'delegate', readTermAndBasis, (said, request) =>
      delegate(asked(request, 'mnemonic'), { code: asked(request, 'code'), ...said }),
    ),
  );
  router.delete(
    '/:mnemonic/delegations/:code',
    changingBy(parts, 'delegation-end', (request) => endDelegation(asked(request, 'mnemonic'), asked(request, 'code'))),
  );
}

function described({ certificates, renewed = [], ...participant }: Participant): object {
  return {
    ...participant,
    certificates: certificates.map((pem) => {
      const { fingerprint256, subject, serialNumber, validFrom, validTo } = new X509Certificate(pem);
      return {
        sha256: fingerprint256.replaceAll(':', '').toLowerCase(),
        subject: subject.replaceAll('\n', ', '),
        serial: serialNumber,
        notBefore: new Date(validFrom).toISOString(),
        notAfter: new Date(validTo).toISOString(),
        renewed: renewed.includes(pem),
        pem,
      };
    }),
  };
}
