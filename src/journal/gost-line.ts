import { hash } from 'node:crypto';
import type { Clock } from '../ports/index.js';
import { type OtherKeys, parseNote } from './checkpoint.js';

/**
 * A GOST R 34.10-2012 signature on a checkpoint, beside the Ed25519 line. C2SP signed-note leaves type 0xff to algorithms without a
 * number and asks for a longer identifier behind it: ours is this text, a zero byte, and the key's SubjectPublicKeyInfo.
 */
const IDENTIFIER = Buffer.from('\xffGOST R 34.10-2012\0', 'latin1');
const LEAST_PAUSE = 1_000;

/** `name+keyid+key` of a GOST key, the form in which a verifier is told whom to trust. */
export function gostVkeyOf(name: string, spki: Uint8Array): string {
  const encoded = Buffer.concat([IDENTIFIER, spki]);
  return `${name}+${keyIdOf(name, encoded).toString('hex')}+${encoded.toString('base64')}`;
}

/** For verifyNote: GOST vkeys, judged by `verify` of a SubjectPublicKeyInfo, octets and a signature. */
export function gostKeys(verify: (spki: Buffer, octets: Buffer, signature: Buffer) => boolean): OtherKeys {
  return (encoded) => {
    const { length } = IDENTIFIER;
    if (encoded.length <= length || !encoded.subarray(0, length).equals(IDENTIFIER)) return undefined;
    const spki = encoded.subarray(length);
    return (text, signature) => verify(spki, text, signature);
  };
}

export interface GostCheckpointParts {
  readonly origin: string;
  /** SubjectPublicKeyInfo of the signing key, DER. */
  readonly spki: Uint8Array;
  readonly clock: Clock;
  sign(octets: Uint8Array): Promise<Uint8Array>;
}

interface Signed {
  readonly note: string;
  readonly at: number;
  readonly result: Promise<string>;
}

/**
 * Checkpoints with both lines, made when somebody asks and at most once a second: the writer's thread signs nothing with
 * GOST, since the key may be behind a token, which answers when it likes.
 */
export class GostCheckpoint {
  readonly #parts: GostCheckpointParts;
  #last: Signed | undefined;

  constructor(parts: GostCheckpointParts) {
    this.#parts = parts;
  }

  get verifierKey(): string {
    return gostVkeyOf(this.#parts.origin, this.#parts.spki);
  }

  /** `note` (Ed25519 line first) with the GOST line; within a second of the last one, that one. Rejects where the key gives no signature. */
  over(note: string): Promise<string> {
    const now = this.#parts.clock.now();
    const last = this.#last;
    if (last !== undefined && (last.note === note || Math.abs(now - last.at) < LEAST_PAUSE)) return last.result;
    const made: Signed = { note, at: now, result: this.#sign(note) };
    this.#last = made;
    made.result.catch(() => {
      if (this.#last === made) this.#last = undefined;
    });
    return made.result;
  }

  async #sign(note: string): Promise<string> {
    const { origin, spki, sign } = this.#parts;
    const parsed = parseNote(note);
    if ('wrong' in parsed) throw new Error(`the gateway's own checkpoint: ${parsed.wrong}`);
    const signature = await sign(Buffer.from(parsed.text));
    const keyId = keyIdOf(origin, Buffer.concat([IDENTIFIER, spki]));
    return `${note}— ${origin} ${Buffer.concat([keyId, signature]).toString('base64')}\n`;
  }
}

/** SHA-256(name || 0x0A || key)[:4], as signed-note recommends. */
function keyIdOf(name: string, encoded: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), encoded]), 'buffer').subarray(0, 4);
}
