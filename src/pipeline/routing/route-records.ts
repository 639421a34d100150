import {
  type RecordRouting,
  type RecordStatus,
  type RegistryRecord,
  type Routing,
  type RoutingCode,
  type RoutingStatus,
  readRegistry,
} from '../../envelope/index.js';
import { isFault } from '../../faults/index.js';
import type { Participant } from '../../participants/index.js';
import { fingerprintOf } from '../../signature/index.js';
import type { Routed } from '../known.js';
import { personOf } from '../personal-signer.js';
import type { World } from '../world.js';
import { type Found, findRecipients, hasValues, isWhole, NO_STATUSES, type Provider } from './find-recipients.js';
import { codeOf, codeOfRecordSignature } from './verify-routing.js';

/** What one routing came to: everybody it leads to, each once, and the word for the sender. */
export interface RoutingResult {
  readonly recipients: readonly Participant[];
  readonly status: RoutingStatus;
}

/** Fingerprints of the persons whose signature a record needs; undefined where none does. */
export type Allowed = readonly string[] | undefined;

/**
 * The recipients of a verified rout:Routing. Without RegistryRouting the general values route the message; with it each
 * record is routed by itself, by its own values and, where it says so, the general ones.
 */
export function routeByInstructions(
  known: Routed & { readonly data: { readonly kind: 'request' } },
  routing: Routing,
  providerBy: Provider,
  allowed: Allowed,
  world: World,
): RoutingResult {
  const used = routing.records === undefined || routing.records.some((r) => r.useGeneral);
  const general = used ? findRecipients(routing, providerBy) : { recipients: [], statuses: NO_STATUSES };
  if (routing.records === undefined)
    return { recipients: general.recipients, status: { ...general.statuses, records: [] } };
  const inContent = recordsById(readRegistry(known.tree, known.data.content));
  const seen = new Set<number>();
  const recipients: Participant[] = [];
  const records = routing.records.map((record): RecordStatus => {
    const { recordId } = record;
    // Named twice, in the content or here, a number names nothing.
    const entry = seen.has(recordId) ? undefined : inContent.get(recordId);
    seen.add(recordId);
    const wrong = entry === undefined ? 'invalidRegistryRecordId' : judgeRecord(known, entry, allowed, world);
    const code = wrong ?? (record.useGeneral && !hasValues(routing) ? 'generalRoutingNotFound' : undefined);
    if (code !== undefined) return { recordId, code, ...NO_STATUSES };
    const found = findRecipients(record, providerBy);
    recipients.push(...found.recipients, ...(record.useGeneral ? general.recipients : []));
    return { recordId, code: codeOfFound(record, found, general), ...found.statuses };
  });
  return { recipients: [...new Set(recipients)], status: { ...general.statuses, records } };
}

/** `success` only where every value the record is routed by found somebody: those that did are delivered to all the same. */
function codeOfFound(record: RecordRouting, own: Found, general: Found): RoutingCode {
  const whole = isWhole(own.statuses) && (!record.useGeneral || isWhole(general.statuses));
  return whole && (record.useGeneral || hasValues(record)) ? 'success' : 'recipientNotFound';
}

function recordsById(records: readonly RegistryRecord[]): ReadonlyMap<number, RegistryRecord | undefined> {
  const found = new Map<number, RegistryRecord | undefined>();
  for (const record of records) found.set(record.recordId, found.has(record.recordId) ? undefined : record);
  return found;
}

/** The signatures a record bears must be good, and one of its persons must be whom the right names. */
function judgeRecord(
  known: Routed,
  { record, content, signatureBlock, personalSignatures }: RegistryRecord,
  allowed: Allowed,
  world: World,
): RoutingCode | undefined {
  const wrong = signatureBlock && codeOfRecordSignature(known, record, signatureBlock, world);
  if (wrong !== undefined) return wrong;
  const persons: string[] = [];
  for (const block of personalSignatures) {
    const certificate = personOf(known, block, content, world);
    if (isFault(certificate)) return codeOf(certificate);
    persons.push(fingerprintOf(certificate));
  }
  return allowed === undefined || persons.some((p) => allowed.includes(p)) ? undefined : 'personalAccessDenied';
}
