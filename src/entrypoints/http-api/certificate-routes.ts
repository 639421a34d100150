import { X509Certificate } from 'node:crypto';
import express, { type RequestHandler, Router } from 'express';
import type { ApiParts } from './api-parts.js';
import { problem } from './problem.js';

const LARGEST_RENEWAL = 64 * 1024;

/** Certificates of the gateway for everybody to see, and the renewal of participants' own. */
export function certificateRoutes(parts: ApiParts): Router {
  const router = Router();
  router.get('/', (request, response) => {
    const { current, next } = parts.certificates;
    response.vary('Accept');
    if (request.accepts(['application/x-pem-file', 'application/json']) === 'application/json')
      response.json({ current: current.map(described), next: next.map(described) });
    else response.type('application/x-pem-file').send([...current, ...next].join(''));
  });
  router.post('/', express.raw({ type: () => true, limit: LARGEST_RENEWAL }), renewal(parts));
  return router;
}

/** POST of a CertificateRenewalRequest (docs/external-keys.md): proves itself by its signatures, so it needs no token. */
function renewal({ renewals }: ApiParts): RequestHandler {
  return async (request, response) => {
    const body = Uint8Array.from(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
    const reply = await renewals.receive(body, request.socket.remoteAddress ?? '');
    switch (reply.kind) {
      case 'busy':
        response.setHeader('Retry-After', '1');
        return problem(response, 503, 'Шлюз перегружен, повторите позже', 'The gateway is overloaded, try again');
      case 'refused': {
        const { fault, description } = reply.fault;
        return problem(response, fault === 'InvalidContent' ? 400 : 403, description, `Refused: ${fault}`);
      }
      case 'registered':
        return void response.status(reply.isNew ? 201 : 200).json({
          mnemonic: reply.mnemonic,
          snapshot: reply.config,
          state: reply.isNew ? 'registered' : 'was registered already',
        });
    }
  };
}

function described(pem: string): object {
  const { subject, serialNumber, validFromDate, validToDate, fingerprint256 } = new X509Certificate(pem);
  return {
    subject: subject.replaceAll('\n', ', '),
    serial: serialNumber,
    notBefore: validFromDate.toISOString(),
    notAfter: validToDate.toISOString(),
    sha256: fingerprint256.replaceAll(':', '').toLowerCase(),
    pem,
  };
}
