import type { DatabaseSync } from 'node:sqlite';
import { type IdentityDocument, peopleOf, type SyntheticPerson, yearsAfter } from '../people/index.js';
import { inTransaction } from '../service/index.js';
import { namesKey } from './accounts.js';
import type { Account, Paper, Sex } from './api.js';
import { hyphenated } from './hyphenated.js';

/** An account to be seeded, with what hangs on it. */
interface Seeded {
  readonly account: Account;
  readonly papers: readonly Paper[];
  readonly work: SyntheticPerson['work'];
  readonly entitlements: readonly Entitlement[];
}

interface Entitlement {
  readonly kind: 'old-age' | 'disability' | 'monthly';
  readonly begin: string;
  readonly end?: string;
  /** A month, in prices of 2020. */
  readonly kopeks: number;
}

/** Fills an empty fund, all or nothing; a fund that already holds accounts is left as it is. */
export function seed(db: DatabaseSync, people: { readonly seed: number; readonly count: number }): void {
  if (db.prepare('SELECT 1 FROM accounts LIMIT 1').get()) return;
  const account = db.prepare('INSERT INTO accounts VALUES (?,?,?,?,?,?)');
  const work = db.prepare('INSERT INTO work VALUES (?,?,?,?,?)');
  const entitlement = db.prepare('INSERT INTO entitlements VALUES (?,?,?,?,?)');
  inTransaction(db, true, () => {
    for (const one of [...KNOWN, ...[...peopleOf(people.seed, people.count)].map(ofPerson)]) {
      const { snils, sex, born } = one.account;
      account.run(snils, namesKey(one.account), sex, born, JSON.stringify(one.account), JSON.stringify(one.papers));
      for (const w of one.work) work.run(snils, w.begin, w.end ?? null, w.employer, w.position);
      for (const e of one.entitlements) entitlement.run(snils, e.kind, e.begin, e.end ?? null, e.kopeks);
    }
  });
}

function ofPerson(person: SyntheticPerson): Seeded {
  const { placeType: type, ...place } = person.birthPlace;
  const [paper, ...more] = person.documents.map(paperOf) as [Paper, ...Paper[]]; // a person has one at least
  return {
    account: {
      snils: hyphenated(person.snils),
      surname: person.familyName,
      forename: person.firstName,
      patronymic: person.patronymic,
      sex: person.gender === 'Male' ? 'M' : 'F',
      born: person.birthDate,
      place: { type, ...place },
      paper,
    },
    papers: [paper, ...more],
    work: person.work,
    entitlements: entitlementsOf(person),
  };
}

function paperOf({ kind, series, number, issueDate, issuer }: IdentityDocument): Paper {
  return { type: kind, series, number, issued: issueDate, issuer };
}

/** A rule of the sandbox, simpler than the law: an old-age pension from 60 and 55, one for disability until then, a monthly sum beside it. */
function entitlementsOf({ birthDate, gender, disability, index }: SyntheticPerson): readonly Entitlement[] {
  const oldFrom = yearsAfter(birthDate, gender === 'Male' ? 60 : 55);
  const old: Entitlement = { kind: 'old-age', begin: oldFrom, kopeks: 1_200_000 + (index % 97) * 7_331 };
  if (disability === undefined) return [old];
  const { begin, end } = disability;
  const until = end !== undefined && end < oldFrom ? end : oldFrom;
  const term = end === undefined ? {} : { end };
  return [
    old,
    ...(begin < until
      ? [{ kind: 'disability', begin, end: until, kopeks: 950_000 + (index % 89) * 4_127 } as const]
      : []),
    { kind: 'monthly', begin, ...term, kopeks: 162_787 },
  ];
}

function known(snils: string, names: readonly [string, string, string?], sex: Sex, born: string, paper: Paper): Seeded {
  const [surname, forename, patronymic] = names;
  const place = { type: 'СТАНДАРТНОЕ', settlement: 'ВЫМЫШЛЕНСК', region: 'МОСКОВСКАЯ ОБЛАСТЬ', country: 'РФ' };
  const account = { snils, surname, forename, ...(patronymic && { patronymic }), sex, born, place, paper };
  return { account, papers: [paper], work: [], entitlements: [] };
}

const BODY = 'ОВД ВЫМЫШЛЕННОГО РАЙОНА';

/** The person of the published requests, and the people the sandbox's registry has facts about. */
const KNOWN: readonly Seeded[] = [
  ofSample(),
  known('112-233-445 95', ['Вымышленная', 'Мария'], 'F', '1985-04-12', {
    type: 'PassportRF',
    series: '4605',
    number: '100001',
    issued: '2005-05-03',
    issuer: BODY,
  }),
  known('900-000-001 82', ['Вымышленная', 'Анна'], 'F', '1990-02-28', {
    type: 'PassportRF',
    series: '4610',
    number: '100002',
    issued: '2010-03-16',
    issuer: BODY,
  }),
  known('900-000-002 83', ['Вымышленный', 'Пётр'], 'M', '2018-08-01', {
    type: 'BirthCertificate',
    series: 'V-ИК',
    number: '100003',
    issued: '2018-08-15',
    issuer: 'ОТДЕЛ ЗАГС ВЫМЫШЛЕННОГО РАЙОНА',
  }),
  known('900-000-003 84', ['Вымышленный', 'Степан'], 'M', '1941-11-30', {
    type: 'PassportRF',
    series: '4602',
    number: '100004',
    issued: '2002-02-11',
    issuer: BODY,
  }),
];

/** The published requests name one man by his passport and by a SNILS below the controlled ones: here it is one account. */
function ofSample(): Seeded {
  const paper = { type: 'PassportRF', series: '0005', number: '777777', issued: '1986-06-13', issuer: 'ОВД' };
  const sample = known('000-000-111 00', ['ИВАНОВ', 'ИВАН', 'ИВАНОВИЧ'], 'M', '1967-05-21', paper);
  const place = {
    type: 'ОСОБОЕ',
    settlement: 'ЗАГОРСК',
    district: 'ЛЕНИНСКИЙ',
    region: 'МОСКОВСКАЯ ОБЛАСТЬ',
    country: 'РФ',
  };
  const work = [{ employer: 'Вымышленный завод', position: 'инженер', begin: '1990-01-01' }];
  return { ...sample, account: { ...sample.account, place }, work };
}
