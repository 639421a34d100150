import { openSqliteStore } from '../../../src/drivers/store-sqlite/index.js';
import { commitOk, newId, request } from '../../contracts/work.js';
import { SEQUENCER } from './temporary-store.js';

/** Commits without end, from eight callers at once, and tells each commit only after it resolved: `MessageID index`. */
const [file = '', prefix = ''] = process.argv.slice(2);
const store = await openSqliteStore({
  file,
  sequencerModule: SEQUENCER,
  sequencerOptions: {},
  onFatal: (error) => {
    throw error;
  },
});
await Promise.all(Array.from({ length: 8 }, commitForever));

async function commitForever(): Promise<never> {
  for (;;) {
    const work = request({ messageId: `${prefix}-${newId()}` }, { capacity: 1_000_000 });
    const { indexes } = await commitOk(store, work);
    process.stdout.write(`${work.message.messageId} ${indexes[0]}\n`);
  }
}
