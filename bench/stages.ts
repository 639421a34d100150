/**
 * `node dist/bench/stages.js`: what each stage of the inbound table costs on one thread, in microseconds: the lowest batch of
 * many, since a shared machine only ever adds to it. For finding what to make cheaper; it has no bar of its own.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateDevCertificates } from '../certs-dev/generate.js';
import { projectRoot } from '../src/config/index.js';
import { createCryptoProvider } from '../src/drivers/crypto-openssl/index.js';
import { openFileKeyVault } from '../src/drivers/key-vault-file/index.js';
import { ContentValidator, loadCatalogue } from '../src/formats/index.js';
import { nameOf } from '../src/message/index.js';
import { Directory, sandboxSnapshot } from '../src/participants/index.js';
import { stagesFor } from '../src/pipeline/inbound.js';
import { DEFAULT_LIMITS, type World } from '../src/pipeline/index.js';
import type { Stage } from '../src/pipeline/stage.js';
import { openEnvelope } from '../src/pipeline/stages/open-envelope.js';
import { parseMessage } from '../src/pipeline/stages/parse-message.js';
import { keyOfCertificate, signerFromPem, TrustStore } from '../src/signature/index.js';
import { initXsd } from '../src/xml/index.js';
import { RECIPIENT, ROUTED, signedRequests } from './messages.js';

const BATCHES = 60;
const BATCH = 25;

await initXsd();
const folder = mkdtempSync(join(tmpdir(), 'smev-stages-'));
const certificates = await generateDevCertificates(folder);
const provider = createCryptoProvider();
const catalogue = loadCatalogue(join(projectRoot(), 'xsd'));
const formats = catalogue
  .entries()
  .filter((e) => e.role === 'request')
  .map((e) => ({ id: e.format.id, request: nameOf(e.root) }));
const snapshot = sandboxSnapshot({
  certificates: certificates.certificates,
  roots: certificates.roots,
  formats,
  catalogue: '',
});
const world: World = {
  directory: new Directory(
    {
      ...snapshot,
      routes: snapshot.routes.map((r) => (r.format === ROUTED ? { ...r, recipient: RECIPIENT } : r)),
    },
    (der) => keyOfCertificate(der, provider),
  ),
  catalogue,
  validator: new ContentValidator(catalogue),
  trust: new TrustStore({
    roots: snapshot.roots.map((pem) => ({ name: 'root', content: Buffer.from(pem) })),
    intermediates: [],
    lists: [],
    responses: [],
  }),
  provider,
  vault: openFileKeyVault(join(folder, 'keys')),
  known: { firstSeen: () => undefined, request: () => undefined, answered: () => false },
  signers: { ecdsa: signerFromPem({ ...certificates.gateway, provider }) },
  partnerSigners: new Map(),
  limits: DEFAULT_LIMITS,
  offset: () => 180,
};

for (const size of [2_000, 20_000]) {
  const messages = await signedRequests(folder, BATCH, size);
  const rows = [
    parseMessage as Stage<never, unknown>,
    openEnvelope as Stage<never, unknown>,
    ...stagesFor('SendRequest').map((r) => r.stage),
  ];
  const lowest = rows.map(() => Number.POSITIVE_INFINITY);
  for (let batch = 0; batch < BATCHES; batch++) {
    let known: unknown[] = messages.map((m) => ({
      version: '1.2',
      contentType: m.contentType,
      body: Uint8Array.from(m.body),
      at: Date.now(),
    }));
    for (const [i, stage] of rows.entries()) {
      const began = process.cpuUsage();
      const next: unknown[] = [];
      for (const k of known) next.push(await stage(k as never, world));
      const used = process.cpuUsage(began);
      lowest[i] = Math.min(lowest[i]!, (used.user + used.system) / BATCH);
      known = next;
    }
    if (batch === 0 && (known[0] as { kind?: string }).kind !== 'accepted')
      throw new Error(`not accepted: ${JSON.stringify(known[0]).slice(0, 500)}`);
  }
  console.log(
    `payload ${size} bytes, envelope ${messages[0]!.body.length}: µs a message, the lowest of ${BATCHES} batches`,
  );
  console.table(rows.map((stage, i) => ({ stage: stage.name, µs: Number(lowest[i]!.toFixed(1)) })));
  console.log(`total ${lowest.reduce((a, b) => a + b, 0).toFixed(0)} µs`);
}
rmSync(folder, { recursive: true, force: true });
