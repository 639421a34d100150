import type { Participant, Right, Route, Snapshot } from './snapshot.js';

/** What the sandbox needs to know of a format to grant and route it. */
export interface SandboxFormat {
  readonly id: string;
  /** `{namespace}local` of the request's root. */
  readonly request: string;
}

interface Cast {
  readonly mnemonic: string;
  readonly ru: string;
  readonly en: string;
  readonly codes: readonly string[];
  readonly push?: true;
}

/** The sandbox participants of the public interface; names are our own, codes are those the published samples use. */
const CAST: readonly Cast[] = [
  {
    mnemonic: 'REG001',
    ru: 'Региональная информационная система (песочница)',
    en: 'Regional information system (sandbox)',
    codes: ['0001.000001', '0036.000002', '0036.000006'],
  },
  {
    mnemonic: 'FED001',
    ru: 'Федеральное ведомство (песочница)',
    en: 'Federal agency (sandbox)',
    codes: ['3611.000001'],
  },
  {
    mnemonic: 'EGISSO',
    ru: 'ЕГИССО (песочница)',
    en: 'EGISSO, the state social-security registry (sandbox)',
    codes: [],
    push: true,
  },
  { mnemonic: 'PFR', ru: 'Пенсионный фонд (песочница)', en: 'Pension Fund (sandbox)', codes: [] },
  {
    mnemonic: 'FRI',
    ru: 'Федеральный реестр инвалидов (песочница)',
    en: 'Federal register of disabled persons (sandbox)',
    codes: [],
  },
  {
    mnemonic: 'EPGU',
    ru: 'Портал государственных услуг (песочница)',
    en: 'Federal services portal (sandbox)',
    codes: [],
  },
  {
    mnemonic: 'MSE001',
    ru: 'Бюро медико-социальной экспертизы (песочница)',
    en: 'Medical examination bureau (sandbox)',
    codes: [],
  },
  { mnemonic: 'FSS', ru: 'Социальное страхование (песочница)', en: 'Social insurance (sandbox)', codes: [] },
  { mnemonic: 'ZAGS', ru: 'ЗАГС (песочница)', en: 'Civil registry (sandbox)', codes: [] },
];

export const SANDBOX_MNEMONICS: readonly string[] = CAST.map((c) => c.mnemonic);

/** Who may ask what of the registry: suppliers announce files, consumers query by SNILS. */
const GRANTS: Readonly<Record<string, readonly string[]>> = {
  '10.10.I': ['REG001'],
  '10.13.I': ['FED001', 'REG001', 'FSS'],
};

/** The snapshot of the first start: sandbox participants with their certificates, rights and routes. */
export function sandboxSnapshot(source: {
  certificates: ReadonlyMap<string, readonly string[]>;
  roots: readonly string[];
  formats: readonly SandboxFormat[];
  catalogue: string;
}): Snapshot {
  const participants: Participant[] = CAST.map((c) => ({
    mnemonic: c.mnemonic,
    name: { ru: c.ru, en: c.en },
    certificates: source.certificates.get(c.mnemonic) ?? [],
    codes: c.codes,
    mode: c.push === true ? 'push' : 'pull',
    contentChecks: 'early',
    capacity: 1000,
    answers: 'ecdsa',
  }));
  const rights: Right[] = source.formats.flatMap((f) =>
    (GRANTS[f.id] ?? []).map((participant) => ({ participant, format: f.request, basis: 'песочница' })),
  );
  const routes: Route[] = source.formats
    .filter((f) => f.id in GRANTS)
    .map((f) => ({ format: f.request, recipient: 'EGISSO' }));
  return { v: 1, participants, rights, routes, roots: source.roots, catalogue: source.catalogue };
}
