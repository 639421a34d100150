/** A GOST line beside the Ed25519 one: readers who know it verify it, all others pass it by. */
import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { createNobleProvider, generateGostKey, writePublicKey } from '../../src/drivers/crypto-noble/index.js';
import { signCheckpoint, verifyNote, vkeyOf } from '../../src/journal/checkpoint.js';
import { GostCheckpoint, gostKeys, gostVkeyOf } from '../../src/journal/gost-line.js';
import { leafHash } from '../../src/journal/tree.js';
import { readHead } from '../../src/journal/verify/own-note.js';

const ORIGIN = 'gateway.example/journal';
const METHOD = 'urn:ietf:params:xml:ns:cpxmlsec:algorithms:gostr34102012-gostr34112012-256';
const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
const vkey = vkeyOf(ORIGIN, pem);
const note = (size: number) => signCheckpoint(ORIGIN, size, leafHash(Buffer.from(String(size))), pem);
const provider = createNobleProvider();
const key = generateGostKey();
const spki = writePublicKey(key);
const gostVkey = gostVkeyOf(ORIGIN, spki);
const others = gostKeys((other, octets, signature) => {
  const imported = provider.importPublicKey(other);
  return imported !== undefined && provider.verify(METHOD, imported, octets, signature);
});

function signing(sign?: () => Promise<Buffer>) {
  let now = 1_000_000;
  let signed = 0;
  const checkpoints = new GostCheckpoint({
    origin: ORIGIN,
    spki,
    clock: { now: () => now },
    sign: (octets) => {
      signed++;
      return sign?.() ?? provider.sign(METHOD, { key }, octets);
    },
  });
  return {
    checkpoints,
    signed: () => signed,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('a checkpoint with a GOST line', () => {
  it('is confirmed by either key, Ed25519 standing first', async () => {
    const both = await signing().checkpoints.over(note(17));
    expect(both.startsWith(note(17))).to.equal(true);
    expect(both.trimEnd().split('\n')).to.have.length(6);
    for (const keys of [[vkey], [gostVkey], [vkey, gostVkey]])
      expect(verifyNote(both, keys, others)).to.include({ size: 17 });
  });

  it('is an ordinary checkpoint to readers who know nothing of GOST', async () => {
    const both = await signing().checkpoints.over(note(17));
    expect(verifyNote(both, [vkey])).to.include({ size: 17 });
    expect(readHead(both, vkey)).to.include({ size: 17 });
    expect(verifyNote(both, [gostVkey])).to.deep.equal({ wrong: 'not an Ed25519 verifier key' });
  });

  it('is refused when its GOST signature is false or another text’s', async () => {
    const { checkpoints, pass } = signing();
    const first = await checkpoints.over(note(17));
    pass(5_000);
    const second = await checkpoints.over(note(18));
    const lineOf = (text: string) => text.trimEnd().split('\n').at(-1)!;
    const swapped = second.replace(lineOf(second), lineOf(first));
    expect(verifyNote(swapped, [vkey, gostVkey], others)).to.deep.equal({ wrong: `signature of ${ORIGIN} is false` });
    expect(verifyNote(swapped, [vkey]), 'unknown to who does not trust the key').to.include({ size: 18 });
    expect(verifyNote(note(17), [gostVkey], others)).to.have.property('wrong');
  });

  it('takes no verifier key whose id does not follow from it', () => {
    const wrongId = gostVkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+');
    expect(verifyNote(note(17), [wrongId], others)).to.deep.equal({
      wrong: 'key id does not follow from name and key',
    });
  });

  it('is signed at most once a second, and never twice for one head', async () => {
    const { checkpoints, pass, signed } = signing();
    const first = await Promise.all(Array.from({ length: 10 }, () => checkpoints.over(note(17))));
    expect(new Set(first).size).to.equal(1);
    pass(999);
    expect(await checkpoints.over(note(18)), 'a second has not passed').to.equal(first[0]);
    pass(1);
    expect(verifyNote(await checkpoints.over(note(18)), [gostVkey], others)).to.include({ size: 18 });
    pass(3_600_000);
    await checkpoints.over(note(18));
    expect(signed()).to.equal(2);
  });

  it('is tried again at once when the key gave no signature', async () => {
    let fails = true;
    const { checkpoints } = signing(() =>
      fails ? Promise.reject(new Error('no token')) : Promise.resolve(Buffer.alloc(64)),
    );
    await checkpoints.over(note(17)).then(
      () => expect.fail('signed'),
      (error: Error) => expect(error.message).to.equal('no token'),
    );
    fails = false;
    await checkpoints.over(note(17));
  });
});
