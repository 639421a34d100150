/**
 * Composition root of a worker thread: builds the world from plain data, then answers jobs. It writes nothing durable.
 */
import { BroadcastChannel, workerData } from 'node:worker_threads';
import { cryptoProviders, type GostChoice } from './crypto-providers.js';
import { type ExportedVault, vaultFrom } from './drivers/key-vault-file/index.js';
import { openReadOnly } from './drivers/store-sqlite/index.js';
import { serveJobs } from './drivers/worker-pool/index.js';
import { Catalogue, type CatalogueData, ContentValidator } from './formats/index.js';
import { Directory, type Snapshot } from './participants/index.js';
import { type Job, type JobResult, type Limits, runJob, type World } from './pipeline/index.js';
import {
  keyOfCertificate,
  signerFromPem,
  type TrustMaterial,
  TrustStore,
  verifyByProvider,
} from './signature/index.js';
import type { TrustData } from './trust-material.js';
import { initXsd } from './xml/index.js';
import { zoneOffset } from './zone-offset.js';

/** What the main thread hands over; structured-cloneable. */
export interface ThreadData {
  readonly databaseFile: string;
  readonly vault: ExportedVault;
  readonly snapshot: Snapshot;
  readonly catalogue: CatalogueData;
  readonly gateway: PemPair;
  readonly gatewayGost: PemPair;
  readonly gost: GostChoice;
  readonly partners: ReadonlyMap<string, PemPair>;
  readonly limits: Limits;
  readonly timeZone: string;
  /** Replaced by the main thread when the trust folder changes: a thread started later begins with the newest. */
  trust: TrustData;
}

export interface PemPair {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

const data = workerData as ThreadData;
await initXsd();
const { provider, gost } = cryptoProviders(data.gost);
const catalogue = new Catalogue(data.catalogue);
const store = openReadOnly(data.databaseFile);
const signer = (pair: PemPair) => signerFromPem({ ...pair, provider });
const trust = new TrustStore(data.trust.material, {
  policy: data.trust.policy,
  verifySignedBy: verifyByProvider(provider),
});
const news = new BroadcastChannel(data.trust.channel);
// Between two jobs: a message is judged wholly by the old lists or wholly by the new ones.
news.onmessage = (event: { data: unknown }) => trust.renew(event.data as TrustMaterial);
news.unref();
const world: World = {
  directory: new Directory(data.snapshot, (der) => keyOfCertificate(der, provider)),
  catalogue,
  validator: new ContentValidator(catalogue),
  trust,
  provider,
  vault: vaultFrom(data.vault),
  known: {
    firstSeen: (id) => store.firstSeen(id),
    request: (id) => {
      const found = store.request(id);
      return found === undefined ? undefined : { ...found, messageId: id };
    },
  },
  signers: { ecdsa: signer(data.gateway), ...(gost !== 'none' && { gost: signer(data.gatewayGost) }) },
  partnerSigners: new Map([...data.partners].map(([mnemonic, pair]) => [mnemonic, signer(pair)])),
  limits: data.limits,
  offset: zoneOffset(data.timeZone),
};

serveJobs<Job, JobResult>((job) => runJob(job, world));
