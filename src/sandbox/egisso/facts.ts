import type { DatabaseSync } from 'node:sqlite';
import type { Fact, PackageElement } from './api.js';

/**
 * State of a fact.
 *
 * active       in force; alterations and corrections keep it so → active | terminated | invalidated
 * terminated   ended by the supplier on its dateFinish; statements still show it. Final.
 * invalidated  deleted as a duplicate or an error; statements do not show it. Final.
 */
export type FactState = 'active' | 'terminated' | 'invalidated';

export interface FactVersion {
  readonly factUuid: string;
  readonly version: number;
  readonly event: PackageElement['kind'];
  /** The fact's own uuid for its first version, the event's afterwards; unique over both. */
  readonly eventUuid: string;
  readonly state: FactState;
  readonly packageId: string;
  /** Ms since 1970. */
  readonly recordedAt: number;
  readonly fact: Fact;
}

/** The register of facts. Identifiers are lower case; nothing written is ever changed. */
export interface Facts {
  append(version: FactVersion): void;
  inForce(factUuid: string): FactVersion | undefined;
  /** Whether a fact or an event with this id was ever stored. */
  isKnown(uuid: string): boolean;
  /** Versions in force of every fact that names or ever named the person, in the order facts came. */
  ofPerson(snils: string): readonly FactVersion[];
  history(factUuid: string): readonly FactVersion[];
}

export function factsOf(db: DatabaseSync): Facts {
  const insert = db.prepare(
    'INSERT INTO fact_versions (fact_uuid, version, event, event_uuid, state, package_id, recorded_at, fact) VALUES (?,?,?,?,?,?,?,?)',
  );
  const name = db.prepare('INSERT OR IGNORE INTO fact_persons (snils, fact_uuid) VALUES (?,?)');
  const last = db.prepare('SELECT * FROM fact_versions WHERE fact_uuid = ? ORDER BY version DESC LIMIT 1');
  const known = db.prepare('SELECT 1 FROM fact_versions WHERE event_uuid = ?');
  const all = db.prepare('SELECT * FROM fact_versions WHERE fact_uuid = ? ORDER BY version');
  const named = db.prepare(
    'SELECT fact_uuid FROM fact_persons JOIN fact_versions USING (fact_uuid) WHERE snils = ? AND version = 1 ORDER BY seq',
  );
  const inForce = (factUuid: string): FactVersion | undefined => {
    const row = last.get(factUuid);
    return row && versionIn(row);
  };
  return {
    append(v) {
      const json = JSON.stringify(v.fact);
      insert.run(v.factUuid, v.version, v.event, v.eventUuid, v.state, v.packageId, v.recordedAt, json);
      for (const snils of personsOf(v.fact)) name.run(snils, v.factUuid);
    },
    inForce,
    isKnown: (uuid) => known.get(uuid) !== undefined,
    ofPerson: (snils) => named.all(snils).flatMap((row) => inForce(String(row.fact_uuid)) ?? []),
    history: (factUuid) => all.all(factUuid).map(versionIn),
  };
}

/** SNILS of the recipient and of every person who is a reason for the measure. */
export function personsOf(fact: Fact): readonly string[] {
  return [fact.receiver.snils, ...fact.reasonPersons.map((reason) => reason.person.snils)];
}

/** The casts rest on `append`, the only writer of the table. */
function versionIn(row: Record<string, unknown>): FactVersion {
  return {
    factUuid: String(row.fact_uuid),
    version: Number(row.version),
    event: row.event as FactVersion['event'],
    eventUuid: String(row.event_uuid),
    state: row.state as FactState,
    packageId: String(row.package_id),
    recordedAt: Number(row.recorded_at),
    fact: JSON.parse(String(row.fact)) as Fact,
  };
}
