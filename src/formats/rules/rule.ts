import type { Finding } from '../../message/index.js';
import { type ElementView, select } from '../element-view.js';
import type { BodyShape, PersonFields } from './shapes/index.js';

/** What a rule may know beside the document. */
export interface RuleContext {
  /** Participant codes `NNNN.NNNNNN` of the sender: its own and those delegated to it. */
  readonly senderCodes: readonly string[];
  /** The gateway's day, `YYYY-MM-DD`. */
  readonly today: string;
}

/** One record of a package: the unit a finding is about and a protocol line answers. */
export interface PackageRecord {
  /** fact uuid, event uuid, requestUid; '' for the only record of a message without ids. */
  readonly id: string;
  readonly element: ElementView;
  /** What the record brings: itself, or the fact inside a correction. */
  readonly body: ElementView;
  readonly shape: BodyShape;
  /** Everybody named in it: the recipient, the reason persons. */
  readonly persons: readonly RecordPerson[];
}

export interface RecordPerson {
  /** For texts, in the genitive: «получателя МСЗ». */
  readonly role: string;
  readonly element: ElementView;
  readonly fields: PersonFields;
}

export interface RuleDocument {
  readonly root: ElementView;
  readonly records: readonly PackageRecord[];
  readonly context: RuleContext;
}

/**
 * One business rule (ФЛК). Pure; sees a document that is valid under its schema. It runs where `format.json` names its id among
 * the gateway's rules, on the records whose layout has what it `needs`.
 */
export interface Rule {
  readonly id: string;
  /** Published rule code `\d{3}` where one is known. */
  readonly code?: string;
  /** 1 error, 2 warning: what it reports unless a single report says otherwise. */
  readonly type: 1 | 2;
  /** What it finds, in a few words. */
  readonly title: { readonly ru: string; readonly en: string };
  /** Parts of a layout without which it has nothing to look at; any one will do. Absent: it looks at every record. */
  readonly needs?: readonly (keyof BodyShape)[];
  check(document: RuleDocument): Iterable<Report>;
}

export interface Report {
  readonly record: PackageRecord;
  /** In the published wording, ≤ 500 characters. */
  readonly text: string;
  readonly type?: 1 | 2;
  /** Where exactly; absent: the record. */
  readonly at?: ElementView;
}

/** The protocol's limit on a report (package-protocol, `report`). */
const REPORT_LENGTH = 500;

export function findingOf(rule: Rule, report: Report): Finding {
  return {
    record: report.record.id,
    type: report.type ?? rule.type,
    ...(rule.code !== undefined && { code: rule.code }),
    report: report.text.length > REPORT_LENGTH ? `${report.text.slice(0, REPORT_LENGTH - 1)}…` : report.text,
  };
}

/** Where a person's field stands; undefined when the layout or the document has none. */
export function placeOf({ element, fields }: RecordPerson, field: keyof PersonFields): ElementView | undefined {
  const path = fields[field];
  return path === undefined ? undefined : select(element, path)[0];
}

/** Its text, trimmed. */
export function fieldOf(person: RecordPerson, field: keyof PersonFields): string | undefined {
  return placeOf(person, field)?.text.trim();
}
