/** Two implementations of GOST and the openssl command judge each other: whatever one signs the others accept, changed never. */
import { createPrivateKey, generateKeyPairSync, hash } from 'node:crypto';
import { inspect } from 'node:util';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import {
  createNobleProvider,
  generateGostKey,
  writePrivateKey,
  writePublicKey,
} from '../../../src/drivers/crypto-noble/index.js';
import { streebog } from '../../../src/drivers/crypto-noble/streebog.js';
import { loadGostEngine } from '../../../src/drivers/crypto-openssl/index.js';
import type { CryptoProvider, SigningKey, VerificationKey } from '../../../src/ports/index.js';
import { DIGESTS, SIGNATURES } from '../../../src/signature/index.js';
import { itWithEngine, octets, opensslWithGost, seeded } from './gost-machine.js';

const SEED = 0x34102012;
const noble = createNobleProvider();
const SIZES = [256, 512] as const;
const SETS = [
  [256, '1.2.643.2.2.35.1'],
  [256, '1.2.643.2.2.35.2'],
  [256, '1.2.643.2.2.35.3'],
  [256, '1.2.643.2.2.36.0'],
  [256, '1.2.643.2.2.36.1'],
  [256, '1.2.643.7.1.2.1.1.1'],
  [256, '1.2.643.7.1.2.1.1.2'],
  [256, '1.2.643.7.1.2.1.1.3'],
  [256, '1.2.643.7.1.2.1.1.4'],
  [512, '1.2.643.7.1.2.1.2.1'],
  [512, '1.2.643.7.1.2.1.2.2'],
  [512, '1.2.643.7.1.2.1.2.3'],
] as const;

interface Pair {
  readonly uri: string;
  readonly pem: string;
  readonly spki: Buffer;
}

function newPair(bits: 256 | 512, set?: string): Pair {
  const key = generateGostKey(bits, set);
  const uri = bits === 256 ? SIGNATURES.gost256 : SIGNATURES.gost512;
  return { uri, pem: writePrivateKey(key), spki: writePublicKey(key) };
}

function keysOf(provider: CryptoProvider, { pem, spki }: Pair): { own: SigningKey; other: VerificationKey } {
  return { own: provider.importPrivateKey(pem)!, other: provider.importPublicKey(spki)! };
}

/** `count` messages signed by one and judged by the other, each with a changed twin. */
async function agree(signing: CryptoProvider, judging: CryptoProvider, bits: 256 | 512, count: number): Promise<void> {
  const random = seeded(SEED);
  const pair = newPair(bits);
  const { own } = keysOf(signing, pair);
  const { other } = keysOf(judging, pair);
  for (let i = 0; i < count; i++) {
    const message = octets(random);
    const signature = await signing.sign(pair.uri, own, message);
    expect(judging.verify(pair.uri, other, message, signature), `seed ${SEED}, message ${i}`).to.equal(true);
    // Every tenth twin: a refusal costs as much as an acceptance.
    if (i % 10 > 0) continue;
    const at = Math.floor(random() * signature.length);
    const changed = signature.with(at, signature[at]! ^ (1 << Math.floor(random() * 8)));
    expect(judging.verify(pair.uri, other, message, changed), `changed signature of ${i}`).to.equal(false);
    expect(judging.verify(pair.uri, other, Buffer.concat([message, Buffer.from([0])]), signature)).to.equal(false);
  }
}

describe(`GOST drivers against each other (seed ${SEED})`, function () {
  this.timeout(60_000);

  for (const bits of SIZES) {
    it(`accepts its own and refuses changed ones in TypeScript alone (${bits} bits, 100 messages)`, () =>
      agree(noble, noble, bits, 100));
  }
  itWithEngine('the engine accepts 1,000 messages signed in TypeScript (256 bits)', (e) => agree(noble, e, 256, 1000));
  itWithEngine('TypeScript accepts 1,000 messages signed by the engine (256 bits)', (e) => agree(e, noble, 256, 1000));
  itWithEngine('the engine accepts 200 messages signed in TypeScript (512 bits)', (e) => agree(noble, e, 512, 200));
  itWithEngine('TypeScript accepts 200 messages signed by the engine (512 bits)', (e) => agree(e, noble, 512, 200));

  for (const [bits, set] of SETS) {
    it(`signs and verifies on parameter set ${set} in TypeScript`, async () => {
      const pair = newPair(bits, set);
      const { own, other } = keysOf(noble, pair);
      const message = Buffer.from('на всех кривых');
      const signature = await noble.sign(pair.uri, own, message);
      expect(noble.verify(pair.uri, other, message, signature)).to.equal(true);
      expect(noble.verify(pair.uri, other, Buffer.from('на других'), signature)).to.equal(false);
    });
  }
  itWithEngine('agree on all twelve parameter sets', async (e) => {
    for (const [bits, set] of SETS) {
      const pair = newPair(bits, set);
      const [a, b] = [keysOf(noble, pair), keysOf(e, pair)];
      const message = Buffer.from(set);
      expect(e.verify(pair.uri, b.other, message, await noble.sign(pair.uri, a.own, message)), set).to.equal(true);
      expect(noble.verify(pair.uri, a.other, message, await e.sign(pair.uri, b.own, message)), set).to.equal(true);
    }
  });

  itWithEngine('digest alike: 400 seeded messages and every length around a block', (e) => {
    const random = seeded(SEED);
    const messages = [
      ...Array.from({ length: 400 }, () => octets(random, 5_000)),
      ...Array.from({ length: 200 }, (_, n) => Buffer.alloc(n, 0xff)),
    ];
    for (const message of messages) {
      expect(streebog(256, message)).to.deep.equal(e.digest(DIGESTS.gost256, message));
      expect(streebog(512, message)).to.deep.equal(e.digest(DIGESTS.gost512, message));
    }
  });

  for (const [name, pick] of [
    ['TypeScript', () => noble],
    ['the engine', (e: CryptoProvider) => e],
  ] as const) {
    itWithEngine(`${name} refuses keys of another size, kind or maker without throwing`, (e) => {
      const provider = pick(e);
      const small = keysOf(provider, newPair(256));
      const [rsa] = [generateKeyPairSync('rsa', { modulusLength: 2048 })];
      const foreign = keysOf(provider === e ? noble : e, newPair(256)).other;
      const signature = Buffer.alloc(128, 1);
      expect(provider.verify(SIGNATURES.gost512, small.other, Buffer.from('x'), signature)).to.equal(false);
      expect(provider.verify(SIGNATURES.gost256, small.other, Buffer.from('x'), signature)).to.equal(false);
      expect(provider.verify(SIGNATURES.gost256, small.other, Buffer.from('x'), Buffer.alloc(0))).to.equal(false);
      expect(provider.verify(SIGNATURES.gost256, rsa.publicKey, Buffer.from('x'), signature)).to.equal(false);
      expect(provider.verify(SIGNATURES.gost256, foreign, Buffer.from('x'), signature.subarray(64))).to.equal(false);
      expect(provider.importPublicKey(rsa.publicKey.export({ type: 'spki', format: 'der' }))).to.equal(undefined);
      expect(provider.importPublicKey(Buffer.from('не ключ'))).to.equal(undefined);
      expect(provider.importPrivateKey('не ключ')).to.equal(undefined);
    });
  }

  it('refuses a public key that is no point of the curve', () => {
    const { spki } = newPair(256);
    const moved = Buffer.from(spki);
    moved[moved.length - 1]! ^= 1;
    expect(noble.importPublicKey(moved)).to.equal(undefined);
  });

  it('shows no private number in prints and JSON', () => {
    const pair = newPair(256);
    const { own } = keysOf(noble, pair);
    const d = Buffer.from(pair.pem.split('\n').slice(1, -2).join(''), 'base64').subarray(-32).reverse();
    const shown = inspect(own, { depth: 20, showHidden: true });
    expect(shown)
      .to.not.include(d.toString('hex'))
      .and.not.include(BigInt(`0x${d.toString('hex')}`).toString());
  });
});

describe("OpenSSL's engine in this process", () => {
  itWithEngine('leaves no error behind that the next PEM would stumble over', async (e) => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
    const pair = newPair(256);
    const { own, other } = keysOf(e, pair);
    const readable = (what: string) => expect(() => createPrivateKey(rsa), what).to.not.throw();
    e.digest(DIGESTS.gost256, Buffer.from('x'));
    readable('after a digest');
    const signature = await e.sign(pair.uri, own, Buffer.from('x'));
    readable('after a signature');
    e.verify(pair.uri, other, Buffer.from('x'), signature);
    readable('after a verification');
    e.importPublicKey(Buffer.from('не ключ'));
    readable('after a key that is none');
    expect(e.importPrivateKey(pair.pem)).to.not.equal(undefined);
    // The bare call has the trap: should it be gone one day, so can the remedy be.
    hash('md_gost12_256', 'x');
    expect(() => createPrivateKey(rsa)).to.throw(/unsupported/);
  });

  itWithEngine('is there in worker threads too', async () => {
    const module = new URL('../../../src/drivers/crypto-openssl/index.js', import.meta.url).href;
    const worker = new Worker(
      `const { parentPort } = require('node:worker_threads');
       import('${module}').then((m) => parentPort.postMessage([m.loadGostEngine(), m.createGostEngineProvider() !== undefined]));`,
      { eval: true },
    );
    const [loaded, provides] = await new Promise<[unknown, boolean]>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    await worker.terminate();
    expect([loaded, provides]).to.deep.equal([undefined, true]);
  });

  it('is not missed where it is not installed, or is no engine', () => {
    expect(loadGostEngine(['/nonexistent/gost.so'])).to.equal(undefined);
    expect(loadGostEngine([process.execPath])).to.equal(undefined);
  });
});

describe('GOST against the openssl command', function () {
  this.timeout(60_000);
  const command = opensslWithGost();
  after(() => command?.close());
  const needs = command === undefined ? ' [skipped: no openssl command with a gost engine]' : '';

  for (const bits of SIZES) {
    it(`TypeScript verifies what openssl signs and openssl what TypeScript signs (${bits} bits, 25 messages each)${needs}`, async function () {
      if (command === undefined) this.skip();
      const random = seeded(SEED);
      const pair = newPair(bits);
      const { own, other } = keysOf(noble, pair);
      const pem = command.file('key.pem', pair.pem);
      const publicPem = command.file('public.pem', command.run(['pkey', '-in', pem, '-pubout']));
      const digest = `-md_gost12_${bits}`;
      const accepts = (signature: Uint8Array) => {
        try {
          const file = command.file('signature', signature);
          command.run(['dgst', digest, '-verify', publicPem, '-signature', file, command.file('message')]);
          return true;
        } catch {
          return false;
        }
      };
      for (let i = 0; i < 25; i++) {
        const message = octets(random);
        const file = command.file('message', message);
        const theirs = command.run(['dgst', digest, '-sign', pem, file]);
        expect(noble.verify(pair.uri, other, message, theirs), `openssl's ${i}`).to.equal(true);
        const ours = await noble.sign(pair.uri, own, message);
        expect(accepts(ours), `ours ${i}`).to.equal(true);
        if (i === 0) expect(accepts(ours.with(3, ours[3]! ^ 1)), 'ours, changed').to.equal(false);
      }
    });
  }

  it(`reads keys that openssl makes, and openssl ours${needs}`, function () {
    if (command === undefined) this.skip();
    for (const [algorithm, set] of [
      ['gost2012_256', 'A'],
      ['gost2012_256', 'TCA'],
      ['gost2012_512', 'B'],
    ] as const) {
      const pem = command.run(['genpkey', '-algorithm', algorithm, '-pkeyopt', `paramset:${set}`]).toString();
      const file = command.file('made.pem', pem);
      const spki = command.run(['pkey', '-in', file, '-pubout', '-outform', 'DER']);
      const key = noble.importPrivateKey(pem)?.key;
      expect(key, `${algorithm} ${set}`).to.not.equal(undefined);
      expect(writePublicKey(key as never).equals(spki), `${algorithm} ${set}`).to.equal(true);
    }
  });
});
