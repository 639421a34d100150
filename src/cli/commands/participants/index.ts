import type { Command } from 'commander';
import type { Context } from '../../context.js';
import { registerCertificates } from './certificates.js';
import { registerDocument } from './document.js';
import { registerHistory } from './history.js';
import { registerList } from './list.js';
import { registerParticipant } from './participant.js';
import { registerRights } from './rights.js';
import { registerRoutes } from './routes.js';

/** `gateway participants …`: who takes part and who may what, of the running gateway. Every change is in force at once. */
export function registerParticipants(parent: Command, context: Context): void {
  const group = parent.command('participants').description(context.texts.participants);
  for (const register of [
    registerList,
    registerParticipant,
    registerCertificates,
    registerRights,
    registerRoutes,
    registerHistory,
    registerDocument,
  ])
    register(group, context);
}
