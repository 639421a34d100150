import { nearest } from '../edit-distance.js';
import { clarkOf } from '../element-view.js';
import type { Mending } from './complaint.js';
import { type Content, type ContentOf, lastRequired, requiredBetween } from './expected-content.js';
import { type CopyNode, moveAfter, moveBefore, putBefore, rename, takeOut, wrap } from './mended-copy.js';
import { clarkName, localOf } from './names.js';

/** An element that does not fit where it stands. */
export interface Misfit {
  readonly node: CopyNode;
  /** Clark names libxml2 would have taken instead; may hold wildcards (`##other…`). */
  readonly expected: readonly string[];
}

interface Situation extends Misfit {
  readonly names: readonly string[];
  readonly content: Content | undefined;
  readonly siblings: readonly CopyNode[];
  readonly at: number;
}

/**
 * Mends the copy so that what follows the misfit is judged, and says what was done. A name the parent knows is taken at its
 * word: something is missing before it, or it stands in the wrong place or too often. An unknown name is a misspelling of an
 * expected one, stands for a missing one, or is superfluous.
 */
export function chooseMending(misfit: Misfit, contentOf: ContentOf): Mending {
  const { node, expected } = misfit;
  const content = node.parent && contentOf(node.parent);
  const siblings = node.parent?.children ?? [];
  const names = expected.filter((e) => !e.startsWith('##'));
  const situation = { ...misfit, names, content, siblings, at: siblings.indexOf(node) };
  const own = content?.placesOf(node.clark) ?? [];
  if (content && own.length > 0) return mendKnown(situation, content, own);
  return mendUnknown(situation);
}

/** Out of the way, when nothing better helped. */
export function giveUp({ node }: Misfit): Mending {
  takeOut(node);
  return { kind: 'taken-out', found: 1 };
}

function mendKnown(s: Situation, content: Content, own: readonly number[]): Mending {
  const reach = Math.min(...placesOf(content, s.names));
  const place = own.find((p) => p > reach);
  if (place === undefined) return mendPassed(s, content, own);
  const wanted = lastRequired(content, s.names, place);
  const later = s.siblings.slice(s.at + 1);
  const strayed = later.find((sibling) => sibling.clark === wanted);
  const overtaken = later.filter((sibling) => content.placesOf(sibling.clark).some((p) => p < place));
  if (strayed && overtaken.length > 1) {
    moveAfter(s.node, overtaken.at(-1)!);
    return { kind: 'moved-down', after: localOf(overtaken.at(-1)!.clark) };
  }
  if (strayed) {
    moveBefore(strayed, s.node);
    return { kind: 'moved', strayed: localOf(wanted) };
  }
  const after = Math.max(...content.placesOf(wanted).filter((p) => p < place));
  const present = new Set(s.siblings.map((sibling) => sibling.clark));
  const rest = requiredBetween(content, after + 1, place, present);
  // libxml2 lists ten names at most, so what it lists may all be optional.
  const names = content.slots[after]!.min > 0 || rest.length === 0 ? [wanted, ...rest] : rest;
  for (const name of names) putBefore(s.node, name);
  const options = names[0] === wanted ? optionsWith(content, after, s.names) : [];
  return options.length > 1 ? { kind: 'supplied', names: names.slice(1), oneOf: options } : { kind: 'supplied', names };
}

/** Expected names that stand in the same choice as the one at `place`. */
function optionsWith(content: Content, place: number, names: readonly string[]): readonly string[] {
  const choice = content.slots[place]!.choices.at(-1)?.choice;
  if (choice === undefined) return [];
  return names.filter((name) =>
    content.placesOf(name).some((p) => content.slots[p]!.choices.some((c) => c.choice === choice)),
  );
}

/** Its own place is above, so it stands there too often, beside another option of a choice, or too far down. */
function mendPassed(s: Situation, content: Content, own: readonly number[]): Mending {
  const before = s.siblings.slice(0, s.at);
  const namesakes = s.siblings.filter((sibling) => sibling.clark === s.node.clark);
  const most = Math.max(...own.map((p) => content.slots[p]!.max));
  if (before.filter((sibling) => sibling.clark === s.node.clark).length >= most) {
    for (const surplus of namesakes.slice(most)) takeOut(surplus);
    return { kind: 'repeated', most, found: namesakes.length };
  }
  for (const sibling of before) {
    const options = optionsBeside(content, own, content.placesOf(sibling.clark));
    if (!options) continue;
    for (const later of s.siblings.slice(s.at))
      if (optionsBeside(content, content.placesOf(later.clark), content.placesOf(sibling.clark))) takeOut(later);
    return { kind: 'alternative', to: localOf(sibling.clark), options };
  }
  const next = before.find((sibling) => content.placesOf(sibling.clark)[0]! > own[0]!);
  if (!next) return nextInGroup(s, content);
  moveBefore(s.node, next);
  return { kind: 'moved-up', before: localOf(next.clark) };
}

/** In a group that repeats, it may begin the group again once the rest of the group stood. */
function nextInGroup(s: Situation, content: Content): Mending {
  const wanted = lastRequired(content, s.names, Number.POSITIVE_INFINITY);
  if (wanted === undefined) return giveUp(s);
  putBefore(s.node, wanted);
  return { kind: 'supplied', names: [wanted] };
}

/** The options of the choice in which two elements exclude each other (each by its first element); undefined when they do not. */
function optionsBeside(
  content: Content,
  mine: readonly number[],
  theirs: readonly number[],
): readonly string[] | undefined {
  for (const a of mine)
    for (const b of theirs)
      for (const one of content.slots[a]!.choices) {
        const other = content.slots[b]!.choices.find((c) => c.choice === one.choice);
        if (!other || other.option === one.option || one.max > 1) continue;
        const first = (option: number) =>
          content.slots.find((slot) => slot.choices.some((c) => c.choice === one.choice && c.option === option));
        return Array.from({ length: one.of }, (_, i) => first(i + 1)?.part).flatMap((p) =>
          p?.kind === 'element' ? [p.local] : [],
        );
      }
  return undefined;
}

function mendUnknown(s: Situation): Mending {
  const twin = twinOf(s);
  if (twin !== undefined) {
    rename(s.node, twin);
    return { kind: 'renamed', to: twin };
  }
  const outer = s.names.find((name) => s.content?.of(name)?.placesOf(s.node.clark).length);
  if (outer !== undefined) return wrapped(s, outer);
  const wanted = lastRequired(s.content, s.names, Number.POSITIVE_INFINITY);
  if (wanted === undefined || !standsFor(s, wanted)) return superfluous(s);
  putBefore(s.node, wanted);
  takeOut(s.node);
  return { kind: 'replaced', by: wanted };
}

/** Takes out all of its name from here on: they fit no better. */
function superfluous(s: Situation): Mending {
  const alike = s.siblings.slice(s.at).filter((sibling) => sibling.clark === s.node.clark);
  for (const one of alike) takeOut(one);
  return { kind: 'taken-out', found: alike.length };
}

/** The name that was meant: the same in another namespace, else an expected one that differs in a few letters. */
function twinOf(s: Situation): string | undefined {
  const local = localOf(s.node.view ? clarkOf(s.node.view) : s.node.clark);
  const twin = s.names.find((name) => localOf(name) === local) ?? namesakeIn(s.content, local);
  if (twin !== undefined) return twin;
  const free = s.names.filter((name) => s.content === undefined || !isFull(s.content, name, s.siblings));
  const near = nearest(local, free.map(localOf));
  return near === undefined ? undefined : free.find((name) => localOf(name) === near);
}

function namesakeIn(content: Content | undefined, local: string): string | undefined {
  const slot = content?.slots.find(({ part }) => part.kind === 'element' && part.local === local);
  return slot?.part.kind === 'element' ? clarkName(slot.part) : undefined;
}

/** Siblings below a misfit that share its fault, each with the name that was meant: its misspelt name, or its wrong namespace. */
export function fellowsOf({ node }: Misfit, contentOf: ContentOf): (meant: string) => readonly Misfit[] {
  const content = node.parent && contentOf(node.parent);
  const { clark } = node;
  const namespace = node.view?.namespace;
  const below = (node.parent?.children ?? []).slice((node.parent?.children ?? []).indexOf(node) + 1);
  return (meant) => {
    const strayed = localOf(meant) === localOf(clark);
    return below.flatMap((sibling) => {
      if (sibling.clark === clark) return [{ node: sibling, expected: [meant] }];
      const { view } = sibling;
      if (!strayed || view?.namespace !== namespace || !content || content.placesOf(sibling.clark).length > 0)
        return [];
      const twin = view && namesakeIn(content, view.local);
      return twin ? [{ node: sibling, expected: [twin] }] : [];
    });
  };
}

function wrapped(s: Situation, outer: string): Mending {
  const inside = s.content!.of(outer)!;
  const rest = s.siblings.slice(s.at);
  const end = rest.findIndex((sibling) => inside.placesOf(sibling.clark).length === 0);
  wrap(end < 0 ? rest : rest.slice(0, end), outer);
  return { kind: 'wrapped', in: outer };
}

/** Whether an unknown element stands where a required one is missing: not when that one stands below, or when something before it follows. */
function standsFor(s: Situation, wanted: string): boolean {
  if (!s.content?.placesOf(wanted).some((p) => s.content!.slots[p]!.min > 0)) return false;
  const later = s.siblings.slice(s.at + 1);
  if (later.some((sibling) => sibling.clark === wanted)) return false;
  const [next] = later;
  return next === undefined || !s.names.includes(next.clark);
}

function isFull(content: Content, name: string, siblings: readonly CopyNode[]): boolean {
  const most = Math.max(0, ...content.placesOf(name).map((p) => content.slots[p]!.max));
  return siblings.filter((sibling) => sibling.clark === name).length >= most;
}

function placesOf(content: Content, names: readonly string[]): readonly number[] {
  return names.flatMap((name) => content.placesOf(name));
}
