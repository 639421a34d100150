import { generateKeyPairSync, hash } from 'node:crypto';
import type { KeyVault } from '../../src/ports/index.js';

/** A vault in memory with a fixed seed; epochs can be turned and destroyed. */
export class TestVault implements KeyVault {
  readonly #epochs = new Map<number, Buffer>([[1, keyOf('epoch 1')]]);
  readonly #journalKey = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
  #current = 1;

  currentEpoch(): { id: number; key: Buffer } {
    return { id: this.#current, key: this.#epochs.get(this.#current)! };
  }

  epoch(id: number): Buffer | undefined {
    return this.#epochs.get(id);
  }

  secret(name: string): Buffer {
    return keyOf(`secret ${name}`);
  }

  journalKey(): string {
    return this.#journalKey;
  }

  turn(): void {
    this.#current += 1;
    this.#epochs.set(this.#current, keyOf(`epoch ${this.#current}`));
  }

  destroy(id: number): void {
    this.#epochs.delete(id);
  }

  replace(id: number): void {
    this.#epochs.set(id, keyOf('another key'));
  }
}

function keyOf(name: string): Buffer {
  return hash('sha256', name, 'buffer');
}
