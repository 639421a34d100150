import { childrenOf, contentOf, dottedOid, expectTag, TAG, type Tlv } from './der.js';

/** `Extensions` of a certificate, a list or a list's entry: values by OID. */
export class Extensions {
  readonly #values = new Map<string, { critical: boolean; value: Buffer }>();

  add(oid: string, critical: boolean, value: Buffer): void {
    // RFC 5280 §4.2: at most one instance; two readers that differ on which counts would differ in their verdict.
    if (this.#values.has(oid)) throw new RangeError(`extension ${oid} twice`);
    this.#values.set(oid, { critical, value });
  }

  has(oid: string): boolean {
    return this.#values.has(oid);
  }

  /** The value read by `reader`, which may throw; undefined when absent. */
  read<T>(oid: string, reader: (value: ArrayBuffer) => T): T | undefined {
    const found = this.#values.get(oid);
    return found && reader(Uint8Array.from(found.value).buffer);
  }

  unknownCritical(processed: ReadonlySet<string>): string[] {
    return [...this.#values].filter(([oid, { critical }]) => critical && !processed.has(oid)).map(([oid]) => oid);
  }
}

/** Reads `[n] EXPLICIT Extensions`, or a bare SEQUENCE of them; nothing when absent. Throws on malformed DER. */
export function readExtensions(der: Uint8Array, holder: Tlv | undefined): Extensions {
  const found = new Extensions();
  if (holder === undefined) return found;
  const list = holder.tag === TAG.sequence ? holder : expectTag(der, holder.content, holder.end, TAG.sequence);
  for (const extension of childrenOf(der, list)) {
    const parts = childrenOf(der, extension);
    const [oid, second, third] = parts;
    const flagged = second?.tag === TAG.boolean;
    const value = flagged ? third : second;
    if (oid?.tag !== TAG.oid || value?.tag !== TAG.octetString || parts.length !== (flagged ? 3 : 2))
      throw new RangeError('not an Extension');
    const critical = flagged && contentOf(der, second).some((octet) => octet !== 0);
    found.add(dottedOid(contentOf(der, oid)), critical, contentOf(der, value));
  }
  return found;
}
