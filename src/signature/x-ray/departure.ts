/** Where the sender's own octets leave ours: what an engineer needs to find the line of code that is wrong. */
export interface Departure {
  /** Which of our forms the sender's octets are like. */
  readonly against: 'canonical' | 'transformed';
  /** First byte that differs, from 0. */
  readonly byte: number;
  /** The same bytes' surroundings in both. */
  readonly ours: Surroundings;
  readonly theirs: Surroundings;
  /** Nothing but white space differs. */
  readonly whiteSpaceOnly: boolean;
}

export interface Surroundings {
  readonly before: string;
  readonly after: string;
}

/** Bytes shown on each side. */
const AROUND = 60;

/** The departure from that of our forms the sender's octets follow longest; undefined when they are equal to one. */
export function departureOf(
  theirs: Uint8Array,
  canonical: Buffer,
  transformed: Buffer | undefined,
): Departure | undefined {
  const sent = Buffer.from(theirs.buffer, theirs.byteOffset, theirs.length);
  const forms: { against: Departure['against']; ours: Buffer }[] = [{ against: 'canonical', ours: canonical }];
  if (transformed !== undefined) forms.push({ against: 'transformed', ours: transformed });
  if (forms.some(({ ours }) => ours.equals(sent))) return undefined;
  const [best] = forms
    .map(({ against, ours }) => ({ against, ours, byte: firstDifference(ours, sent) }))
    .sort((a, b) => b.byte - a.byte);
  const { against, ours, byte } = best!;
  return {
    against,
    byte,
    ours: around(ours, byte),
    theirs: around(sent, byte),
    whiteSpaceOnly: squeezed(ours) === squeezed(sent),
  };
}

function firstDifference(a: Buffer, b: Buffer): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) if (a[i] !== b[i]) return i;
  return end;
}

function around(octets: Buffer, byte: number): Surroundings {
  return {
    before: cut(octets, Math.max(0, byte - AROUND), byte),
    after: cut(octets, byte, Math.min(octets.length, byte + AROUND)),
  };
}

/** The range as text, begun and ended where characters do. */
export function cut(octets: Buffer, from: number, to: number): string {
  const isInside = (i: number) => i < octets.length && ((octets[i] as number) & 0xc0) === 0x80;
  let [start, end] = [from, to];
  while (start > 0 && isInside(start)) start--;
  while (isInside(end)) end++;
  return octets.toString('utf8', start, end);
}

function squeezed(octets: Buffer): string {
  return octets.toString('utf8').replace(/&#x(?:9|A|D);|[\t\n\r ]+/gi, '');
}
