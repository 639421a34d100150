import { createHash } from 'node:crypto';
import { type Certificate, KEY_USAGE, keyBitsOf, type OcspAnswer, type OcspResponse } from './asn1/index.js';
import {
  type Freshness,
  freshnessOf,
  type Inquiry,
  NOTHING_KNOWN,
  type RevocationAnswer,
  unknownBecause,
} from './revocation.js';
import { mayUse } from './validate-path.js';

const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';

/**
 * RFC 6960 §3.2: the newest usable answer about the certificate, signed by its issuer or by a responder the issuer
 * appointed. `path` leads from the certificate through its issuer to the root.
 */
export function askResponses(path: readonly Certificate[], inquiry: Inquiry): RevocationAnswer {
  const [certificate, issuer] = path;
  if (certificate === undefined || issuer === undefined) return NOTHING_KNOWN;
  const found = inquiry.registry
    .responsesFor(certificate.serial)
    .flatMap((response) =>
      response.answers
        .filter((answer) => answer.isAbout(certificate, issuer.publicKey))
        .map((answer) => ({ response, answer })),
    );
  if (found.length === 0) return NOTHING_KNOWN;
  const usable = found.flatMap(({ response, answer }) => {
    const freshness = freshnessOf(answer, inquiry.policy.answerAge, inquiry);
    const trusted = freshness.use && answer.status !== 'unknown' && isTrusted(response, path, inquiry);
    return trusted ? [{ answer, freshness }] : [];
  });
  const newest = usable.sort((a, b) => b.answer.thisUpdate - a.answer.thisUpdate)[0];
  if (newest !== undefined) return answerOf(newest.answer, newest.freshness);
  return unknownBecause(
    'ответ OCSP не годится (просрочен, неверно подписан, подписавший не уполномочен или статус неизвестен)',
    'the OCSP answer does not serve (out of date, wrongly signed, by nobody appointed, or of unknown status)',
  );
}

function answerOf(answer: OcspAnswer, freshness: Freshness): RevocationAnswer {
  const staleSince = freshness.use ? freshness.staleSince : undefined;
  return {
    status: answer.status === 'revoked' ? 'revoked' : 'good',
    source: 'ocsp',
    thisUpdate: answer.thisUpdate,
    ...(answer.revoked && { revoked: answer.revoked }),
    ...(staleSince !== undefined && { staleSince }),
  };
}

/** §4.2.2.2: signed by the issuer, or by a certificate the issuer itself issued for id-kp-OCSPSigning. */
function isTrusted(response: OcspResponse, path: readonly Certificate[], inquiry: Inquiry): boolean {
  if (response.unknownCritical.length > 0 || !inquiry.horizon.reached(response.producedAt - inquiry.policy.skew))
    return false;
  const issuer = path[1]!;
  const good = (signer: Certificate) =>
    isResponder(response, signer) && inquiry.signatures.judge(response, signer) === 'good';
  return good(issuer) || response.certificates.some((c) => isAppointed(c, path, inquiry) && good(c));
}

function isResponder({ responder }: OcspResponse, { subject, publicKey }: Certificate): boolean {
  if (responder.name !== undefined) return responder.name.key === subject.key;
  return responder.keyHash === createHash('sha1').update(keyBitsOf(publicKey)).digest('hex');
}

/** A delegate must be within its dates, and either exempt from checking or not revoked by the issuer's lists. */
function isAppointed(delegate: Certificate, path: readonly Certificate[], inquiry: Inquiry): boolean {
  const issuer = path[1]!;
  const { horizon, signatures } = inquiry;
  return (
    delegate.issuer.key === issuer.subject.key &&
    delegate.extendedKeyUsage?.includes(OCSP_SIGNING) === true &&
    mayUse(delegate, KEY_USAGE.digitalSignature) &&
    delegate.unknownCritical.length === 0 &&
    signatures.judge(delegate, issuer) === 'good' &&
    horizon.reached(delegate.notBefore) &&
    !horizon.reached(delegate.notAfter + 1000) &&
    (delegate.noCheck || inquiry.trustsDelegate([delegate, ...path.slice(1)]))
  );
}

/** Whether a response repeats the nonce of its request (RFC 8954); one without nonce is let pass, as most responders cache. */
export function answersNonce({ nonce }: OcspResponse, sent: Uint8Array): boolean {
  return nonce === undefined || nonce === Buffer.from(sent).toString('hex');
}
