/**
 * Part of the composition root of the main thread: starts what signs, and refuses a start in which some key does not. One
 * signing command serves all threads: tokens bound their sessions, licences count processes, and one state of health
 * decides at once for everybody whether a signature can be had.
 */
import { type AskSignature, SigningCommand, withExternalKeys } from '../drivers/crypto-external/index.js';
import type { CryptoProvider, Log } from '../ports/index.js';
import type { Signer } from '../signature/index.js';
import { type KeySource, probe, type SigningKeys, signerOf } from './signer-keys.js';
import { StartRefused } from './start-refused.js';

export interface Signing {
  /** For threads: a signature of the signing command, or why there is none. */
  readonly ask: AskSignature;
  /** The gateway's own keys on this thread. */
  readonly own: readonly Signer[];
  /** Names of what does not work now, for /health/ready. */
  troubles(): readonly string[];
  close(): Promise<void>;
}

const NOT_CONFIGURED: AskSignature = async () => ({ wrong: 'GATEWAY_SIGNER is not set' });

export async function startSigning(
  keys: SigningKeys,
  signer: readonly [string, ...string[]] | undefined,
  provider: CryptoProvider,
  log: Log,
): Promise<Signing> {
  const sources = [...keys.own, ...keys.partners.values()];
  const external = sources.filter((s) => 'reference' in s);
  const wrong = await firstWrong(
    sources.filter((s) => !('reference' in s)),
    provider,
  );
  if (wrong !== undefined) throw refused(wrong);
  if (signer !== undefined && external.length === 0)
    log.warn({}, 'GATEWAY_SIGNER is set, but no key is external: the signing command is not started');
  if (signer === undefined || external.length === 0) {
    const own = keys.own.map((source) => signerOf(source, provider));
    return { ask: NOT_CONFIGURED, own, troubles: () => [], close: async () => undefined };
  }
  const command = new SigningCommand({
    command: signer,
    log,
    check: (ask) => firstWrong(external, withExternalKeys(provider, ask)),
  });
  const trouble = await command.start();
  if (trouble !== undefined) {
    await command.close();
    throw refused(`GATEWAY_SIGNER: ${trouble}`);
  }
  const ask: AskSignature = (request) => command.sign(request);
  const own = keys.own.map((source) => signerOf(source, withExternalKeys(provider, ask)));
  return {
    ask,
    own,
    troubles: () => (command.trouble === undefined ? [] : ['signer']),
    close: () => command.close(),
  };
}

async function firstWrong(sources: readonly KeySource[], provider: CryptoProvider): Promise<string | undefined> {
  for (const source of sources) {
    const wrong = await tried(source, provider);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

async function tried(source: KeySource, provider: CryptoProvider): Promise<string | undefined> {
  try {
    return await probe(signerOf(source, provider));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function refused(why: string): StartRefused {
  return new StartRefused(
    `Ключ подписи не работает: ${why}. Проверьте GATEWAY_SIGNER_KEYS и GATEWAY_SIGNER (docs/external-keys.md).`,
    `A signing key does not work: ${why}. Look at GATEWAY_SIGNER_KEYS and GATEWAY_SIGNER (docs/external-keys.md).`,
  );
}
