/** What the verifier asks of a leaf's own bytes; unknown kinds and fields are welcome. Written apart from ../leaf.ts on purpose. */
export interface LeafForm {
  readonly time: number;
  readonly kind: string;
}

/** The kind and time of a leaf, or what is wrong with its form. */
export function readLeafForm(bytes: Uint8Array): LeafForm | string {
  let text: string;
  let leaf: unknown;
  try {
    text = utf8.decode(bytes);
    leaf = JSON.parse(text);
  } catch {
    return 'is not JSON in UTF-8';
  }
  if (typeof leaf !== 'object' || leaf === null || Array.isArray(leaf)) return 'is not a JSON object';
  if (!isCanonical(leaf) || JSON.stringify(leaf) !== text) return 'is not canonical JSON';
  const { v, kind, time, commitment } = leaf as Record<string, unknown>;
  if (!Number.isInteger(v) || (v as number) < 1) return 'has no version';
  if (typeof kind !== 'string' || !/^[a-z][a-z-]*$/.test(kind)) return 'has no kind';
  if (typeof time !== 'string' || !isInstant(time)) return 'has no time';
  if (typeof commitment !== 'string' || !/^[A-Za-z0-9+/]{43}=$/.test(commitment)) return 'has no commitment';
  return { kind, time: Date.parse(time) };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** RFC 8785 sorts names by UTF-16 code units; what remains of it is what JSON.stringify writes. */
function isCanonical(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isCanonical);
  const names = Object.keys(value);
  return names.every((name, i) => i === 0 || names[i - 1]! < name) && Object.values(value).every(isCanonical);
}

/** RFC 3339, UTC, milliseconds, a day that exists. */
function isInstant(time: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(time)) return false;
  const at = new Date(time);
  return !Number.isNaN(at.getTime()) && at.toISOString() === time;
}
