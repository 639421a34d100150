/**
 * Formats (виды сведений): the catalogue, its life cycles, content validation in words, business rules, persons' spans.
 * May import: xml, faults, message. Start at `format.ts`, then `content-validator.ts` and `rules/rule.ts`.
 */
export { Catalogue, type CatalogueData } from './catalogue.js';
export { loadCatalogue } from './catalogue-files.js';
export { CompiledSchemas } from './compiled-schemas.js';
export { composeCatalogue, type LifeCycleChange } from './compose-catalogue.js';
export { ContentValidator, type SenderDocument } from './content-validator.js';
export { type Change, type Difference, formatDifference, type Judgement } from './difference/index.js';
export { type ElementView, fromRoot, textAt, viewOf } from './element-view.js';
export {
  type Format,
  type FormatEntry,
  formatName,
  type LifeCycleState,
  type PersonPath,
  type PurposePlace,
  type RecordPlace,
  type Role,
} from './format.js';
export { formatFile } from './format-file.js';
export { acceptable, stateAt } from './life-cycle.js';
export { type PersonSpan, personSpans, personsOf } from './persons.js';
export * from './publish/index.js';
export { routingCodeOf } from './routing-code.js';
export { RULES, type RuleContext, refusingViolations, rulesFor, runRules, SHAPES } from './rules/index.js';
export { type SampleSize, sampleOf } from './sample.js';
export { type FieldRow, type FormatModel, fieldRows, formatModel } from './schema-model/index.js';
export { controlNumber, snilsDigits, snilsFits, withHyphens } from './snils.js';
export {
  type Changed,
  isUpgradable,
  type Judged,
  judgeUpgrade,
  type Lost,
  type NotUnderstood,
  type Upgraded,
  type UpgradeOptions,
  type UpgradeResult,
  upgradeDocument,
  upgradeTree,
} from './upgrade/index.js';
