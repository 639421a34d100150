import { fingerprintOfPem } from '../judge-snapshot.js';
import { type Change, cannot, changing, withField } from './change.js';

/** One more certificate beside those there are: both hold until the older one ends or is taken away. */
export function addCertificate(mnemonic: string, pem: string): Change {
  return changing(mnemonic, (participant) => {
    const print = fingerprintOfPem(pem);
    if (participant.certificates.some((known) => fingerprintOfPem(known) === print))
      return cannot('Этот сертификат у участника уже есть', 'The participant has this certificate already');
    return { ...participant, certificates: [...participant.certificates, pem] };
  });
}

/** Takes a certificate away, named by its SHA-256 or the first 8 or more characters of it; the last one with `force` only. */
export function removeCertificate(mnemonic: string, fingerprint: string, { force = false } = {}): Change {
  const wanted = fingerprint.replaceAll(':', '').toLowerCase();
  return changing(mnemonic, (participant) => {
    const { certificates, renewed = [] } = participant;
    const isNamed = (pem: string) => fingerprintOfPem(pem)?.startsWith(wanted) === true;
    const found = certificates.filter(isNamed);
    if (wanted.length < 8 || found.length !== 1)
      return cannot(
        `Сертификатов с отпечатком ${fingerprint}: ${found.length}; нужно не меньше 8 знаков одного из них`,
        `Certificates with fingerprint ${fingerprint}: ${found.length}; 8 or more characters of one are needed`,
      );
    if (certificates.length === 1 && !force)
      return cannot(
        `Это последний сертификат ${mnemonic}: без него участник отключён; если так и надо, укажите force`,
        `This is the last certificate of ${mnemonic}: without it the participant is cut off; if so be it, say force`,
      );
    const left = renewed.filter((pem) => !isNamed(pem));
    return withField(
      { ...participant, certificates: certificates.filter((pem) => !isNamed(pem)) },
      'renewed',
      left.length === 0 ? undefined : left,
    );
  });
}
