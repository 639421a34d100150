import { posix } from 'node:path';
import type { Format, LifeCycleState, PersonPath, PurposePlace, RecordPlace, Role } from './format.js';

/** `format.json` as it is written: everything but id, version, family, namespace and title may be absent. */
export interface FormatFile extends Partial<Record<Role, string>> {
  readonly id: string;
  readonly version: string;
  readonly family: string;
  readonly namespace: string;
  readonly title: { readonly ru: string; readonly en: string };
  readonly entry?: string;
  readonly state?: LifeCycleState;
  readonly activeFrom?: string;
  readonly retiredFrom?: string;
  readonly successor?: string;
  readonly carries?: readonly string[];
  readonly persons?: readonly PersonPath[];
  readonly personal?: readonly string[];
  readonly personalSignature?: 'required';
  readonly purpose?: PurposePlace;
  readonly exchange?: 'broadcast' | 'directive';
  readonly routingCode?: string;
  readonly records?: readonly RecordPlace[];
  readonly rules?: Partial<Format['rules']>;
}

/** `format.json` of a format, as `formatFrom` reads it back: what has its default value is left out. */
export function formatFile(format: Format): object {
  const { roots, entry, carries, persons, personal, rules, ...said } = format;
  return {
    ...said,
    ...roots,
    ...(entry !== undefined && { entry: posix.basename(entry) }),
    ...(carries.length > 0 && { carries }),
    ...(persons.length > 0 && { persons }),
    ...(personal.length > 0 && { personal }),
    ...(rules.gateway.length + rules.registry.length > 0 && { rules }),
  };
}

/** The format a `format.json` describes; `entry`: virtual path of its entry schema. */
export function formatFrom(said: FormatFile, entry: string | undefined): Format {
  return {
    id: said.id,
    version: said.version,
    family: said.family,
    namespace: said.namespace,
    title: said.title,
    roots: {
      ...(said.request && { request: said.request }),
      ...(said.response && { response: said.response }),
      ...(said.document && { document: said.document }),
    },
    ...(entry !== undefined && { entry }),
    state: said.state ?? 'active',
    ...(said.activeFrom && { activeFrom: said.activeFrom }),
    ...(said.retiredFrom && { retiredFrom: said.retiredFrom }),
    ...(said.successor && { successor: said.successor }),
    carries: said.carries ?? [],
    persons: said.persons ?? [],
    personal: said.personal ?? [],
    ...(said.personalSignature && { personalSignature: said.personalSignature }),
    ...(said.purpose && { purpose: said.purpose }),
    ...(said.exchange && { exchange: said.exchange }),
    ...(said.routingCode && { routingCode: said.routingCode }),
    ...(said.records && { records: said.records }),
    rules: { ...said.rules, gateway: said.rules?.gateway ?? [], registry: said.rules?.registry ?? [] },
  };
}
