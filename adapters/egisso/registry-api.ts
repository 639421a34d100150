/** The JSON the registry speaks, as far as the adapter reads and writes it. Days are `YYYY-MM-DD`, amounts the sender's decimal text. */

export interface PersonJson {
  readonly snils: string;
  readonly familyName: string;
  readonly firstName: string;
  readonly patronymic?: string;
  readonly gender: string;
  readonly birthDate: string;
  readonly particulars?: unknown;
}

export interface FactJson {
  readonly oszCode: string;
  readonly receiver: PersonJson;
  readonly reasonPersons: readonly { readonly person: PersonJson; readonly kinshipTypeCode?: string }[];
  readonly lmszId: string;
  readonly lmszProviderCode?: string;
  readonly categoryId: string;
  readonly decisionDate: string;
  readonly dateStart: string;
  readonly dateFinish?: string;
  readonly documents?: unknown;
  readonly criteria: { readonly used: boolean; readonly codes: readonly string[] };
  readonly assignment: AssignmentJson;
}

export interface AssignmentJson {
  readonly form: string;
  readonly amount: string;
  readonly measuryCode?: string;
  readonly okeiCode?: string;
  readonly equivalentAmount?: string;
  readonly monetization?: boolean;
  readonly content?: string;
  readonly comment?: string;
}

export interface ElementJson {
  /** Name of the element in 10.06.S 1.1.0. */
  readonly kind: string;
  readonly uuid: string;
  readonly factUuid?: string;
  readonly providerCode?: string;
  readonly amount?: string;
  readonly quantity?: string;
  readonly dateFinish?: string;
  readonly fact?: FactJson;
}

export interface StatementRequestJson {
  readonly requestUid: string;
  readonly snils: string;
  readonly assignments: { readonly include: boolean; readonly form?: string; readonly mszCodes?: readonly string[] };
  readonly obligations: boolean;
  readonly assignees: boolean;
  readonly job: boolean;
  readonly beginDate: string;
  readonly endDate: string;
}

export interface ErrorJson {
  readonly code?: string;
  readonly message: string;
  readonly time?: string;
}
export interface MessageResultJson {
  readonly receivingTime: string;
  readonly processingTime: string;
  readonly errors: readonly ErrorJson[];
}
export interface RecordResultJson {
  readonly recId: string;
  readonly ok: boolean;
  readonly messages: readonly { readonly type: number; readonly code?: string; readonly report: string }[];
}
export interface PackageResultJson {
  readonly packageId: string;
  readonly packageType: string;
  readonly packageStatus: number;
  readonly receivingTime: string;
  readonly startProcessTime: string;
  readonly finishProcessTime: string;
  readonly recordNum: number;
  readonly recordNumSuccess: number;
  readonly records: readonly RecordResultJson[];
}
export type ProtocolJson =
  | { readonly messageResult: MessageResultJson }
  | { readonly packageResult: PackageResultJson };

export interface PersonShownJson {
  readonly snils: string;
  readonly surname: string;
  readonly patronymic?: string;
  readonly forename: string;
  readonly birthDate: string;
}
export interface AssignmentShownJson {
  readonly person: PersonShownJson;
  readonly reasonPersons: readonly PersonShownJson[];
  readonly kmszCode: string;
  readonly oszTitle: string;
  readonly oszCode: string;
  readonly lmszTitle: string;
  readonly categoryTitle: string;
  readonly decisionDate: string;
  readonly dateStart: string;
  readonly dateFinish?: string;
  readonly form: string;
  readonly periodicity: string;
  readonly amount: string;
  readonly measureUnit: string;
  readonly comment?: string;
  readonly description?: string;
  readonly needCriterion: boolean;
  readonly criteria?: string;
  readonly npaList: readonly { readonly date: string; readonly number: string; readonly name: string }[];
}
export interface StatementJson {
  readonly snils: string;
  readonly assignments?: readonly AssignmentShownJson[];
  readonly obligations?: readonly unknown[];
  readonly assignees?: readonly unknown[];
  readonly job?: readonly unknown[];
}
export type StatementAnswerJson =
  | { readonly requestUid: string; readonly statement: StatementJson }
  | { readonly requestUid: string; readonly errors: readonly ErrorJson[] };

/** What the registry answers to POST, and repeats under GET /messages/{messageId}. */
export type RegistryAnswer =
  | { readonly format: string; readonly kind: 'protocol'; readonly result: ProtocolJson }
  | {
      readonly format: string;
      readonly kind: 'statements';
      readonly result: { readonly packageUid: string; readonly answers: readonly StatementAnswerJson[] };
    };
