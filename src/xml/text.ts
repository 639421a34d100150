const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const REFERENCE = /&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([a-z]+));/g;

/** The characters of a scanned range, references resolved; the range was checked when it was scanned. */
export function decodeText(source: Buffer, start: number, end: number): string {
  const s = source.toString('utf8', start, end);
  return s.includes('&') ? resolve(s) : s;
}

/** The same for an attribute value: literal TAB and LF are blanks (XML 1.0 §3.3.3), referenced ones stay. */
export function decodeAttribute(source: Buffer, start: number, end: number): string {
  const s = source.toString('utf8', start, end).replace(/[\t\n]/g, ' ');
  return s.includes('&') ? resolve(s) : s;
}

function resolve(s: string): string {
  return s.replace(REFERENCE, (_, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] as string;
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
  });
}
