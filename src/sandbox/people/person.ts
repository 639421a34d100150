export type Gender = 'Male' | 'Female';

export interface BirthPlace {
  /** СТАНДАРТНОЕ: the place is given by its parts. */
  readonly placeType: string;
  readonly settlement: string;
  readonly district: string;
  readonly region: string;
  readonly country: string;
}

export interface IdentityDocument {
  readonly kind: 'PassportRF' | 'BirthCertificate';
  /** Passport: region by OKATO and year of the blank; certificate: Roman number, hyphen, two Cyrillic capitals. */
  readonly series: string;
  readonly number: string;
  readonly issueDate: string;
  readonly issuer: string;
}

export interface Disability {
  /** Group 1, 2, 3, or 4 = a disabled child, as EGISSO's dictionary has it. */
  readonly group: '1' | '2' | '3' | '4';
  readonly reason: string;
  readonly begin: string;
  /** Absent: without an end. */
  readonly end?: string;
  readonly actNumber: string;
  readonly actDate: string;
}

export interface WorkRecord {
  readonly employer: string;
  readonly position: string;
  readonly begin: string;
  /** Absent: still there on PEOPLE_AS_OF. */
  readonly end?: string;
}

/**
 * Nobody real: the surname is from a pool that says so, and the SNILS is above 901-000-000, far beyond those given out, with a
 * right control number. Days are `YYYY-MM-DD`; relatives are named by their index under the same seed.
 */
export interface SyntheticPerson {
  readonly synthetic: true;
  readonly seed: number;
  readonly index: number;
  /** Eleven digits. */
  readonly snils: string;
  readonly familyName: string;
  readonly firstName: string;
  readonly patronymic: string;
  /** Of a wife, before she took her husband's. */
  readonly maidenName?: string;
  readonly gender: Gender;
  readonly birthDate: string;
  readonly birthPlace: BirthPlace;
  /** The one in use first. */
  readonly documents: readonly [IdentityDocument, ...IdentityDocument[]];
  readonly parents: readonly number[];
  readonly children: readonly number[];
  readonly spouse?: { readonly index: number; readonly since: string };
  /** The other person of the same names, sex and birth date («двойник»): SNILS, birthplace and documents differ. */
  readonly twin?: number;
  readonly disability?: Disability;
  readonly work: readonly WorkRecord[];
}
