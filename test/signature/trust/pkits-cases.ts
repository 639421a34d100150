import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TrustFile, TrustMaterial } from '../../../src/signature/index.js';

/** One test of the NIST Public Key Interoperability Test Suite: its end certificate's name says what must come out. */
export interface PkitsCase {
  readonly section: string;
  readonly number: number;
  readonly file: string;
  readonly valid: boolean;
}

/** Sections of the suite by the names of their end certificates. */
const SECTIONS: readonly (readonly [string, RegExp])[] = [
  ['4.1', /^(ValidCertificatePath|InvalidCASignature|InvalidEESignature|ValidDSA|InvalidDSA)/],
  ['4.2', /not(Before|After)Date/],
  ['4.3', /^(Valid|Invalid)(NameChaining|NameUIDs|RFC3280|UTF8String|Rollover)/],
  [
    '4.4',
    /^(Valid|Invalid)(MissingCRL|Revoked|BadCRL|WrongCRL|TwoCRLs|UnknownCRL|OldCRL|pre2000CRL|GeneralizedTimeCRL|NegativeSerial|LongSerial|SeparateCert)/,
  ],
  ['4.5', /BasicSelfIssued/],
  ['4.6', /MissingbasicConstraints|cAFalse|basicConstraintsNot|pathLenConstraint/],
  ['4.7', /keyUsage/],
  ['4.13', /nameConstraints/],
  ['4.14', /distributionPoint|issuingDistributionPoint|onlyContains|onlySomeReasons|IDPwith|cRLIssuer/],
  ['4.15', /deltaCRL/],
  ['4.16', /UnknownCriticalCert|UnknownNotCritical/],
];

/** The suite's folder beside the project, or undefined where it is not. */
export function pkitsFolder(): string | undefined {
  let root = import.meta.dirname;
  while (!existsSync(join(root, 'package.json'))) root = dirname(root);
  const folder = join(root, '..', 'shared', 'reference', 'vectors', 'nist-pkits');
  return existsSync(folder) ? folder : undefined;
}

/** Tests of the sections above, in the suite's order. */
export function pkitsCases(folder: string): PkitsCase[] {
  return readdirSync(join(folder, 'certs'))
    .filter((file) => /^(Valid|Invalid).*EE\.crt$/.test(file))
    .flatMap((file) => {
      const section = SECTIONS.find(([, names]) => names.test(file))?.[0];
      const number = Number(/Test(\d+)EE/.exec(file)?.[1]);
      return section === undefined ? [] : [{ section, number, file, valid: file.startsWith('Valid') }];
    })
    .sort((a, b) => Number(a.section.slice(2)) - Number(b.section.slice(2)) || a.number - b.number);
}

/** The whole suite at once: one root, every other certificate of an authority, every list. */
export function pkitsMaterial(folder: string): TrustMaterial {
  const files = (sub: string): TrustFile[] =>
    readdirSync(join(folder, sub)).map((name) => ({ name, content: readFileSync(join(folder, sub, name)) }));
  const certificates = files('certs').filter(({ name }) => !name.endsWith('EE.crt'));
  const isRoot = ({ name }: TrustFile) => name === 'TrustAnchorRootCertificate.crt';
  return {
    roots: certificates.filter(isRoot),
    intermediates: certificates.filter((file) => !isRoot(file)),
    lists: files('crls'),
    responses: [],
  };
}
