/**
 * Composition root of a worker thread: builds the world from plain data, then answers jobs. It writes nothing durable.
 */
import { BroadcastChannel, workerData } from 'node:worker_threads';
import { type SignatureAnswer, withExternalKeys } from './drivers/crypto-external/index.js';
import { type ExportedVault, vaultFrom } from './drivers/key-vault-file/index.js';
import { askMain, serveJobs } from './drivers/worker-pool/index.js';
import { Catalogue, type CatalogueData, CompiledSchemas, ContentValidator } from './formats/index.js';
import { Directory, type Snapshot } from './participants/index.js';
import { type Job, type JobResult, type Limits, runJob, type World } from './pipeline/index.js';
import { keyOfCertificate, type TrustMaterial, TrustStore, verifyByProvider } from './signature/index.js';
import { cryptoProviders, type GostChoice } from './start/crypto-providers.js';
import { type KnownFrom, openKnown } from './start/open-store.js';
import { type KeySource, signerOf, signersByKind } from './start/signer-keys.js';
import type { TrustData } from './start/trust-material.js';
import { zoneOffset } from './start/zone-offset.js';
import { initXsd } from './xml/index.js';

/** What the main thread hands over; structured-cloneable. */
export interface ThreadData {
  readonly knownFrom: KnownFrom;
  readonly vault: ExportedVault;
  /** Replaced by the main thread when another one is put in force: a thread started later begins with the newest. */
  snapshot: Snapshot;
  /** Replaced with it. */
  catalogue: CatalogueData;
  readonly gost: GostChoice;
  /** The gateway's own; at least one. */
  readonly keys: readonly KeySource[];
  readonly partners: ReadonlyMap<string, KeySource>;
  readonly limits: Limits;
  readonly timeZone: string;
  /** Replaced by the main thread when the trust folder changes: a thread started later begins with the newest. */
  trust: TrustData;
}

const data = workerData as ThreadData;
await initXsd();
// Keys outside this process are main's affair: one signing command, one queue and one state of health for all threads.
const provider = withExternalKeys(
  cryptoProviders(data.gost).provider,
  async (request) => (await askMain(request)) as SignatureAnswer,
);
const catalogue = new Catalogue(data.catalogue);
const compiled = new CompiledSchemas();
const trust = new TrustStore(data.trust.material, {
  policy: data.trust.policy,
  verifySignedBy: verifyByProvider(provider),
});
const news = new BroadcastChannel(data.trust.channel);
// Between two jobs: a message is judged wholly by the old lists or wholly by the new ones.
news.onmessage = (event: { data: unknown }) => trust.renew(event.data as TrustMaterial);
news.unref();
const directoryOf = (snapshot: Snapshot) => new Directory(snapshot, (der) => keyOfCertificate(der, provider));
let world: World = {
  directory: directoryOf(data.snapshot),
  catalogue,
  validator: new ContentValidator(catalogue, compiled),
  trust,
  provider,
  vault: vaultFrom(data.vault),
  known: await openKnown(data.knownFrom),
  signers: signersByKind(data.keys.map((source) => signerOf(source, provider))),
  partnerSigners: new Map([...data.partners].map(([mnemonic, source]) => [mnemonic, signerOf(source, provider)])),
  limits: data.limits,
  offset: zoneOffset(data.timeZone),
};

serveJobs<Job, JobResult>(async (job) => {
  if (job.job !== 'use-snapshot') return runJob(job, world);
  // Jobs that wait for a signature hold the world they began with: each is judged wholly under one snapshot.
  const other = job.catalogue && new Catalogue(job.catalogue);
  const formats = other && { catalogue: other, validator: new ContentValidator(other, compiled) };
  world = { ...world, ...formats, directory: directoryOf(job.snapshot) };
  return { job: 'use-snapshot', config: world.directory.hash };
});
