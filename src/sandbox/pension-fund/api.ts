/** The JSON of the fund's HTTP interface. Days are `YYYY-MM-DD`, SNILS `ddd-ddd-ddd dd`, money in roubles with two digits after the point. */

export type Sex = 'M' | 'F';

export interface Names {
  readonly surname: string;
  readonly forename: string;
  readonly patronymic?: string;
}

/** Parts that are absent are not known; those of a question are compared only where given. */
export interface Place {
  readonly type: string;
  readonly settlement: string;
  readonly district?: string;
  readonly region?: string;
  readonly country?: string;
}

export interface Paper {
  /** PassportRF, BirthCertificate, … or the words of a kind without a name. */
  readonly type: string;
  readonly series?: string;
  readonly number: string;
  readonly issued: string;
  readonly issuer: string;
}

/** An insurance account as answers show it. */
export interface Account extends Names {
  readonly snils: string;
  readonly sex: Sex;
  readonly born: string;
  readonly place: Place;
  /** The paper in use. */
  readonly paper: Paper;
}

/** POST /accounts/by-data. */
export interface ByData extends Names {
  readonly sex: Sex;
  readonly born: string;
}
/** POST /accounts/by-particulars. */
export interface ByParticulars extends ByData {
  readonly place?: Place;
  readonly paper?: Paper;
}
/** POST /accounts/check. */
export interface Check extends Names {
  readonly snils: string;
  readonly sex?: Sex;
  readonly born?: string;
}
/** POST /experience. */
export interface ExperienceQuestion extends Names {
  readonly snils: string;
  readonly born: string;
  /** The day it is counted up to. */
  readonly onDay: string;
}
/** POST /payments. */
export interface PaymentsQuestion extends ByData {
  readonly snils: string;
  readonly from: string;
  readonly months: number;
}

export interface Question<About> {
  readonly messageId: string;
  /** Namespace of the request: stored, so that whoever asks later knows how to word the answer. */
  readonly format: string;
  /** Full answer, nothing recorded. */
  readonly test: boolean;
  readonly about: About;
}

export interface Experience {
  readonly years: number;
  readonly months: number;
  readonly days: number;
}
export interface Part {
  readonly type: string;
  readonly ground?: string;
  readonly sum: string;
}
export interface Month {
  readonly year: number;
  readonly month: number;
  readonly total: string;
  readonly payments: readonly (Part & { readonly parts: readonly Part[] })[];
}

/** What is answered to POST, and repeated under GET /messages/{messageId}. */
export type FundAnswer = { readonly messageId: string; readonly format: string } & Result;
export type Result =
  /** Everybody who fits; none when nobody does. */
  | { readonly kind: 'accounts'; readonly accounts: readonly Account[] }
  | { readonly kind: 'check'; readonly belongs: boolean }
  /** No account: the person is not known under this SNILS. No experience: none is known. */
  | {
      readonly kind: 'experience';
      readonly onDay: string;
      readonly account?: Account;
      readonly experience?: Experience;
    }
  | {
      readonly kind: 'payments';
      readonly from: string;
      readonly months: number;
      readonly actualOn: string;
      readonly account?: Account;
      readonly paid: readonly Month[];
    }
  /** The question makes no sense, in words for the asker. */
  | { readonly kind: 'refused'; readonly why: string };
