import type { DatabaseSync } from 'node:sqlite';
import type { Finding, Note, PackageBody, Protocol, RecordResult, UnreadableBody } from './api.js';
import { effectOf, type Registry } from './element-effect.js';
import { moscowTime } from './texts.js';

/** Type of package as the published protocols name it. */
const PACKAGE_TYPE = 'Реестр фактов назначений';

export interface PackageDesk extends Registry {
  readonly db: DatabaseSync;
  now(): number;
}

/**
 * Judges and stores one package, element after element, so that an event may rest on a fact of the same package. Runs inside
 * the caller's transaction. A refused record leaves no trace and its uuid may come again in a new package; the packageId
 * is used up either way.
 */
export function processPackage(body: PackageBody, desk: PackageDesk): Protocol {
  const started = desk.now();
  const packageId = body.packageId.toLowerCase();
  const problems = packageProblems(body, desk);
  if (problems.length > 0) return messageResult(body, problems, desk.now());
  const records = body.elements.map((element): RecordResult => {
    const effect = effectOf(element, desk, body.senderCodes);
    const messages = merged(body.findings, element.uuid, effect.notes);
    const ok = messages.every((note) => note.type === 2);
    if (ok && effect.next) {
      const eventUuid = element.uuid.toLowerCase();
      desk.facts.append({ ...effect.next, event: element.kind, eventUuid, packageId, recordedAt: desk.now() });
    }
    return { recId: element.uuid, ok, messages };
  });
  const successes = records.filter((record) => record.ok).length;
  desk.db
    .prepare('INSERT INTO packages (package_id, message_id, records, successes, recorded_at) VALUES (?,?,?,?,?)')
    .run(packageId, body.messageId, records.length, successes, started);
  return {
    packageResult: {
      packageId: body.packageId,
      packageType: PACKAGE_TYPE,
      packageStatus: 3,
      receivingTime: moscowTime(Date.parse(body.receivedAt)),
      startProcessTime: moscowTime(started),
      finishProcessTime: moscowTime(desk.now()),
      recordNum: records.length,
      recordNumSuccess: successes,
      records,
    },
  };
}

/** The protocol of a message without a readable package. */
export function refuseMessage(body: UnreadableBody, now: number): Protocol {
  return messageResult(
    body,
    body.unreadable.map((message) => ({ message })),
    now,
  );
}

function packageProblems(body: PackageBody, desk: PackageDesk): readonly { code?: string; message: string }[] {
  const found = body.findings.filter((finding) => finding.type === 1 && same(finding.record, body.packageId));
  const known = desk.db.prepare('SELECT 1 FROM packages WHERE package_id = ?').get(body.packageId.toLowerCase());
  return [
    ...(known ? [{ message: `Пакет данных с идентификатором ${body.packageId} уже загружен` }] : []),
    ...found.map(({ code, report }) => ({ ...(code === undefined ? {} : { code }), message: report })),
  ];
}

function messageResult(
  body: { readonly receivedAt: string },
  errors: readonly { readonly code?: string; readonly message: string }[],
  now: number,
): Protocol {
  const receivingTime = moscowTime(Date.parse(body.receivedAt));
  return { messageResult: { receivingTime, processingTime: moscowTime(now), errors } };
}

/** The gateway's findings on the record first, then the registry's own that do not repeat them. */
function merged(findings: readonly Finding[], uuid: string, own: readonly Note[]): readonly Note[] {
  const given = findings
    .filter((finding) => same(finding.record, uuid))
    .map(({ type, code, report }): Note => ({ type, ...(code === undefined ? {} : { code }), report }));
  return [
    ...given,
    ...own.filter((note) => !given.some((one) => one.code === note.code && one.report === note.report)),
  ];
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
