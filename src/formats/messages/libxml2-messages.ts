import type { BoundFacet, Complaint, LengthFacet, Saying } from './complaint.js';

/**
 * libxml2's sentences (xmlschemas.c, 2.9–2.15), one row each: pattern → what it means.
 * Values stand in single quotes unescaped and may hold quotes and line breaks, so each pattern is anchored at its fixed end.
 */
const ROWS: readonly (readonly [RegExp, (m: RegExpMatchArray) => Saying])[] = [
  [
    /^This element is not expected\.(?: Expected is (?:one of )?\( (.*) \)\.)?$/s,
    (m) => ({ kind: 'unexpected', expected: names(m[1]) }),
  ],
  [
    /^Missing child element\(s\)\.(?: Expected is (?:one of )?\( (.*) \)\.)?$/s,
    (m) => ({ kind: 'missing-child', expected: names(m[1]) }),
  ],
  [/^No matching global declaration available for the validation root\.$/, () => ({ kind: 'no-such-root' })],
  [/^No matching global (?:element|attribute) declaration available/, () => ({ kind: 'no-such-global' })],
  [/^The attribute '(.*)' is required but missing\.$/, (m) => ({ kind: 'attribute-missing', name: m[1]! })],
  [/^The attribute '(.*)' is not allowed\.$/, (m) => ({ kind: 'attribute-alien', name: m[1]! })],
  [/^Character content other than whitespace is not allowed/, () => ({ kind: 'text-in-structure' })],
  [/^Character content is not allowed, because/, () => ({ kind: 'text-in-empty' })],
  [/^Element content is not allowed, because the content type is empty/, () => ({ kind: 'children-in-empty' })],
  [/^Element content is not allowed, because/, () => ({ kind: 'children-in-simple' })],
  [/^The element is not 'nillable'\.$/, () => ({ kind: 'not-nillable' })],
  [/^Neither character nor element content is allowed/, () => ({ kind: 'content-in-nil' })],
  [/^The type definition is abstract\.$/, () => ({ kind: 'abstract-type' })],
  [
    /^The QName value '(.*)' of the xsi:type attribute does not resolve/s,
    (m) => ({ kind: 'type-unresolved', name: m[1]! }),
  ],
  [/^The QName value '(.*)' has no corresponding namespace/s, (m) => ({ kind: 'type-undeclared-prefix', name: m[1]! })],
  [
    /^The type definition '(.*)', specified by xsi:type, is blocked/s,
    (m) => ({ kind: 'type-not-derived', name: m[1]! }),
  ],
  [
    /^The (?:actual )?value '(.*)' does not match the fixed value constraint '(.*)'\.$/s,
    (m) => ({ kind: 'fixed', value: m[1]!, fixed: m[2]! }),
  ],
  [/^Duplicate key-sequence \[(.*)\] in/s, (m) => ({ kind: 'duplicate-key', value: unquoted(m[1]!) })],
  [/^No match found for key-sequence \[(.*)\] of keyref/s, (m) => ({ kind: 'key-not-found', value: unquoted(m[1]!) })],
  [
    /^(?:\[facet 'pattern'\] )?The value '(.*)' is not accepted by the pattern '(.*)'\.$/s,
    (m) => ({ kind: 'pattern', value: m[1]!, pattern: m[2]! }),
  ],
  [
    /^\[facet '(length|minLength|maxLength)'\] The value(?: '.*')? has a length of '(\d+)'.*length of '(\d+)'\.$/s,
    (m) => ({ kind: 'length', facet: m[1] as LengthFacet, actual: Number(m[2]), limit: Number(m[3]) }),
  ],
  [
    /^\[facet 'enumeration'\] The value '(.*)' is not an element of the set \{(.*)\}\.$/s,
    (m) => ({ kind: 'enumeration', value: m[1]!, allowed: quotedList(m[2]!) }),
  ],
  [
    /^\[facet '(totalDigits|fractionDigits)'\] The value '(.*)' has more .*\('(\d+)'\)\.$/s,
    (m) => ({ kind: 'digits', facet: m[1] as 'totalDigits', value: m[2]!, limit: Number(m[3]) }),
  ],
  [
    /^\[facet '((?:min|max)(?:In|Ex)clusive)'\] The value '(.*)' (?:is|must) .*'(.*)'\)?\.$/s,
    (m) => ({ kind: 'bound', facet: m[1] as BoundFacet, value: m[2]!, limit: m[3]! }),
  ],
  [
    /^'(.*)' is not a valid value of the (?:local )?(?:atomic|union|list) type(?: '(.*)')?\.$/s,
    (m) => ({ kind: 'not-of-type', value: m[1]!, type: m[2] ?? '' }),
  ],
  // A value it cannot compare with a limit, such as the year 19991999; the path says whose.
  [/^Internal error: xmlSchemaValidateFacets/, () => ({ kind: 'not-comparable' })],
];

/** Takes one message of libxml2 apart; never throws, never loses it: what no row knows comes back as `unknown` with the raw words. */
export function understand(message: string, path?: string): Complaint {
  const [, element = '', attribute, said = message] =
    message.trim().match(/^Element '([^']*)'(?:, attribute '([^']*)')?: (.*)$/s) ?? [];
  const subject = {
    element,
    ...(attribute !== undefined && { attribute }),
    ...(path !== undefined && { path }),
  };
  for (const [pattern, build] of ROWS) {
    const match = said.match(pattern);
    if (match) return { ...subject, ...build(match) };
  }
  return { ...subject, kind: 'unknown', raw: said.trim() };
}

function names(list: string | undefined): readonly string[] {
  return list === undefined ? [] : list.split(', ');
}

function quotedList(list: string): readonly string[] {
  return [...list.matchAll(/'(.*?)'(?:, |$)/gs)].map((m) => m[1]!);
}

function unquoted(list: string): string {
  return list.replace(/'/g, '');
}
