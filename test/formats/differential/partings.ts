/** How a document was judged by the two engines under one and the same schema. */
export interface Parting {
  readonly how: string;
  readonly libxml2: 'valid' | 'invalid';
  /** gave-up: an exception of its own instead of a verdict. */
  readonly xerces: 'valid' | 'invalid' | 'gave-up';
  /** The first complaint of each engine that is not content. */
  readonly complaints: readonly string[];
}

export interface PartingClass {
  readonly name: string;
  /** Which of them keeps to the standard, and why they part. */
  readonly reason: string;
  includes(parting: Parting, complaint: string): boolean;
}

const DATE = /is not a valid value of the (?:local )?atomic type/;
const BLANKS = /: '(?:\s[^']*|[^']*\s)' is not/;

/** Known disagreements between the engines. A parting that is none of these is new, and a failure. */
export const partingClasses: readonly PartingClass[] = [
  {
    name: 'blanks around a date',
    reason:
      'Xerces is right: white space of dates collapses (XSD 2, 4.3.6). libxml2 does not collapse it there, as it does for numbers',
    includes: ({ libxml2, xerces }, complaint) =>
      libxml2 === 'invalid' && xerces === 'valid' && DATE.test(complaint) && BLANKS.test(complaint),
  },
  {
    name: 'characters beyond U+FFFF counted',
    reason:
      'libxml2 is right: a length is in characters (XSD 2, 4.3.1). Xerces counts UTF-16 units, two for such a character',
    includes: ({ how, libxml2 }, complaint) =>
      how.includes('😀') &&
      (libxml2 === 'valid' ? /^cvc-(?:max|min)?Length-valid|^cvc-length-valid/ : /facet '(?:min|max)?[lL]ength'/).test(
        complaint,
      ),
  },
  {
    name: 'base64Binary with other characters in it',
    reason:
      'Xerces is right: the lexical space has the alphabet, padding and blanks (XSD 2, 3.2.16). libxml2 passes over the rest',
    includes: ({ libxml2 }, complaint) => libxml2 === 'valid' && complaint.includes("valid value for 'base64Binary'"),
  },
  {
    name: 'base64Binary padded after a character beyond ASCII',
    reason: 'libxml2 is right to refuse it. Xerces breaks off with an exception of its own',
    includes: ({ libxml2, xerces }, complaint) =>
      libxml2 === 'invalid' && xerces === 'gave-up' && complaint.includes('ArrayIndexOutOfBoundsException'),
  },
  {
    name: 'an empty CDATA section where no text may be',
    reason: 'Xerces is right: an empty section is no character. libxml2 sees a node',
    includes: ({ how, libxml2 }, complaint) =>
      libxml2 === 'invalid' && how.startsWith('cdata') && complaint.includes('Character content'),
  },
  {
    name: 'a fixed value written in another way',
    reason:
      'Xerces is right: values are compared, and 1 is true (XSD 1, cvc-elt 5.2.2.2.2). libxml2 compares how they are written',
    includes: ({ libxml2 }, complaint) => libxml2 === 'invalid' && complaint.includes('fixed value constraint'),
  },
  {
    name: 'NCName that begins with a digit of another script',
    reason:
      'Xerces is right: a name begins with a letter (Namespaces in XML, production 4). libxml2 takes any such digit',
    includes: ({ libxml2 }, complaint) => libxml2 === 'valid' && complaint.includes("valid value for 'NCName'"),
  },
  {
    name: 'a year of eight digits',
    reason:
      'Xerces is right: any year from four digits on is a year. libxml2 cannot compare it with a limit and refuses it',
    includes: ({ libxml2 }, complaint) => libxml2 === 'invalid' && complaint.includes('internal error'),
  },
  {
    name: 'double with an empty exponent',
    reason: 'Xerces is right: `1e` is no number (XSD 2, 3.2.5). libxml2 takes it',
    includes: ({ libxml2 }, complaint) => libxml2 === 'valid' && complaint.includes("valid value for 'double'"),
  },
  {
    name: 'a pattern of two counted alternatives',
    reason:
      'Xerces is right: `(\\d{3})|(\\d{4})` has no word of six digits. libxml2 lets one counter go on into the other',
    includes: ({ libxml2 }, complaint) => libxml2 === 'valid' && complaint.includes("pattern '(\\d{3})|(\\d{4})'"),
  },
];

export function classOf(parting: Parting): PartingClass | undefined {
  return partingClasses.find((known) => parting.complaints.some((complaint) => known.includes(parting, complaint)));
}
