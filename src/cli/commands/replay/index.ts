import type { Command } from 'commander';
import type { Context } from '../../context.js';
import { registerGroups } from './groups.js';
import { registerPlan } from './plan.js';
import { registerReport } from './report.js';
import { replayTexts } from './texts.js';
import { registerVerbs } from './verbs.js';

export { registerDeliveries } from './deliveries.js';

/** `gateway replay …`: groups of failures, and plans that replay them on the server. */
export function registerReplay(parent: Command, context: Context): void {
  const group = parent.command('replay').description(replayTexts(context.settings.language).replay);
  for (const register of [registerGroups, registerPlan, registerVerbs, registerReport]) register(group, context);
}
