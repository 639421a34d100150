import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { egissoAdapter } from '../../adapters/egisso/index.js';
import { pensionFundAdapter } from '../../adapters/pension-fund/index.js';
import type { Config } from '../config/index.js';
import type { PartnerAdapter } from '../ports/index.js';
import { replaceFile } from './data-files.js';
import { PARTNERS_FILE, startPartnerThread } from './partner-thread.js';

/** Where a partner's own address is set, what stands in for it in the sandbox, and what carries messages to either. */
interface Partner {
  readonly mnemonic: string;
  readonly configured: (config: Config) => string | undefined;
  readonly thread: string;
  /** Of its storage, in the data folder. */
  readonly file: string;
  readonly adapter: (options: { url: string; partner: string }) => PartnerAdapter;
}

const PARTNERS: readonly Partner[] = [
  {
    mnemonic: 'EGISSO',
    configured: (config) => config.egissoUrl,
    thread: 'egisso/registry-thread.js',
    file: 'sandbox-egisso.db',
    adapter: egissoAdapter,
  },
  {
    mnemonic: 'PFR',
    configured: (config) => config.pfrUrl,
    thread: 'pension-fund/fund-thread.js',
    file: 'sandbox-pension-fund.db',
    adapter: pensionFundAdapter,
  },
];

export interface Partners {
  /** By mnemonic. */
  readonly adapters: ReadonlyMap<string, PartnerAdapter>;
  /** Addresses of the sandbox's own, by mnemonic. */
  readonly own: ReadonlyMap<string, string>;
}

/** Adapters for every partner that has an address; those without get a stand-in where the sandbox runs. `closers` takes what is to be closed. */
export async function startPartners(config: Config, closers: (() => Promise<void> | void)[]): Promise<Partners> {
  const own = new Map<string, string>();
  const adapters = new Map<string, PartnerAdapter>();
  await Promise.all(
    PARTNERS.map(async ({ mnemonic, configured, thread, file }) => {
      if (!config.sandbox || configured(config) !== undefined) return;
      const running = await startPartnerThread(thread, join(config.data, file));
      closers.push(() => running.close());
      own.set(mnemonic, running.url);
    }),
  );
  if (own.size > 0) {
    const file = join(config.data, PARTNERS_FILE);
    replaceFile(file, `${JSON.stringify(Object.fromEntries(own))}\n`, 0o644);
    closers.push(() => rmSync(file, { force: true }));
  }
  for (const { mnemonic, configured, adapter } of PARTNERS) {
    const url = configured(config) ?? own.get(mnemonic);
    if (url !== undefined) adapters.set(mnemonic, adapter({ url, partner: mnemonic }));
  }
  return { adapters, own };
}
