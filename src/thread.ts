/**
 * Composition root of a worker thread: builds the world from plain data, then answers jobs. It writes nothing durable.
 */
import { workerData } from 'node:worker_threads';
import { cryptoProviders, type GostChoice } from './crypto-providers.js';
import { type ExportedVault, vaultFrom } from './drivers/key-vault-file/index.js';
import { openReadOnly } from './drivers/store-sqlite/index.js';
import { serveJobs } from './drivers/worker-pool/index.js';
import { Catalogue, type CatalogueData, ContentValidator } from './formats/index.js';
import { Directory, type Snapshot } from './participants/index.js';
import { type Job, type JobResult, type Limits, runJob, type World } from './pipeline/index.js';
import { keyOfCertificate, signerFromPem, TrustStore, verifyByProvider } from './signature/index.js';
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
const world: World = {
  directory: new Directory(data.snapshot, (der) => keyOfCertificate(der, provider)),
  catalogue,
  validator: new ContentValidator(catalogue),
  trust: new TrustStore(
    {
      roots: data.snapshot.roots.map((pem, i) => ({ name: `root ${i + 1}`, content: Buffer.from(pem) })),
      intermediates: [],
      lists: [],
      responses: [],
    },
    { verifySignedBy: verifyByProvider(provider) },
  ),
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

serveJobs<Job, JobResult>(async (job) => ({ result: await runJob(job, world) }));
