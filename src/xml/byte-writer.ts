const FIRST_SIZE = 1 << 16;
/** A larger scratch is given away with its result instead of being kept. */
const KEPT_SIZE = 1 << 20;
/** Below this many bytes a loop is faster than a native copy. */
const SHORT = 64;
const NO_SOURCE: Uint8Array = new Uint8Array(0);

/**
 * Collects output. Ranges of the source that adjoin each other are put together and copied once, which is what makes
 * a document that is already canonical cost one copy.
 */
export class ByteWriter {
  #out = Buffer.allocUnsafeSlow(FIRST_SIZE);
  #length = 0;
  #source = NO_SOURCE;
  /** The pending range; empty when both are -1. */
  #from = -1;
  #to = -1;

  begin(source: Uint8Array): void {
    this.#source = source;
    this.#length = 0;
    this.#from = this.#to = -1;
  }

  /** Octets written so far. */
  get position(): number {
    return this.#length + this.#to - this.#from;
  }

  /** A range of the source. */
  range(from: number, to: number): void {
    if (from === this.#to) {
      this.#to = to;
      return;
    }
    this.#flush();
    this.#from = from;
    this.#to = to;
  }

  byte(c: number): void {
    this.#flush();
    this.#need(1);
    this.#out[this.#length++] = c;
  }

  bytes(part: Uint8Array): void {
    this.#flush();
    const n = part.length;
    this.#need(n);
    const out = this.#out;
    let o = this.#length;
    for (let k = 0; k < n; k++) out[o++] = part[k] as number;
    this.#length = o;
  }

  text(s: string): void {
    this.#flush();
    this.#need(s.length * 3);
    this.#length += this.#out.write(s, this.#length);
  }

  character(codePoint: number): void {
    if (codePoint < 128) this.byte(codePoint);
    else this.text(String.fromCodePoint(codePoint));
  }

  /** `ns` and a number. */
  numbered(n: number): void {
    this.#flush();
    this.#need(12);
    const out = this.#out;
    out[this.#length++] = 110;
    out[this.#length++] = 115;
    if (n < 10) out[this.#length++] = 48 + n;
    else if (n < 100) {
      out[this.#length++] = 48 + Math.floor(n / 10);
      out[this.#length++] = 48 + (n % 10);
    } else this.#length += out.write(String(n), this.#length, 'latin1');
  }

  /** Everything written since `begin`; the writer lets go of it and of the source. */
  end(): Buffer {
    this.#flush();
    this.#source = NO_SOURCE;
    const result = this.#out.subarray(0, this.#length);
    if (this.#out.length <= KEPT_SIZE) {
      const copy = Buffer.allocUnsafeSlow(this.#length);
      copy.set(result);
      return copy;
    }
    this.#out = Buffer.allocUnsafeSlow(FIRST_SIZE);
    return result;
  }

  #flush(): void {
    const from = this.#from;
    const n = this.#to - from;
    if (from < 0) return;
    this.#need(n);
    const source = this.#source;
    if (n < SHORT) {
      const out = this.#out;
      let o = this.#length;
      for (let k = from; k < this.#to; k++) out[o++] = source[k] as number;
    } else this.#out.set(source.subarray(from, this.#to), this.#length);
    this.#length += n;
    this.#from = this.#to = -1;
  }

  #need(n: number): void {
    if (this.#length + n <= this.#out.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#out.length * 2, this.#length + n + 64));
    larger.set(this.#out.subarray(0, this.#length));
    this.#out = larger;
  }
}
