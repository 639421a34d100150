/**
 * Documents of retired versions rewritten for the current one: what moves where is a table, what has no place is named, never guessed.
 * May import: xml, message, and schema-model, catalogue, validator of this room. Start at assignment-facts.ts (the table), then upgrade-document.ts.
 */
export { type Judged, judgeUpgrade } from './judge-upgrade.js';
export type { Changed, Lost, NothingToDo, NotUnderstood, Upgraded, UpgradeResult } from './result.js';
export { isUpgradable, type UpgradeOptions, upgradeDocument, upgradeTree } from './upgrade-document.js';
