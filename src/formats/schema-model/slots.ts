import type { AnyModel, ElementModel, GroupModel, Occurrence, Particle, TypeModel } from './model.js';

/** A choice around a slot: only one of its options stands in a document (more where the choice repeats). */
export interface ChoicePlace extends Occurrence {
  readonly choice: GroupModel;
  /** Which option this is, from 1. */
  readonly option: number;
  readonly of: number;
}

/** A place for elements directly in another, with its groups folded into the numbers. */
export interface Slot extends Occurrence {
  readonly part: ElementModel | AnyModel;
  /** Outermost first; a choice of one option is none. */
  readonly choices: readonly ChoicePlace[];
  /** Every group around it, outermost first. */
  readonly groups: readonly GroupModel[];
}

/** The places for elements in a type, in schema order. */
export function slotsOf(type: TypeModel): readonly Slot[] {
  return type.content === undefined ? [] : within(type.content, { min: 1, max: 1 }, [], []);
}

function within(
  part: Particle,
  outer: Occurrence,
  choices: readonly ChoicePlace[],
  groups: readonly GroupModel[],
): Slot[] {
  // 0 × Infinity is not a number; nothing repeated is nothing.
  const max = part.max === 0 || outer.max === 0 ? 0 : part.max * outer.max;
  const occurs = { min: part.min * outer.min, max };
  if (part.kind === 'element' || part.kind === 'any') return [{ part, ...occurs, choices, groups }];
  const isChoice = part.kind === 'choice' && part.parts.length > 1;
  return part.parts.flatMap((inner, i) => {
    const place = { choice: part, option: i + 1, of: part.parts.length, ...occurs };
    return within(inner, occurs, isChoice ? [...choices, place] : choices, [...groups, part]);
  });
}
