import type { DatabaseSync } from 'node:sqlite';
import type { Account, ByData, ByParticulars, Check, Names, Paper, Place } from './api.js';

interface Held {
  readonly account: Account;
  readonly papers: readonly Paper[];
}

/** Names as they are compared: case, ё and outer or doubled spaces make no difference. */
export function namesKey({ surname, forename, patronymic = '' }: Names): string {
  return [surname, forename, patronymic].map(folded).join('|');
}

function folded(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase().replaceAll('ё', 'е');
}

export type Accounts = ReturnType<typeof accountsOf>;

export function accountsOf(db: DatabaseSync) {
  const named = db.prepare(
    'SELECT account, papers FROM accounts WHERE names = ? AND born = ? AND sex = ? ORDER BY snils',
  );
  const numbered = db.prepare('SELECT account, papers FROM accounts WHERE snils = ?');
  const read = (row: Record<string, unknown>): Held => ({
    account: JSON.parse(String(row.account)) as Account, // seed wrote both
    papers: JSON.parse(String(row.papers)) as readonly Paper[],
  });
  const heldByData = (asked: ByData) => named.all(namesKey(asked), asked.born, asked.sex).map(read);
  const bySnils = (snils: string): Account | undefined => {
    const row = numbered.get(snils);
    return row && read(row).account;
  };
  return {
    byData: (asked: ByData): readonly Account[] => heldByData(asked).map(({ account }) => account),
    /** What is given of the birthplace must be the account's, and the paper one of the account's; that paper is then shown. */
    byParticulars: (asked: ByParticulars): readonly Account[] =>
      heldByData(asked).flatMap(({ account, papers }) => {
        if (asked.place && !isPlace(asked.place, account.place)) return [];
        if (asked.paper === undefined) return [account];
        const paper = papers.find((one) => isPaper(asked.paper as Paper, one)); // just checked
        return paper ? [{ ...account, paper }] : [];
      }),
    bySnils,
    /** The account of the SNILS where all that is said of its owner is right. */
    ofOwner: ({ snils, sex, born, ...names }: Check): Account | undefined => {
      const account = bySnils(snils);
      if (account === undefined || namesKey(names) !== namesKey(account)) return undefined;
      return (sex ?? account.sex) === account.sex && (born ?? account.born) === account.born ? account : undefined;
    },
  };
}

function isPlace(asked: Place, held: Place): boolean {
  const parts = ['settlement', 'district', 'region'] as const;
  return parts.every(
    (part) => folded(asked[part] ?? '') === '' || folded(asked[part] ?? '') === folded(held[part] ?? ''),
  );
}

function isPaper(asked: Paper, held: Paper): boolean {
  const same = (part: 'type' | 'series' | 'number') => folded(asked[part] ?? '') === folded(held[part] ?? '');
  return same('type') && same('series') && same('number');
}
