/**
 * Where the parts of a record's body stand: what a layout of a format says to the rules. Data only. Paths are from the body on,
 * as `select` reads them; names stand in findings, so they are Russian: `name` nominative, `of` genitive.
 */
export interface BodyShape {
  readonly persons?: readonly PersonShape[];
  readonly dates?: readonly DateShape[];
  readonly periods?: readonly PeriodShape[];
  /** Day nobody named in the record can be born after; one of `dates`. */
  readonly decision?: string;
  readonly amounts?: readonly AmountShape[];
  /** Roubles a measure in kind, exemption or service is worth. */
  readonly equivalents?: readonly string[];
  /** Forms of granting whose size is counted in a unit. */
  readonly units?: readonly UnitShape[];
  readonly criteria?: { readonly used: string; readonly codes: string };
  /** Documents giving the right. */
  readonly documents?: string;
  /** Code of the body that assigned. */
  readonly body?: string;
  /** What tells one assignment from another. */
  readonly sameness?: readonly string[];
  readonly quotas?: string;
  readonly budgetCode?: string;
}

export interface PersonShape {
  readonly path: string;
  /** Genitive: «получателя МСЗ». */
  readonly role: string;
  readonly fields: PersonFields;
}

export interface PersonFields {
  readonly snils: string;
  readonly family?: string;
  readonly first?: string;
  readonly patronymic?: string;
  readonly sex?: string;
  readonly birth?: string;
  readonly kinship?: string;
  /** Days on which documents of the person were issued. */
  readonly issued?: string;
  /** Elements with Series, Number and IssueDate. */
  readonly passport?: string;
  readonly birthCertificate?: string;
}

export interface DateShape {
  /** The repeated element the day stands in; absent: the body. */
  readonly at?: string;
  readonly path: string;
  readonly name: string;
  readonly of: string;
  /** The last permitted day: today, or the day before today a year on; absent: none. */
  readonly limit?: 'today' | 'year';
}

/** Two of `dates` under one `at`. */
export interface PeriodShape {
  readonly at?: string;
  readonly from: string;
  readonly to: string;
  /** 1 when absent. */
  readonly type?: 1 | 2;
}

export interface AmountShape {
  readonly path: string;
  readonly name: string;
  /** What is unusual: nothing, or a fraction of a kopeck. */
  readonly unusual: readonly ('zero' | 'kopecks')[];
}

export interface UnitShape {
  readonly path: string;
  readonly measury: string;
  readonly okei: string;
}

/** The same fields one element deeper. */
export function under(element: string, fields: PersonFields): PersonFields {
  const deeper = Object.entries(fields).map(([field, path]: [string, string]) => [
    field,
    path.startsWith('//') ? `${element}${path}` : `${element}/${path}`,
  ]);
  return Object.fromEntries(deeper) as unknown as PersonFields; // the keys are those of `fields`
}
