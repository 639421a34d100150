import type { Violation } from '../../message/index.js';
import type { ElementView } from '../element-view.js';
import { type Complaint, type Mending, type Placed, VALUE_KINDS } from './complaint.js';
import { localOf } from './names.js';
import type { Phrase } from './phrase.js';
import { structurePhrase } from './structure.js';
import { valuePhrase } from './values.js';

/** Several sentences about one value become one violation; sentences about structure stay one each. */
export function describeAll(said: readonly Placed[], root: ElementView, attachment?: string): readonly Violation[] {
  return subjectsOf(said).map((s) => violation(s, root, attachment));
}

function subjectsOf(all: readonly Placed[]): readonly (readonly Placed[])[] {
  const groups = new Map<string, Placed[]>();
  const spoiled = new Set(all.filter((s) => SPOILS_VALUE.has(s.complaint.kind)).map(subjectOf));
  for (const [i, said] of all.entries()) {
    const subject = subjectOf(said);
    const isValue = VALUE_KINDS.includes(said.complaint.kind);
    // A value that cannot be one (children inside, nil not allowed) was complained about already.
    if (isValue && spoiled.has(subject)) continue;
    const key = isValue ? subject : `${subject} ${i}`;
    const group = groups.get(key);
    if (group) group.push(said);
    else groups.set(key, [said]);
  }
  return [...groups.values()];
}

function subjectOf({ line, complaint, element }: Placed): string {
  return `${element ? element.node : `${line} ${complaint.path}`} ${complaint.element}@${complaint.attribute ?? ''}`;
}

const SPOILS_VALUE: ReadonlySet<Complaint['kind']> = new Set([
  'children-in-simple',
  'not-nillable',
  'type-undeclared-prefix',
]);

function violation(said: readonly Placed[], root: ElementView, attachment: string | undefined): Violation {
  const { complaint, line, element, mended } = said[0]!;
  const attribute = complaint.attribute ?? attributeOf(complaint);
  const text = phraseFor(
    said.map((s) => s.complaint),
    element,
    mended,
  );
  const path = element && `${element.path}${attribute === undefined ? '' : `/@${attributeName(attribute)}`}`;
  return {
    line: element ? element.line : root.line + line - 1,
    ...(element && { column: element.column }),
    ...(path !== undefined && { path }),
    ...(attachment !== undefined && { attachment }),
    text: text.ru,
    textEn: text.en,
  };
}

function phraseFor(
  complaints: readonly Complaint[],
  element: ElementView | undefined,
  mended: Mending | undefined,
): Phrase {
  const first = complaints[0]!;
  if (!VALUE_KINDS.includes(first.kind)) return structurePhrase(first, element, mended);
  const name = localOf(first.attribute ?? first.element);
  const phrase = valuePhrase(complaints, name, quotedValue(complaints, element));
  const subject =
    first.attribute === undefined ? { ru: name, en: name } : { ru: `атрибут ${name}`, en: `attribute ${name}` };
  return { ru: `${subject.ru}: ${phrase.ru}`, en: `${subject.en}: ${phrase.en}` };
}

/** The value as the engine quotes it; length sentences do not, so then as it stands in the document. */
function quotedValue(complaints: readonly Complaint[], element: ElementView | undefined): string {
  for (const c of complaints) if ('value' in c) return c.value;
  const { attribute } = complaints[0]!;
  if (attribute !== undefined) return element?.attributes.find((a) => a.local === localOf(attribute))?.value ?? '';
  return element?.text ?? '';
}

function attributeOf(c: Complaint): string | undefined {
  return c.kind === 'attribute-alien' ? c.name : undefined;
}

/** Prefixed only where everybody knows the prefix: an attribute's prefix is not kept by the tree. */
function attributeName(clark: string): string {
  const local = localOf(clark);
  return clark.startsWith(`{${XSI}}`) ? `xsi:${local}` : local;
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
