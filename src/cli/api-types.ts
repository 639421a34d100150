import type { XRay } from '../signature/index.js';

/** Documents of /api/v1 as far as the command line shows them. */
export interface ExchangeRow {
  readonly messageId: string;
  readonly exchange: string;
  readonly kind: string;
  readonly version: string;
  readonly sender: string;
  readonly recipient?: string;
  readonly format?: string;
  readonly acceptedAt: string | number;
  /** TestMessage. */
  readonly test?: boolean;
  /** StatusCategory of an async-status. */
  readonly category?: string;
  readonly states: readonly { readonly recipient: string; readonly state: string; readonly attempts: number }[];
  readonly leaf: number;
  readonly purpose?: string;
  /** Signs of unusual use. */
  readonly unusual?: readonly string[];
}

export interface ExchangePage {
  readonly items: readonly ExchangeRow[];
  readonly next?: string | number;
}

export interface ExchangeDetail {
  readonly messages: readonly Omit<ExchangeRow, 'states'>[];
  readonly deliveries: readonly {
    readonly messageId: string;
    readonly recipient: string;
    readonly state: string;
    readonly attempts: number;
    readonly cause?: string;
  }[];
  readonly records: readonly { readonly index: number; readonly kind: string; readonly time: string | number }[];
}

export interface ProofDocument {
  /** The leaf as hashed, base64. */
  readonly leaf: string;
  /** c2sp.org/tlog-proof@v1. */
  readonly receipt: string;
  readonly vkey: string;
}

export interface PreflightVerdict {
  readonly verdict: 'accepted' | 'refused';
  /** Where a signature has a fault. */
  readonly xRay?: XRay;
  readonly faults: readonly {
    readonly fault: string;
    readonly description: string;
    readonly violations?: readonly {
      readonly line?: number;
      readonly column?: number;
      readonly path?: string;
      readonly text: string;
      readonly textEn?: string;
    }[];
  }[];
}
