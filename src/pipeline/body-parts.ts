import { personSpans } from '../formats/index.js';
import type { BodyPart, PersonSpan } from '../journal/index.js';
import { canonicalize, canonicalizeWithSpans, type XmlElement } from '../xml/index.js';
import type { Checked, CheckedDocument } from './known.js';
import { signedOctets } from './signed-octets.js';

/**
 * The parts of a stored body: `element` (canonical octets of the signed element), `signature`, `attachment/N`; with
 * rout:Routing its own octets as `routing`, and what came of it, as JSON, as `routing-status`. `upgraded/N` is beside an attachment N
 * of a retired version: what it was rewritten to for its recipient.
 * Where a format marks persons, their octets are sealed under keys of their own.
 */
export function bodyParts(known: Checked): readonly [element: BodyPart, ...rest: BodyPart[]] {
  const content = known.documents.find((d) => d.attachment === undefined);
  return [
    elementPart(known, content),
    { name: 'signature', bytes: known.signature, dense: true },
    ...known.attachments.map((a, i) => ({
      name: `attachment/${i}`,
      bytes: a.content,
      persons: attachmentPersons(known.documents.find((d) => d.attachment === i)),
    })),
    ...known.documents.flatMap((d) =>
      d.rewriting === undefined
        ? []
        : [{ name: `upgraded/${d.attachment}`, bytes: d.rewriting.octets, persons: personsIn(d) }],
    ),
    ...routingParts(known),
  ];
}

function routingParts({ tree, unsigned, routing }: Checked): BodyPart[] {
  if (unsigned.routing === undefined || routing === undefined) return [];
  return [
    { name: 'routing', bytes: canonicalize(tree, unsigned.routing) },
    { name: 'routing-status', bytes: Buffer.from(JSON.stringify(routing)) },
  ];
}

function elementPart(known: Checked, content: CheckedDocument | undefined): BodyPart {
  const marked = content === undefined ? [] : marks(content);
  if (marked.length === 0) return { name: 'element', bytes: signedOctets(known) };
  const { octets, spans } = canonicalizeWithSpans(
    known.tree,
    known.element,
    marked.map((m) => m.element),
  );
  return {
    name: 'element',
    bytes: octets,
    persons: spans.map(({ start, end }, i) => ({ start, end, person: marked[i]!.person })),
  };
}

/** An attachment's octets are the sender's own bytes: spans are positions in them. */
function attachmentPersons(document: CheckedDocument | undefined): PersonSpan[] {
  return document === undefined ? [] : personsIn(document.rewriting?.of ?? document);
}

function personsIn(document: Pick<CheckedDocument, 'entry' | 'tree' | 'element'>): PersonSpan[] {
  const { tree } = document;
  return marks(document).map(({ element, person }) => ({
    start: tree.startOf(element),
    end: tree.endOf(element),
    person,
  }));
}

/** Marked elements whose person can be named; the others stay with the rest of the body. */
function marks({
  entry,
  tree,
  element,
}: Pick<CheckedDocument, 'entry' | 'tree' | 'element'>): { element: XmlElement; person: string }[] {
  return personSpans(entry, tree, element).flatMap(({ element, snils }) =>
    snils === undefined ? [] : [{ element, person: snils }],
  );
}
