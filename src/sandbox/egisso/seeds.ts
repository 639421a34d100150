import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from '../service/index.js';
import type { Fact } from './api.js';
import { factsOf } from './facts.js';
import { SEEDED_FACTS } from './seeded-facts.js';
import { BODIES, CRITERIA, MEASURES } from './seeded-measures.js';

/** Package id under which the seeded facts stand in the history; never used by a supplier. */
const SEED_PACKAGE = '00000000-0000-4000-8000-000000000000';

/** Fills an empty registry, all or nothing; a registry that already holds bodies is left as it is. */
export function seed(db: DatabaseSync, now: number): void {
  if (db.prepare('SELECT 1 FROM bodies LIMIT 1').get()) return;
  inTransaction(db, true, () => {
    seedDictionaries(db);
    seedFacts(db, now);
  });
}

function seedDictionaries(db: DatabaseSync): void {
  const body = db.prepare('INSERT INTO bodies (code, title) VALUES (?,?)');
  for (const [code, title] of BODIES) body.run(code, title);
  const criterion = db.prepare('INSERT INTO criteria (code, title) VALUES (?,?)');
  for (const [code, title] of CRITERIA) criterion.run(code, title);
  const measure = db.prepare('INSERT INTO measures VALUES (?,?,?,?,?,?,?)');
  const category = db.prepare('INSERT INTO categories VALUES (?,?,?)');
  const npa = db.prepare('INSERT INTO npas VALUES (?,?,?,?,?)');
  const measureCriterion = db.prepare('INSERT INTO measure_criteria VALUES (?,?)');
  for (const m of MEASURES) {
    measure.run(m.lmszId, m.title, m.kmszCode, m.validFrom, m.validTo ?? null, m.form, m.periodicity);
    for (const [id, title] of m.categories) category.run(m.lmszId, id, title);
    for (const [position, act] of m.npas.entries()) npa.run(m.lmszId, position, act.date, act.number, act.name);
    for (const code of m.criteria) measureCriterion.run(m.lmszId, code);
  }
}

function seedFacts(db: DatabaseSync, now: number): void {
  const facts = factsOf(db);
  const row = { version: 1, event: 'fact', state: 'active', packageId: SEED_PACKAGE, recordedAt: now } as const;
  for (const [uuid, fact] of Object.entries<Fact>(SEEDED_FACTS)) {
    facts.append({ ...row, factUuid: uuid, eventUuid: uuid, fact });
  }
  db.prepare('INSERT INTO packages VALUES (?,?,?,?,?)').run(SEED_PACKAGE, 'seed', 0, 0, now);
}
