/**
 * One running gateway for a test: real store, writer, workers, HTTP on a free port, in a temporary folder.
 * `checkInvariants` is called after every step a test takes through it.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Environment, isRefused, readConfig } from '../../src/config/index.js';
import { type Gateway, type GatewayOverrides, startGateway } from '../../src/gateway.js';
import { OwnTree } from '../../src/journal/verify/own-tree.js';
import type { Log } from '../../src/ports/index.js';
import { participant, type Sender } from './sender.js';

export interface TestGateway extends Gateway {
  readonly folder: string;
  readonly log: string[];
  /** A participant of the sandbox with its own key, on a connection of its own. */
  as(mnemonic: string): Sender;
  /** The operator's token. */
  readonly token: string;
  /** Chain unbroken, every accepted message journalled once, no delivery without its message. */
  checkInvariants(): Promise<void>;
  /** Stops it; the folder stays for another start. */
  stop(): Promise<void>;
}

export async function testGateway(
  overrides: GatewayOverrides = {},
  folder = newFolder(),
  environment: Environment = {},
): Promise<TestGateway> {
  const config = readConfig({ GATEWAY_DATA: folder, GATEWAY_PORT: '0', LOG_LEVEL: 'silent', ...environment });
  if (isRefused(config)) throw new Error(config.problems.join('\n'));
  const log: string[] = [];
  const gateway = await startGateway(config, listLog(log), overrides);
  keepCertificates(config.certificates);
  const token = readFileSync(join(folder, 'operator.token'), 'utf8').trim();
  return {
    ...gateway,
    folder,
    log,
    token,
    as: (mnemonic) => participant(gateway.url, config.certificates, mnemonic),
    checkInvariants: () => checkInvariants(gateway),
    stop: () => gateway.close(),
    close: async () => {
      await gateway.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Certificates of the first gateway of this run: making the keys costs most of a start, so later folders get copies. */
let certificates: string | undefined;

function keepCertificates(made: string): void {
  if (certificates !== undefined) return;
  const kept = mkdtempSync(join(tmpdir(), 'smev-gateway-certificates-'));
  cpSync(made, kept, { recursive: true });
  process.once('exit', () => rmSync(kept, { recursive: true, force: true }));
  certificates = kept;
}

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'smev-gateway-'));
  if (certificates !== undefined && existsSync(certificates))
    cpSync(certificates, join(folder, 'certs-dev'), { recursive: true });
  return folder;
}

function listLog(lines: string[]): Log {
  const write = (level: string) => (fields: object, message: string) =>
    void lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

async function checkInvariants({ store }: Gateway): Promise<void> {
  const head = await store.checkpoint();
  const leaves = await store.leaves(0, head?.size ?? 0);
  expect(leaves.length, 'a leaf for every index').to.equal(head?.size ?? 0);
  const tree = new OwnTree();
  for (const leaf of leaves) tree.add(leaf, () => undefined);
  expect(tree.root().toString('hex'), 'the signed root is the root of the leaves').to.equal(
    Buffer.from(head?.root ?? []).toString('hex'),
  );
  const accepted = leaves
    .map((l) => JSON.parse(Buffer.from(l).toString()) as { kind: string; messageId?: string })
    .filter((l) => l.kind === 'accepted');
  expect(new Set(accepted.map((l) => l.messageId)).size, 'every accepted message is journalled once').to.equal(
    accepted.length,
  );
  for (const { messageId } of accepted) {
    expect(await store.message(messageId!), `message ${messageId} is stored`).to.not.equal(undefined);
    expect((await store.deliveriesOf(messageId!)).length, `message ${messageId} has a delivery`).to.be.greaterThan(0);
  }
}
