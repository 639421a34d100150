/** A gateway of its own process whose partner writes every effect to a file before it answers: for kills in the middle of a replay. */
import { appendFileSync } from 'node:fs';
import type { PartnerAdapter } from '../../src/ports/index.js';
import { ANSWERED, BROKEN } from './replay-answers.js';
import { testGateway } from './test-gateway.js';

const [, , folder = '', effects = ''] = process.argv;
const adapter: PartnerAdapter = {
  partner: 'EGISSO',
  deliver: async ({ messageId }) => {
    if (effects === '') return BROKEN;
    appendFileSync(effects, `${messageId}\n`);
    return ANSWERED;
  },
  ask: async () => ({ kind: 'in-doubt', cause: 'no answer' }),
};
const gateway = await testGateway({ threads: 1, adapters: new Map([['EGISSO', adapter]]) }, folder);
process.stdout.write(`ready ${gateway.url}\n`);
