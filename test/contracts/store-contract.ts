import type { Store } from '../../src/ports/index.js';
import { storeCommitCases } from './store-commit-cases.js';
import { storeDeliveryCases } from './store-delivery-cases.js';
import { storeJournalCases } from './store-journal-cases.js';
import { storeListCases } from './store-list-cases.js';
import { storeReplayCases } from './store-replay-cases.js';

/** A fresh, empty store for each test; `close` closes it and removes what it left. */
export interface OpenedStore {
  readonly store: Store;
  close(): Promise<void>;
}

/** Every Store passes this, whatever it stands on. */
export function storeContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`Store contract: ${name}`, () => {
    let opened: OpenedStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());
    const store = (): Store => opened.store;
    storeCommitCases(store);
    storeDeliveryCases(store);
    storeListCases(store);
    storeReplayCases(store);
    storeJournalCases(store);
  });
}
