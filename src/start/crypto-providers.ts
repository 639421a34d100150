/**
 * Part of every composition root that signs or verifies: which cryptography this process has.
 */
import { composeProviders } from '../drivers/crypto-composite/index.js';
import { createNobleProvider } from '../drivers/crypto-noble/index.js';
import { createCryptoProvider, createGostEngineProvider, loadGostEngine } from '../drivers/crypto-openssl/index.js';
import type { CryptoProvider } from '../ports/index.js';

/** auto: the engine where one is installed, else TypeScript; none is for tests of a machine without GOST. */
export type GostChoice = 'auto' | 'typescript' | 'none';

export interface Crypto {
  readonly provider: CryptoProvider;
  /** Who answers for GOST: the engine's file, or the TypeScript driver. */
  readonly gost: 'engine' | 'typescript' | 'none';
  /** The engine's file, where this call loaded it: on the main thread. */
  readonly library?: string;
}

/** RSA and ECDSA by node:crypto; GOST by OpenSSL's engine, else by TypeScript. A thread gets an engine its process has loaded. */
export function cryptoProviders(choice: GostChoice = 'auto'): Crypto {
  const plain = createCryptoProvider();
  if (choice === 'none') return { provider: plain, gost: 'none' };
  const library = choice === 'auto' ? loadGostEngine() : undefined;
  const engine = choice === 'auto' ? createGostEngineProvider() : undefined;
  // Behind the engine the TypeScript driver stays: an older engine does not know every parameter set.
  const gost = engine === undefined ? [createNobleProvider()] : [engine, createNobleProvider()];
  return {
    provider: composeProviders([plain, ...gost]),
    gost: engine === undefined ? 'typescript' : 'engine',
    ...(library && { library }),
  };
}
