import { openPostgresStore } from '../../../src/drivers/store-postgres/index.js';
import { newId, request } from '../../contracts/work.js';
import { type ChildOptions, journalLeaf } from './journal-of-children.js';

/**
 * Commits without end, from eight callers at once, with the gateway's own sequencer, and tells each commit only after it
 * resolved: `MessageID index size-of-checkpoint note`. What is not written is tried again under a new id.
 */
const options = JSON.parse(process.argv[2] ?? '{}') as ChildOptions;
const store = await openPostgresStore({
  url: options.url,
  schema: options.schema,
  sequencerModule: new URL('../../../src/sequencer.js', import.meta.url).href,
  sequencerOptions: { origin: options.origin, journalKey: options.journalKey, guardFile: options.guardFile },
  onFatal: (error) => {
    process.stderr.write(`fatal: ${error.message}\n`);
    process.exit(70);
  },
});
// Does not outlive the test that started it.
process.stdin.resume().once('end', () => process.exit());
process.stdout.write('open\n');
await Promise.all(Array.from({ length: 8 }, commitForever));

async function commitForever(): Promise<never> {
  for (;;) {
    const work = request({ messageId: `${options.prefix}-${newId()}` }, { capacity: 1_000_000 });
    const done = await store.commit({ ...work, leaves: [journalLeaf(work.message)] });
    if (done.ok) {
      const note = Buffer.from(done.checkpoint.note).toString('base64');
      process.stdout.write(`${work.message.messageId} ${done.indexes[0] ?? '-'} ${note}\n`);
    } else await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
