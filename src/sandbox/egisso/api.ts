/** The JSON of the registry's HTTP interface. Days are `YYYY-MM-DD`, amounts the sender's own decimal text. */

export interface Person {
  readonly snils: string;
  readonly familyName: string;
  readonly firstName: string;
  readonly patronymic?: string;
  readonly gender: string;
  readonly birthDate: string;
  /** Whatever else the supplier said (document, addresses, citizenship): kept, never judged. */
  readonly particulars?: unknown;
}

export interface Assignment {
  /** 01 monetary, 02 natural, 03 exemption, 04 service. */
  readonly form: string;
  readonly amount: string;
  readonly measuryCode?: string;
  readonly okeiCode?: string;
  readonly equivalentAmount?: string;
  readonly monetization?: boolean;
  readonly content?: string;
  readonly comment?: string;
}

export interface Fact {
  readonly oszCode: string;
  readonly receiver: Person;
  readonly reasonPersons: readonly { readonly person: Person; readonly kinshipTypeCode?: string }[];
  readonly lmszId: string;
  readonly lmszProviderCode?: string;
  readonly categoryId: string;
  readonly decisionDate: string;
  readonly dateStart: string;
  readonly dateFinish?: string;
  readonly documents?: unknown;
  readonly criteria: { readonly used: boolean; readonly codes: readonly string[] };
  readonly assignment: Assignment;
}

/** Kinds of 10.06.S 1.1.0 that end or change a fact, as the format names them. */
export const TERMINATIONS = [
  'terminationBasedOnRecalculation',
  'terminationBasedOnIneligibility',
  'terminationBasedOnEndOfRight',
  'terminationBasedOnEndOfValidityPeriod',
  'terminationBasedOnRecipientRefusal',
] as const;
export const INVALIDATIONS = ['duplicatesInvalidation', 'errorsInvalidation'] as const;

/** `uuid` names the event, `factUuid` the fact it changes. */
interface Modification<Kind extends string> {
  readonly kind: Kind;
  readonly uuid: string;
  readonly factUuid: string;
  readonly providerCode?: string;
}
export type FactEvent =
  | (Modification<'alterationBasedOnRecalculation'> & { readonly amount: string })
  | (Modification<'alterationBasedOnDeathOrMovingRecalculation'> & {
      readonly amount: string;
      readonly dateFinish: string;
    })
  | (Modification<'alterationBasedOnPreviousErrors'> & { readonly fact: Fact })
  | (Modification<(typeof TERMINATIONS)[number]> & {
      readonly dateFinish: string;
      readonly amount?: string;
      readonly quantity?: string;
    })
  | Modification<(typeof INVALIDATIONS)[number]>;
export type PackageElement = { readonly kind: 'fact'; readonly uuid: string; readonly fact: Fact } | FactEvent;

/** A finding of the gateway's own rules on one record: 1 error, 2 warning. */
export interface Finding {
  readonly record: string;
  readonly type: 1 | 2;
  readonly code?: string;
  readonly report: string;
}

interface MessageBody {
  readonly messageId: string;
  /** Namespace of the request: stored, so that whoever asks later knows how to word the answer. */
  readonly format: string;
  readonly receivedAt: string;
  readonly findings: readonly Finding[];
  /** Full result, no state changed. */
  readonly test: boolean;
}
export interface PackageBody extends MessageBody {
  readonly senderCodes: readonly string[];
  readonly packageId: string;
  readonly elements: readonly PackageElement[];
}
/** The message carried no package that could be read: the protocol says why. */
export interface UnreadableBody extends MessageBody {
  readonly unreadable: readonly string[];
}

export interface StatementRequest {
  readonly requestUid: string;
  readonly snils: string;
  readonly assignments: { readonly include: boolean; readonly form?: string; readonly mszCodes?: readonly string[] };
  readonly obligations: boolean;
  readonly assignees: boolean;
  readonly job: boolean;
  readonly beginDate: string;
  readonly endDate: string;
}
export interface StatementsBody extends MessageBody {
  readonly packageUid: string;
  readonly requests: readonly StatementRequest[];
}

export interface Note {
  readonly type: 1 | 2;
  readonly code?: string;
  readonly report: string;
}
export interface RecordResult {
  readonly recId: string;
  readonly ok: boolean;
  readonly messages: readonly Note[];
}
export interface MessageResult {
  readonly receivingTime: string;
  readonly processingTime: string;
  readonly errors: readonly { readonly code?: string; readonly message: string }[];
}
export interface PackageResult {
  readonly packageId: string;
  readonly packageType: string;
  readonly packageStatus: 3;
  readonly receivingTime: string;
  readonly startProcessTime: string;
  readonly finishProcessTime: string;
  readonly recordNum: number;
  readonly recordNumSuccess: number;
  readonly records: readonly RecordResult[];
}
export type Protocol = { readonly messageResult: MessageResult } | { readonly packageResult: PackageResult };

/** One assignment as a statement shows it: the state in force. */
export interface StatementAssignment {
  readonly person: PersonShown;
  readonly reasonPersons: readonly PersonShown[];
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
export interface PersonShown {
  readonly snils: string;
  readonly surname: string;
  readonly patronymic?: string;
  readonly forename: string;
  readonly birthDate: string;
}
/** Empty lists say «nothing is known»; absent sections were not asked for, or the registry does not hold them. */
export interface Statement {
  readonly snils: string;
  readonly assignments?: readonly StatementAssignment[];
  readonly obligations?: readonly never[];
  readonly assignees?: readonly never[];
  readonly job?: readonly never[];
}
export interface StatementError {
  readonly code?: string;
  readonly message: string;
  readonly time: string;
}
export type StatementAnswer =
  | { readonly requestUid: string; readonly statement: Statement }
  | { readonly requestUid: string; readonly errors: readonly StatementError[] };
export interface Statements {
  readonly packageUid: string;
  readonly answers: readonly StatementAnswer[];
}

/** What POST answers and GET /messages/{id} repeats. */
export type StoredAnswer =
  | { readonly messageId: string; readonly format: string; readonly kind: 'protocol'; readonly result: Protocol }
  | { readonly messageId: string; readonly format: string; readonly kind: 'statements'; readonly result: Statements };
