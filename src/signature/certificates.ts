import { createHash, X509Certificate } from 'node:crypto';

/** Lower-case hex SHA-256 of the DER certificate: how the registry names it. */
export function fingerprintOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}

/** DER of a PEM certificate. */
export function derOf(pem: string): Buffer {
  return new X509Certificate(pem).raw;
}

/** Serial number and subject on one line, for texts that must name a certificate. */
export function nameIn(certificate: X509Certificate): string {
  return `${certificate.serialNumber}, ${certificate.subject.replaceAll('\n', ', ')}`;
}
