import type { PartnerAnswer } from '../../src/ports/index.js';
import { statement } from './pull-world.js';

/** What the partner of replay tests says. */
export const ANSWERED: PartnerAnswer = { kind: 'answered', content: statement(), attachments: [] };
export const BROKEN: PartnerAnswer = { kind: 'failed', cause: 'реестр ответил 400: неизвестный элемент /a/b[3]/c' };
