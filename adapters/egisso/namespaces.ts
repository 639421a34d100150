/** Formats served, and the namespaces their answers are written in (published package of EGISSO schemas). */
export const FORMATS = {
  carrier103: 'urn://egisso-ru/msg/10.10.I/1.0.3',
  carrier104: 'urn://egisso-ru/msg/10.10.I/1.0.4',
  facts: 'urn://egisso-ru/msg/10.06.S/1.1.0',
  statements: 'urn://egisso-ru/msg/10.13.I/2.0.0',
} as const;

/** The package protocol exists twice with the same structure; which one answers depends on the carrier's version. */
export interface ProtocolNamespaces {
  readonly protocol: string;
  readonly result: string;
  readonly record: string;
  /** Children of a package-level error. */
  readonly basic: string;
  /** Longest text of a package-level error. */
  readonly errorLength: number;
}
export const PROTOCOL_103: ProtocolNamespaces = {
  protocol: 'urn://egisso-ru/types/package-protocol/1.0.3',
  result: 'urn://egisso-ru/types/package-result/1.0.2',
  record: 'urn://egisso-ru/types/record-result/1.0.3',
  basic: 'urn://egisso-ru/types/basic/1.0.3',
  errorLength: 200,
};
export const PROTOCOL_104: ProtocolNamespaces = {
  protocol: 'urn://egisso-ru/types/package-protocol/1.0.4',
  result: 'urn://egisso-ru/types/package-result/1.0.4',
  record: 'urn://egisso-ru/types/record-result/1.0.4',
  basic: 'urn://egisso-ru/types/basic/1.0.6',
  errorLength: 500,
};

export const STATEMENT = {
  statement: 'urn://egisso-ru/types/prsn-statement/2.0.0',
  basic: 'urn://egisso-ru/types/basic/2.2.0',
} as const;
