/** The JSON the fund speaks, as far as the adapter reads and writes it. Days `YYYY-MM-DD`, SNILS `ddd-ddd-ddd dd`, sums with two digits after the point. */

export interface NamesJson {
  readonly surname: string;
  readonly forename: string;
  readonly patronymic?: string;
}
export interface PlaceJson {
  readonly type: string;
  readonly settlement: string;
  readonly district?: string;
  readonly region?: string;
  readonly country?: string;
}
export interface PaperJson {
  readonly type: string;
  readonly series?: string;
  readonly number: string;
  readonly issued: string;
  readonly issuer: string;
}
export interface AccountJson extends NamesJson {
  readonly snils: string;
  readonly sex: 'M' | 'F';
  readonly born: string;
  readonly place: PlaceJson;
  readonly paper: PaperJson;
}
export interface PartJson {
  readonly type: string;
  readonly ground?: string;
  readonly sum: string;
}
export interface MonthJson {
  readonly year: number;
  readonly month: number;
  readonly total: string;
  readonly payments: readonly (PartJson & { readonly parts: readonly PartJson[] })[];
}

export type ResultJson =
  | { readonly kind: 'accounts'; readonly accounts: readonly AccountJson[] }
  | { readonly kind: 'check'; readonly belongs: boolean }
  | {
      readonly kind: 'experience';
      readonly onDay: string;
      readonly account?: AccountJson;
      readonly experience?: { readonly years: number; readonly months: number; readonly days: number };
    }
  | {
      readonly kind: 'payments';
      readonly from: string;
      readonly months: number;
      readonly actualOn: string;
      readonly account?: AccountJson;
      readonly paid: readonly MonthJson[];
    }
  | { readonly kind: 'refused'; readonly why: string };

/** What the fund answers to POST, and repeats under GET /messages/{messageId}. */
export type FundAnswer = { readonly format: string } & ResultJson;
