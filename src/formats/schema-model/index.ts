/**
 * A format's schemas as a model that people, samples and differences are made from.
 * May import: xml, format and catalogue of this room. Start at model.ts (what there is), then format-model.ts.
 */
export { type FormatModel, formatModel, type RootModel } from './format-model.js';
export type {
  AnyModel,
  AttributeModel,
  Bound,
  Documentation,
  ElementModel,
  GroupModel,
  Particle,
  SimpleType,
  TypeModel,
} from './model.js';
export { type FieldRow, type FieldTable, fieldRows } from './rows.js';
export { type ChoicePlace, type Slot, slotsOf } from './slots.js';
export { boundInWords, facetsInWords, occurrenceInWords, typeInWords } from './words.js';
