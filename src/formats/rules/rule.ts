import type { Finding } from '../../message/index.js';
import type { ElementView } from '../element-view.js';
import type { Format } from '../format.js';

/** What a rule may know beside the document. */
export interface RuleContext {
  /** Participant codes `NNNN.NNNNNN` of the sender: its own and those delegated to it. */
  readonly senderCodes: readonly string[];
  /** The gateway's day, `YYYY-MM-DD`. */
  readonly today: string;
}

/** One record of a package: the unit a finding is about and a protocol line answers. */
export interface PackageRecord {
  /** fact uuid, event uuid, requestUid. */
  readonly id: string;
  /** Local name of the record's element: `fact`, `terminationBasedOnEndOfRight`, `requestData`. */
  readonly kind: string;
  readonly element: ElementView;
  /** The fact this record brings or corrects. */
  readonly fact?: ElementView;
  /** Everybody named in it: the recipient, the reason persons. */
  readonly persons: readonly RecordPerson[];
}

export interface RecordPerson {
  /** For texts, in the genitive: «получателя МСЗ». */
  readonly role: string;
  readonly element: ElementView;
  /** The reason person's kinship code. */
  readonly kinship?: string;
}

export interface RuleDocument {
  readonly format: Format;
  readonly root: ElementView;
  readonly records: readonly PackageRecord[];
  readonly context: RuleContext;
}

/**
 * One business rule (ФЛК). Pure; sees a document that is valid under its schema.
 * It runs where `format.json` names its id among the gateway's rules and `applies` agrees.
 */
export interface Rule {
  readonly id: string;
  /** Published rule code `\d{3}` where one is known. */
  readonly code?: string;
  /** 1 error, 2 warning: what it reports unless a single report says otherwise. */
  readonly type: 1 | 2;
  applies(format: Format): boolean;
  check(document: RuleDocument): Iterable<Report>;
}

export interface Report {
  readonly record: PackageRecord;
  /** In the published wording, ≤ 500 characters. */
  readonly text: string;
  readonly type?: 1 | 2;
  readonly code?: string;
}

/** The protocol's limit on a report (package-protocol, `report`). */
const REPORT_LENGTH = 500;

export function findingOf(rule: Rule, report: Report): Finding {
  const code = report.code ?? rule.code;
  return {
    record: report.record.id,
    type: report.type ?? rule.type,
    ...(code !== undefined && { code }),
    report: report.text.length > REPORT_LENGTH ? `${report.text.slice(0, REPORT_LENGTH - 1)}…` : report.text,
  };
}

/** Formats made of facts of assignment. */
export function isFacts(format: Format): boolean {
  return format.id === '10.06.S';
}

/** Formats of requests for a statement. */
export function isStatementRequest(format: Format): boolean {
  return format.id === '10.13.I';
}
