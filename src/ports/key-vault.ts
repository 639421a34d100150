/**
 * Keys that live apart from the data (GATEWAY_KEYS): destroying an epoch key is what erasure rests on,
 * so no implementation may keep a copy that outlives `destroy`.
 */
export interface KeyVault {
  /** The epoch under which new bodies are wrapped, with its 32-byte key. */
  currentEpoch(): { id: number; key: Buffer };
  /** Undefined once destroyed. */
  epoch(id: number): Buffer | undefined;
  /** 32-byte secret for a named purpose (person index, reply tokens, receipt links), made at first use and durable before it is returned. */
  secret(name: string): Buffer;
  /** PKCS#8 PEM of the journal's Ed25519 key, made at first use. */
  journalKey(): string;
}
