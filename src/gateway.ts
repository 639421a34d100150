/**
 * Composition root of the gateway's main thread: from one configuration to a running server. main.ts calls it for a
 * person, tests call it for themselves; everything the process holds is closed by `close`, in reverse order.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { v1 as uuidv1 } from 'uuid';
import { generateDevCertificates } from '../certs-dev/generate.js';
import { type Config, projectRoot } from './config/index.js';
import { DEFAULT_POLICY } from './delivery/index.js';
import type { SignatureRequest } from './drivers/crypto-external/index.js';
import { openFileFolder } from './drivers/files-folder/index.js';
import { openFileKeyVault } from './drivers/key-vault-file/index.js';
import { lockDataFolder } from './drivers/store-sqlite/index.js';
import { createWorkerPool } from './drivers/worker-pool/index.js';
import { createApi } from './entrypoints/http-api/index.js';
import { createFilesHandler } from './entrypoints/http-files/index.js';
import { createSoapHandler, loadContract } from './entrypoints/http-soap/index.js';
import { type Catalogue, loadCatalogue } from './formats/index.js';
import { readGuard, vkeyOf } from './journal/index.js';
import { Directory, type Snapshot } from './participants/index.js';
import {
  AnswerWatch,
  Catalogues,
  DEFAULT_LIMITS,
  FileDesk,
  FileExpiry,
  InForce,
  type Job,
  type JobResult,
  LateChecks,
  type Limits,
  Mailboxes,
  MarkUse,
  OperatorWords,
  Outbound,
  PartnerGates,
  Publications,
  Quotas,
  Reception,
  RefusalCounter,
  Renewals,
  Replays,
  Sweeper,
} from './pipeline/index.js';
import type { Clock, FileStore, KeyVault, Log, PartnerAdapter, Store } from './ports/index.js';
import type { SequencerOptions } from './sequencer.js';
import { keyOfCertificate } from './signature/index.js';
import { cryptoProviders, type GostChoice } from './start/crypto-providers.js';
import { dayLedgerIn, horizonIn, operatorTokenIn, replaceFile } from './start/data-files.js';
import { dispatcherFor } from './start/dispatcher-for.js';
import { filesFolder, ftpRoad } from './start/file-roads.js';
import { followSnapshot } from './start/follow-snapshot.js';
import { signingKeys, withPartners } from './start/gateway-keys.js';
import { gostCheckpointOf } from './start/gost-checkpoint.js';
import { guardAgainstRollBack } from './start/guard-against-roll-back.js';
import { judgeInThread } from './start/judge-in-thread.js';
import { closeServer, listen } from './start/listen.js';
import { openStore } from './start/open-store.js';
import { startPartners } from './start/sandbox-partners.js';
import { startSigning } from './start/signing.js';
import { snapshotInForce } from './start/snapshot-in-force.js';
import { StartRefused } from './start/start-refused.js';
import { stopNow } from './start/stop-now.js';
import { tellOfPartner } from './start/tell-of-partner.js';
import { rootsIn, trustMaterial, trustPolicy } from './start/trust-material.js';
import { TrustWatch } from './start/trust-watch.js';
import { zoneOffset } from './start/zone-offset.js';
import type { ThreadData } from './thread.js';

/** What tests and benchmarks may set differently; production uses the defaults. */
export interface GatewayOverrides {
  readonly clock?: Clock;
  readonly limits?: Partial<Limits>;
  /** Milliseconds a message is held for its reader. */
  readonly lease?: number;
  readonly threads?: number;
  /** Which driver answers for GOST. */
  readonly gost?: GostChoice;
  /** Changes the sandbox's snapshot before it is put in force. */
  readonly snapshot?: (snapshot: Snapshot) => Snapshot;
  /** Changes the catalogue that was read. */
  readonly catalogue?: (catalogue: Catalogue) => Catalogue;
  readonly adapters?: ReadonlyMap<string, PartnerAdapter>;
  /** The process must stop: the outcome of a write is unknown. */
  readonly onFatal?: (error: Error) => void;
}

export interface Gateway {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  readonly store: Store;
  readonly vault: KeyVault;
  readonly files: FileStore;
  /** `ftp://host:port`, where GATEWAY_FTP_PORT is set. */
  readonly ftpUrl?: string;
  readonly verifierKey: string;
  /** The sandbox registry's address, where the sandbox runs. */
  readonly registryUrl?: string;
  /** Addresses of all partners the sandbox runs, by mnemonic. */
  readonly partnerUrls: ReadonlyMap<string, string>;
  /** Reads the trust folder now instead of within a minute; true when it had changed. */
  renewTrust(): boolean;
  close(): Promise<void>;
}

const DAY = 24 * 3_600_000;
const LEASE = 15 * 60_000;
const CALL_LIMIT = 30_000;
const JOB_DEADLINE = 10_000;
const JOBS_WAITING = 512;
const FLUSH_REFUSALS_EVERY = 60_000;

export async function startGateway(config: Config, log: Log, overrides: GatewayOverrides = {}): Promise<Gateway> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return await assemble(config, log, overrides, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function assemble(
  config: Config,
  log: Log,
  overrides: GatewayOverrides,
  closers: (() => Promise<void> | void)[],
  close: () => Promise<void>,
): Promise<Gateway> {
  const clock = overrides.clock ?? { now: () => Date.now() };
  const lock = lockDataFolder(config.data);
  if (!lock.ok) throw new StartRefused(lock.ru, lock.en);
  closers.push(() => lock.release());
  const root = projectRoot();
  const vault = openFileKeyVault(config.keys);
  const verifierKey = vkeyOf(config.journalOrigin, vault.journalKey());
  const limits = { ...DEFAULT_LIMITS, ...overrides.limits };

  const guardFile = join(config.data, 'checkpoint.last');
  const sequencerOptions: SequencerOptions = {
    origin: config.journalOrigin,
    journalKey: vault.journalKey(),
    guardFile,
  };
  // Read before the writer opens it: what was handed out before this start.
  const guard = readGuard(guardFile);
  const opened = await openStore(config, sequencerOptions, overrides.onFatal ?? ((error) => stopNow(log, error)));
  const { store } = opened;
  closers.push(() => store.close());
  const verifierKeyFile = join(config.data, 'journal.vkey');
  // A data folder that never ran may join a journal that others keep: there is no guard of its own to hold against it.
  if (opened.shared && !existsSync(verifierKeyFile)) log.info({}, 'a new process on a shared journal');
  else await guardAgainstRollBack(store, guard, verifierKey);
  opened.begin();
  replaceFile(verifierKeyFile, `${verifierKey}\n`, 0o644);

  // Before the threads start: they share the engine this loads.
  const crypto = cryptoProviders(overrides.gost);
  const trustFolder = join(config.data, 'trust');
  const certificates = await generateDevCertificates(config.certificates, new Date(clock.now()));
  const keys = signingKeys(config, certificates, crypto.gost !== 'none');
  if (config.production && [...keys.own, ...keys.partners.values()].some((k) => 'privateKeyPem' in k))
    log.warn({}, 'GATEWAY_FILE_KEYS=1: PRIVATE KEYS THAT SIGN LIE IN FILES; whoever reads them signs in your name');
  const signing = await startSigning(keys, config.signer, crypto.provider, log);
  closers.push(() => signing.close());
  const read = loadCatalogue(join(root, 'xsd'));
  const builtIn = (overrides.catalogue?.(read) ?? read).data;
  const catalogues = new Catalogues(builtIn, (hash) => store.artefact(hash));
  const { snapshot, catalogue } = await snapshotInForce({
    store,
    vault,
    clock,
    catalogues,
    sandbox: config.sandbox,
    certificates: {
      roots: [...certificates.roots, ...rootsIn(trustFolder)],
      certificates: withPartners(certificates.certificates, keys),
    },
    ...(overrides.snapshot && { change: overrides.snapshot }),
  });
  const partners = await startPartners(config, closers);
  const registryUrl = partners.own.get('EGISSO');
  const threadData: ThreadData = {
    knownFrom: opened.knownFrom,
    vault: vault.exportVault(),
    snapshot,
    catalogue: catalogue.data,
    gost: overrides.gost ?? 'auto',
    keys: keys.own,
    partners: keys.partners,
    limits,
    timeZone: config.timeZone,
    trust: {
      channel: `trust ${randomUUID()}`,
      policy: trustPolicy(config.production),
      material: trustMaterial(trustFolder, snapshot.roots),
    },
  };
  const workers = await createWorkerPool<Job, JobResult>({
    module: new URL('./thread.js', import.meta.url),
    workerData: threadData,
    threads: overrides.threads ?? Math.max(2, availableParallelism() - 1),
    queueLimit: JOBS_WAITING,
    deadline: JOB_DEADLINE,
    answer: (question) => signing.ask(question as SignatureRequest),
  });
  closers.push(() => workers.close());
  const inForce = new InForce(
    {
      store,
      vault,
      clock,
      directoryOf: (other) => new Directory(other, (der) => keyOfCertificate(der, crypto.provider)),
      catalogues,
      handOver: (other, formats) => {
        threadData.snapshot = other;
        if (formats !== undefined) threadData.catalogue = formats.data;
        return workers.broadcast({ job: 'use-snapshot', snapshot: other, ...(formats && { catalogue: formats.data }) });
      },
    },
    snapshot,
    catalogue,
  );
  if (opened.shared) {
    const following = followSnapshot(inForce, log);
    closers.push(() => following.close());
  }
  const trustWatch = new TrustWatch({
    folder: trustFolder,
    channel: threadData.trust.channel,
    workers,
    clock,
    log,
    read: () => trustMaterial(trustFolder, snapshot.roots),
    renewed: (material) => {
      threadData.trust = { ...threadData.trust, material };
    },
  });
  closers.push(() => trustWatch.close());

  const adapters = overrides.adapters ?? partners.adapters;
  const policyOf = (partner: string) => ({ ...DEFAULT_POLICY, ...inForce.directory.participant(partner)?.delivery });
  const gates = new PartnerGates({
    policyOf,
    offset: zoneOffset(config.timeZone),
    changed: (partner, to) => void tellOfPartner(partner, to, store, log),
  });
  const { dispatcher, weaknesses } = await dispatcherFor(config, {
    clock,
    log,
    partners: [...adapters.keys()],
    concurrency: (partner) => policyOf(partner).concurrency,
  });
  closers.push(() => dispatcher.close());
  const refusals = new RefusalCounter();
  let address = '';
  const mailboxes = new Mailboxes({
    store,
    workers,
    clock,
    vault,
    log,
    lease: overrides.lease ?? LEASE,
    pollWindow: 2 * limits.pollSkew,
    ...(!opened.shared && { pollHorizon: horizonIn(join(config.data, 'polls.horizon')) }),
    putAside: async (message, delivery, why) => {
      const done = await workers.run({
        job: 'refuse-delivery',
        message,
        delivery,
        fault: why,
        to: 'failed',
        at: clock.now(),
      });
      if (done.ok) await store.commit((done.result as Extract<JobResult, { job: 'refuse-delivery' }>).commit);
    },
  });
  const files = await openFileFolder({ folder: filesFolder(config), vault, clock });
  closers.push(() => files.close());
  if (opened.shared && config.files === undefined)
    log.warn(
      {},
      'GATEWAY_FILES is not set: gateways of one journal must share the folder of files, or they find none of each other',
    );
  const desk = new FileDesk({ files, provider: crypto.provider, greatestDocument: limits.fileDocument });
  const lateChecks = new LateChecks({
    files: desk,
    store,
    workers,
    clock,
    log,
    passed: (delivery) => void dispatcher.schedule(delivery.id, delivery.recipient, clock.now()),
  });
  const offset = zoneOffset(config.timeZone);
  const quotas = new Quotas({
    clock,
    offset,
    ledger: dayLedgerIn(join(config.data, 'quotas.day')),
    quotaOf: (mnemonic) => inForce.directory.participant(mnemonic)?.quota,
  });
  closers.push(() => quotas.flush());
  const reception = new Reception({
    quotas,
    use: new MarkUse({ store, clock, vault, offset }),
    store,
    workers,
    mailboxes,
    refusals,
    clock,
    vault,
    log,
    ...(opened.shared && { catchUp: () => inForce.catchUp() }),
    isAway: () => opened.troubles().includes('database'),
    address: () => config.publicUrl ?? address,
    committed: (outcome, deliveries) => {
      for (const [i, delivery] of (outcome.commit.deliveries ?? []).entries()) {
        if (delivery.state === 'checking') lateChecks.wake();
        else if (delivery.road === 'push') void dispatcher.schedule(deliveries[i]!, delivery.recipient, clock.now());
      }
    },
  });
  const outbound = new Outbound({
    store,
    workers,
    dispatcher,
    adapters,
    gates,
    reception,
    clock,
    vault,
    log,
    random: Math.random,
    newMessageId: () => uuidv1(),
    callLimit: CALL_LIMIT,
    files: desk,
  });
  const replays = new Replays({
    store,
    workers,
    get directory() {
      return inForce.directory;
    },
    dispatcher,
    gates,
    policyOf,
    clock,
    vault,
    log,
  });
  const sweeper = new Sweeper({ store, clock, vault, log });
  const expiry = new FileExpiry({ files, store, clock, log, term: config.filesDays * DAY });
  const flush = setInterval(() => void refusals.flush(store, vault, clock), FLUSH_REFUSALS_EVERY);
  closers.push(() => {
    clearInterval(flush);
    return refusals.flush(store, vault, clock);
  });

  const gostCheckpoint = gostCheckpointOf(signing.own, config.journalOrigin, clock);
  if (gostCheckpoint !== undefined)
    replaceFile(join(config.data, 'journal.gost.vkey'), `${gostCheckpoint.verifierKey}\n`, 0o644);
  // One token for all gateways of a journal: a caller behind a proxy does not know which it reaches.
  const shared = opened.shared ? vault.secret('operator-token').toString('base64url') : undefined;
  const operatorToken = operatorTokenIn(config.data, shared);
  const fileRoad = createFilesHandler({ files, vault, clock, log });
  const soap = createSoapHandler({
    reception,
    contract: loadContract(root),
    limits,
    log,
    address: () => config.publicUrl ?? address,
  });
  const { judge, close: endJudging } = judgeInThread(log);
  closers.push(endJudging);
  const api = createApi({
    store,
    workers,
    inForce,
    sandbox: config.sandbox,
    get directory() {
      return inForce.directory;
    },
    get catalogue() {
      return inForce.catalogue;
    },
    publications: new Publications({ inForce, store, clock, builtIn, judge }),
    renewals: new Renewals({ store, workers, inForce, refusals, clock, vault, log }),
    operatorWords: new OperatorWords({ store, workers, clock, vault }),
    replays,
    clock,
    vault,
    log,
    limits,
    operatorToken,
    verifierKey,
    ...(gostCheckpoint && { gostCheckpoint }),
    certificates: { current: keys.own.map((k) => k.certificatePem), next: keys.next },
    troubles: () => [...signing.troubles(), ...opened.troubles()],
    weaknesses,
  });
  const server = await listen(config, (request, response) => {
    if (!soap(request, response) && !fileRoad(request, response)) api(request, response);
  });
  closers.push(() => closeServer(server));
  await outbound.start();
  closers.push(() => outbound.close());
  await replays.start();
  closers.push(() => replays.close());
  lateChecks.wake();
  closers.push(() => lateChecks.close());
  sweeper.start();
  closers.push(() => sweeper.close());
  expiry.start();
  closers.push(() => expiry.close());
  const answers = new AnswerWatch({ store, clock, log });
  answers.start();
  closers.push(() => answers.close());

  const { port } = server.address() as AddressInfo;
  address = `${config.tls === undefined ? 'http' : 'https'}://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  replaceFile(join(config.data, 'gateway.url'), `${address}\n`, 0o644);
  closers.push(() => rmSync(join(config.data, 'gateway.url'), { force: true }));
  const ftp = await ftpRoad(config, { files, vault, clock, log });
  if (ftp !== undefined) {
    closers.push(() => ftp.close());
    closers.push(() => rmSync(join(config.data, 'gateway.ftp-url'), { force: true }));
  }
  return {
    url: address,
    store,
    vault,
    verifierKey,
    ...(registryUrl !== undefined && { registryUrl }),
    partnerUrls: partners.own,
    files,
    ...(ftp && { ftpUrl: ftp.url }),
    renewTrust: () => trustWatch.look(),
    close,
  };
}
