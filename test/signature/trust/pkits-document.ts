import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CertificateVerdict, TrustStore } from '../../../src/signature/index.js';
import { type PkitsCase, pkitsCases, pkitsMaterial } from './pkits-cases.js';

/** Within the validity of the suite's certificates and lists (2010 to 2030). */
const JUDGED_AT = Date.UTC(2020, 0, 1);

/** Why a valid path is refused on purpose, by the name of its end certificate. */
const OUTSIDE: readonly (readonly [RegExp, string])[] = [
  [/^ValidDSA/, 'DSA: no algorithm of the signature profile'],
  [
    /^Valid(IDPwithindirectCRL|cRLIssuer)/,
    'indirect lists (RFC 5280 §5.2.5, cRLIssuer): refused, as an authority here signs its own',
  ],
];

export interface PkitsResult extends PkitsCase {
  readonly verdict: CertificateVerdict;
  /** Why the profile wants another outcome than the suite; only ever a refusal. */
  readonly outside?: string;
}

/** Every test of the profile's sections, judged as the signer of a message would be, but with lists of any age and none by grace. */
export function runPkits(folder: string): PkitsResult[] {
  const policy = { revocation: 'required', grace: 0, listAge: Number.MAX_SAFE_INTEGER } as const;
  const store = new TrustStore(pkitsMaterial(folder), { policy });
  return pkitsCases(folder).map((test) => {
    const outside = OUTSIDE.find(([names]) => names.test(test.file))?.[1];
    const verdict = store.judgeDer(readFileSync(join(folder, 'certs', test.file)), JUDGED_AT);
    return { ...test, verdict, ...(outside !== undefined && { outside }) };
  });
}

export function isAsExpected({ verdict, valid, outside }: PkitsResult): boolean {
  return verdict.ok === (valid && outside === undefined);
}

/** docs/pkits.md, whole. */
export function pkitsDocument(results: readonly PkitsResult[]): string {
  const sections = [...new Set(results.map((r) => r.section))];
  const rows = sections.map((section) => {
    const all = results.filter((r) => r.section === section);
    const inside = all.filter((r) => r.outside === undefined);
    const passed = inside.filter(isAsExpected).length;
    return `| ${section} ${TITLES[section]} | ${all.length} | ${passed} of ${inside.length} | ${all.length - inside.length} |`;
  });
  const outside = results.filter((r) => r.outside !== undefined);
  const passed = results.filter((r) => r.outside === undefined && isAsExpected(r)).length;
  const refusals = sections.map((section) => {
    const refused = results.filter((r) => r.section === section && !r.valid);
    const named = refused.map((r) => `${r.number} ${r.verdict.problems.map((p) => p.code).join('+') || 'accepted'}`);
    return `| ${section} | ${named.join(' · ')} |`;
  });
  return [
    '# NIST PKITS',
    '',
    'Generated: `node dist/scripts/generate-pkits.js` beside the suite; a test compares it where the suite is present and',
    'skips by name where not. Its classes are tested on generated certificates everywhere (`test/signature/trust`).',
    '',
    `All authorities and all lists of the suite in one store, one root; judged at ${new Date(JUDGED_AT).toISOString().slice(0, 10)}.`,
    `In the profile: ${passed} of ${results.length - outside.length} as the suite expects. Wrongly accepted: ${
      results.filter((r) => !r.valid && r.verdict.ok).length
    } of all ${results.length}.`,
    '',
    '| section | tests | in the profile, as expected | outside the profile |',
    '|---|---|---|---|',
    ...rows,
    '',
    '## Outside the profile',
    '',
    'Valid paths the gateway refuses on purpose:',
    '',
    '| test | why |',
    '|---|---|',
    ...outside.map((r) => `| ${r.section}.${r.number} ${r.file.replace(/\.crt$/, '')} | ${r.outside} |`),
    '',
    'Not run: 4.8 to 4.12 (policies). Any policy is acceptable and none is required; an authority that requires one',
    '(critical policyConstraints, inhibitAnyPolicy or policyMappings) is refused for an extension that is not processed.',
    '',
    '## What the invalid paths are refused for',
    '',
    '| section | test and codes |',
    '|---|---|',
    ...refusals,
    '',
  ].join('\n');
}

const TITLES: Readonly<Record<string, string>> = {
  '4.1': 'signature verification',
  '4.2': 'validity periods',
  '4.3': 'name chaining',
  '4.4': 'basic revocation',
  '4.5': 'self-issued certificates',
  '4.6': 'basic constraints',
  '4.7': 'key usage',
  '4.13': 'name constraints',
  '4.14': 'distribution points',
  '4.15': 'delta lists',
  '4.16': 'private extensions',
};
