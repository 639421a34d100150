/** What the participants know of their own messages: the promises are judged against it. */
export interface SentMessage {
  readonly messageId: string;
  readonly kind: 'request' | 'response';
  readonly sender: string;
  readonly recipient: string;
  /** Of a package of facts: what its one effect is counted by besides the MessageID. */
  readonly packageId?: string;
  /** unknown: sent, and never told what became of it. */
  state: 'accepted' | 'refused' | 'unknown';
  tries: number;
  /** Whether some try ended without an answer. */
  wasUnknown: boolean;
  why?: string;
}

export interface Handed {
  times: number;
  /** Acks the gateway answered; one that found nothing left to confirm after a lost answer among them. */
  acks: number;
}

export class Ledger {
  readonly sent = new Map<string, SentMessage>();
  /** By `recipient MessageID`. */
  readonly handed = new Map<string, Handed>();
  readonly acceptedAt: number[] = [];
  /** Messages that were meant to be refused, and the faults they met. */
  readonly refusals = new Map<string, number>();
  readonly problems: string[] = [];

  handOut(recipient: string, messageId: string): Handed {
    const key = `${recipient} ${messageId}`;
    const known = this.handed.get(key) ?? { times: 0, acks: 0 };
    this.handed.set(key, known);
    return known;
  }
}
