import { Buffer } from 'node:buffer';
import { clarkOf, type ElementView } from '../element-view.js';

/** An element of a copy that may be changed; `view` is what it was made from, absent for what was put in. */
export interface CopyNode {
  readonly view: ElementView | undefined;
  parent: CopyNode | undefined;
  /** As written in the copy. */
  name: string;
  /** Clark name in the copy. */
  clark: string;
  /** Octets (as Latin-1 characters) after the name in the start tag, up to but without `>`. */
  rest: string;
  /** Children and the octets between them. */
  readonly parts: (CopyNode | string)[];
  readonly children: readonly CopyNode[];
}

class Node implements CopyNode {
  readonly view: ElementView | undefined;
  parent: CopyNode | undefined;
  name: string;
  clark: string;
  rest = '';
  readonly parts: (CopyNode | string)[] = [];

  constructor(view: ElementView | undefined, parent: CopyNode | undefined, name: string, clark: string) {
    this.view = view;
    this.parent = parent;
    this.name = name;
    this.clark = clark;
  }

  get children(): readonly CopyNode[] {
    return this.parts.filter((p) => typeof p !== 'string');
  }
}

/** A copy of canonical octets; undefined when they are not those of `root` (other elements, other names). */
export function copyOf(octets: Uint8Array, root: ElementView): CopyNode | undefined {
  const text = Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('latin1');
  const copy = read(text, 0, root, undefined);
  return copy?.end === text.length ? copy.node : undefined;
}

/** Canonical form has no comments, no empty-element tags and no CDATA, so tags are all that begins with `<`. */
function read(
  text: string,
  start: number,
  view: ElementView,
  parent: CopyNode | undefined,
): { node: Node; end: number } | undefined {
  const node = new Node(view, parent, view.name, clarkOf(view));
  const opening = `<${Buffer.from(view.name).toString('latin1')}`;
  if (!text.startsWith(opening, start)) return undefined;
  const nameEnd = start + opening.length;
  let at = tagEnd(text, nameEnd);
  node.rest = text.slice(nameEnd, at);
  at++;
  for (const child of view.children) {
    const next = text.indexOf('<', at);
    node.parts.push(text.slice(at, next));
    const made = next < 0 ? undefined : read(text, next, child, node);
    if (!made) return undefined;
    node.parts.push(made.node);
    at = made.end;
  }
  const close = text.indexOf('<', at);
  node.parts.push(text.slice(at, close));
  return { node, end: text.indexOf('>', close) + 1 };
}

/** The `>` of a start tag; inside quotes it is no end (canonical form leaves it unescaped there). */
function tagEnd(text: string, from: number): number {
  let at = from;
  for (let quoted = false; at < text.length && (quoted || text[at] !== '>'); at++)
    if (text[at] === '"') quoted = !quoted;
  return at;
}

export function octetsOf(root: CopyNode): Uint8Array {
  const out: string[] = [];
  write(root, out);
  return Buffer.from(out.join(''), 'latin1');
}

function write(node: CopyNode, out: string[]): void {
  const name = Buffer.from(node.name).toString('latin1');
  out.push('<', name, node.rest, '>');
  for (const part of node.parts) {
    if (typeof part === 'string') out.push(part);
    else write(part, out);
  }
  out.push('</', name, '>');
}

/** An empty element of that Clark name, before `next`. */
export function putBefore(next: CopyNode, clark: string): CopyNode {
  const node = new Node(undefined, next.parent, '', clark);
  rename(node, clark);
  next.parent!.parts.splice(next.parent!.parts.indexOf(next), 0, node);
  return node;
}

export function takeOut(node: CopyNode): void {
  const { parts } = node.parent!;
  parts.splice(parts.indexOf(node), 1);
}

export function moveBefore(node: CopyNode, next: CopyNode): void {
  takeOut(node);
  next.parent!.parts.splice(next.parent!.parts.indexOf(next), 0, node);
}

export function moveAfter(node: CopyNode, previous: CopyNode): void {
  takeOut(node);
  const { parts } = previous.parent!;
  parts.splice(parts.indexOf(previous) + 1, 0, node);
}

/** Puts neighbours into a new element of that Clark name, where the first of them stood. */
export function wrap(nodes: readonly CopyNode[], clark: string): void {
  const around = putBefore(nodes[0]!, clark);
  for (const node of nodes) {
    takeOut(node);
    node.parent = around;
    around.parts.push(node);
  }
}

/** Declares the namespace on the spot under a prefix nobody has. */
export function rename(node: CopyNode, clark: string): void {
  const [, namespace, local = clark] = clark.match(/^(?:\{(.*)\})?(.*)$/s) ?? [];
  node.clark = clark;
  node.name = namespace === undefined ? local : `mended-:${local}`;
  const declared = namespace === undefined ? ' xmlns=""' : ` xmlns:mended-="${namespace}"`;
  node.rest = Buffer.from(declared).toString('latin1') + node.rest.replace(/ xmlns:mended-="[^"]*"/, '');
}
