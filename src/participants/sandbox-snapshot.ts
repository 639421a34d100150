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
  { mnemonic: 'PFR', ru: 'Пенсионный фонд (песочница)', en: 'Pension Fund (sandbox)', codes: [], push: true },
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

/** Partners the gateway speaks for in the sandbox. */
export const SANDBOX_PARTNERS: readonly string[] = CAST.filter((c) => c.push === true).map((c) => c.mnemonic);

/** Partners that polled in the cast of an earlier version: a data folder from then learns once that they are pushed to. */
export const PUSHED_SINCE: readonly string[] = ['PFR'];

/** Who answers a format in the sandbox, and who may ask it. */
interface Grant {
  readonly recipient: string;
  readonly askers: readonly string[];
}

const SUPPLIERS = ['REG001'];
const CONSUMERS = ['FED001', 'REG001', 'FSS'];

/** Suppliers announce files to the registry; consumers query it by SNILS, and ask the fund of people, work and payments. */
const GRANTS: Readonly<Record<string, Grant>> = {
  '10.10.I': { recipient: 'EGISSO', askers: SUPPLIERS },
  '10.13.I': { recipient: 'EGISSO', askers: CONSUMERS },
  'snils-by-data': { recipient: 'PFR', askers: CONSUMERS },
  'snils-by-additionalData': { recipient: 'PFR', askers: CONSUMERS },
  'snils-validation': { recipient: 'PFR', askers: CONSUMERS },
  'work-experience': { recipient: 'PFR', askers: CONSUMERS },
  'bap-for-period': { recipient: 'PFR', askers: CONSUMERS },
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
  const granted = source.formats.flatMap(({ id, request }) => {
    const grant = Object.hasOwn(GRANTS, id) ? GRANTS[id] : undefined;
    return grant === undefined ? [] : [{ format: request, ...grant }];
  });
  const rights: Right[] = granted.flatMap(({ format, askers }) =>
    askers.map((participant) => ({ participant, format, basis: 'песочница' })),
  );
  const routes: Route[] = granted.map(({ format, recipient }) => ({ format, recipient }));
  return { v: 1, participants, rights, routes, roots: source.roots, catalogue: source.catalogue };
}
