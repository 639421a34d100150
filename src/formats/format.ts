import type { QualifiedName } from '../message/index.js';

/** What a root element is for. A `document` travels as a file inside another format (10.06.S inside 10.10.I). */
export const ROLES = ['request', 'response', 'document'] as const;
export type Role = (typeof ROLES)[number];

/**
 * States of a format version, as an operator declares them.
 *
 * draft     known, refused to everyone
 * test      accepted for test messages only
 * active    accepted
 * retiring  accepted; the end (`retiredFrom`) is announced
 * retired   refused, with the text naming the successor
 *
 * `activeFrom` and `retiredFrom` outrank the declared state: an announced end comes by itself, at its instant.
 */
export type LifeCycleState = 'draft' | 'test' | 'active' | 'retiring' | 'retired';

/** Where a person stands: element path from the root element on, and the SNILS inside it (a last step `@x` is an attribute). Local names, `/` between; `//x` at any depth. */
export interface PersonPath {
  readonly path: string;
  readonly snils: string;
}

/** Where a request says what it is made for: element paths, local names with `/` between. */
export interface PurposePlace {
  /** From the root element on: the part of a request about one person. */
  readonly each: string;
  /** Below `each`: the service, the legal norm that entitles, the official who asks. */
  readonly service: string;
  readonly norm: string;
  readonly official: string;
}

/** One version of a kind of information: what `xsd/<family>/<format>/<version>/format.json` says. Plain data. */
export interface Format {
  /** `10.06.S`, without the version. */
  readonly id: string;
  readonly version: string;
  readonly family: string;
  readonly namespace: string;
  readonly title: { readonly ru: string; readonly en: string };
  readonly roots: Readonly<Partial<Record<Role, string>>>;
  /** Virtual path of the entry schema, relative to the schema root; a retired version may have none left. */
  readonly entry?: string;
  readonly state: LifeCycleState;
  /** RFC 3339 with a zone. */
  readonly activeFrom?: string;
  readonly retiredFrom?: string;
  /** Version to use instead. */
  readonly successor?: string;
  /** Root elements (`{ns}local`) of the documents this format carries as files. */
  readonly carries: readonly string[];
  readonly persons: readonly PersonPath[];
  /** Paths, from the root element on, of personal fields, masked in the console, logs and exports. */
  readonly personal: readonly string[];
  /** Requests must carry PersonalSignature (ЭП-СП) over their content; elsewhere it is verified where it stands. */
  readonly personalSignature?: 'required';
  /** Where its requests say what they are made for; rights may demand that they do. */
  readonly purpose?: PurposePlace;
  /** broadcast: its requests go to every subscriber and have no answer; directive: to whom rout:Routing (1.3) names, which must stand. */
  readonly exchange?: 'broadcast' | 'directive';
  /** Path, from the request's root element on, of the RoutingCode that chooses among several providers. */
  readonly routingCode?: string;
  /** Where its records stand, for the business rules. An element that several rows match is the first one's. */
  readonly records?: readonly RecordPlace[];
  /** Rule ids by the place they run at: the gateway never claims what only the registry can know. */
  readonly rules: {
    readonly gateway: readonly string[];
    readonly registry: readonly string[];
    /** Of the gateway's: rules whose errors refuse the message. Absent: none does, a finding is told with the answer. */
    readonly refuses?: readonly string[];
  };
}

/** A kind of record: paths as in `persons`, `*` for any name. */
export interface RecordPlace {
  /** From the root element on. */
  readonly path: string;
  /** Below the record, its own id; absent where a message has one record only, without an id. */
  readonly id?: string;
  /** Below the record, what it brings; absent: the record itself. */
  readonly body?: string;
  /** Name of the layout of the body (`rules/shapes`). */
  readonly shape: string;
}

/** A root element of a format: what SMEV routes by. */
export interface FormatEntry {
  readonly format: Format;
  readonly role: Role;
  readonly root: QualifiedName;
}

/** `10.06.S 1.1.0`, the name used in texts. */
export function formatName(format: Format): string {
  return `${format.id} ${format.version}`;
}
