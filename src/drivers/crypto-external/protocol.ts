/**
 * What goes over a signing command's standard input and output: one JSON object a line, answers in any order.
 * The form is public (docs/external-keys.md): fields are added, never renamed.
 */

/** One signature wanted. */
export interface SignatureRequest {
  /** The key as the operator names it. */
  readonly key: string;
  /** Algorithm URI as in XMLDSig. */
  readonly algorithm: string;
  readonly octets: Uint8Array;
  /** Digest of `octets` by the algorithm's hash, for tools that sign a digest. */
  readonly digest: Uint8Array;
}

/** The signature as XMLDSig has it (ECDSA raw r‖s, GOST s‖r), or why there is none. Structured-cloneable. */
export type SignatureAnswer = { readonly signature: Uint8Array } | { readonly wrong: string };

export type AskSignature = (request: SignatureRequest) => Promise<SignatureAnswer>;

/** A line of the child is about one signature, RSA-4096 at most; more than this is no answer. */
export const LONGEST_LINE = 64 * 1024;
const LONGEST_TEXT = 500;

export function requestLine(id: number, { key, algorithm, octets, digest }: SignatureRequest): string {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return `${JSON.stringify({ id, key, algorithm, octets: base64(octets), digest: base64(digest) })}\n`;
}

/** Undefined for a line that is no answer: the child is broken then. */
export function readAnswer(line: string): { readonly id: number; readonly answer: SignatureAnswer } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const { id, signature, error } = (value ?? {}) as { id?: unknown; signature?: unknown; error?: unknown };
  if (!Number.isSafeInteger(id)) return undefined;
  if (typeof error === 'string') return { id: id as number, answer: { wrong: error.slice(0, LONGEST_TEXT) } };
  if (typeof signature !== 'string' || signature === '') return undefined;
  const bytes = Buffer.from(signature, 'base64');
  if (bytes.toString('base64') !== signature) return undefined;
  return { id: id as number, answer: { signature: Uint8Array.from(bytes) } };
}
