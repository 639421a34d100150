import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  parseCheckpoint,
  parseNote,
  parseVkey,
  signCheckpoint,
  verifyNote,
  vkeyOf,
} from '../../src/journal/checkpoint.js';
import { emptyEdge, leafHash, rootOf } from '../../src/journal/tree.js';
import { vectors } from './reference.js';

const ORIGIN = 'gateway.example/journal';
const pem = newKey();
const vkey = vkeyOf(ORIGIN, pem);
const root = leafHash(Buffer.from('any'));
const note = signCheckpoint(ORIGIN, 17, root, pem);

function newKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
}

/** Signs any text as the log's key would: what a careless or hostile log could hand out. */
function signText(text: string, name = ORIGIN, key = pem): string {
  return `${text}\n${signatureLine(text, name, key)}`;
}

function signatureLine(text: string, name: string, key: string): string {
  const id = Buffer.from(vkeyOf(name, key).slice(name.length + 1, name.length + 9), 'hex');
  return `— ${name} ${Buffer.concat([id, sign(null, Buffer.from(text), key)]).toString('base64')}\n`;
}

function wrongOf(text: string, keys: readonly string[] = [vkey]): string {
  const verdict = verifyNote(text, keys);
  return 'wrong' in verdict ? verdict.wrong : 'accepted';
}

describe('Signed checkpoints (C2SP tlog-checkpoint in a signed note)', () => {
  it('signs origin, size and root so that the verifier key confirms them', () => {
    expect(note.split('\n').slice(0, 3)).to.deep.equal([ORIGIN, '17', root.toString('base64')]);
    expect(verifyNote(note, [vkey])).to.deep.equal({ origin: ORIGIN, size: 17, root, extensions: [] });
  });

  it('writes one verifier key for a private key, its public key and the 32 raw bytes', () => {
    const publicKey = createPublicKey(pem);
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    expect([vkeyOf(ORIGIN, publicKey), vkeyOf(ORIGIN, raw)]).to.deep.equal([vkey, vkey]);
    expect(() => vkeyOf('two words', pem)).to.throw(RangeError);
    expect(() => vkeyOf('a+b', pem)).to.throw(RangeError);
  });

  it('speaks of the empty journal too', () => {
    const empty = verifyNote(signCheckpoint(ORIGIN, 0, rootOf(emptyEdge()), pem), [vkey]);
    expect(empty).to.include({ size: 0 });
  });

  it('ignores signatures of unknown keys, sharing a name or an id with ours included', () => {
    const stranger = newKey();
    const text = note.slice(0, note.indexOf('\n\n') + 1);
    const cosigned = note + signatureLine(text, 'witness.example', stranger) + signatureLine(text, ORIGIN, stranger);
    expect(wrongOf(cosigned)).to.equal('accepted');
    const blob = Buffer.from(note.trimEnd().split(' ').at(-1)!, 'base64');
    const otherName = `— other.example ${blob.toString('base64')}\n`;
    expect(wrongOf(note + otherName)).to.equal('accepted');
    expect(wrongOf(`${text}\n${otherName}`)).to.match(/no trusted key/);
  });

  it('ignores a signature of another kind and length beside ours', () => {
    const gost = `— ${ORIGIN} ${Buffer.alloc(4 + 64 + 30, 7).toString('base64')}\n`;
    expect(wrongOf(note + gost)).to.equal('accepted');
  });

  it('refuses the whole note when a known key’s signature is false', () => {
    const changed = note.replace('\n17\n', '\n18\n');
    expect(wrongOf(changed)).to.match(/signature of .* is false/);
    const witness = newKey();
    const false2 = note + signatureLine('another text\n', 'witness.example', witness);
    expect(wrongOf(false2, [vkey, vkeyOf('witness.example', witness)])).to.match(/witness\.example is false/);
  });

  it('refuses a checkpoint of another origin signed by a trusted key', () => {
    expect(wrongOf(signText(`other.example\n17\n${root.toString('base64')}\n`))).to.match(/no trusted key/);
  });

  it('refuses carriage returns, control characters and lone surrogates anywhere', () => {
    for (const spoiled of [
      note.replace('\n', '\r\n'),
      note.replace('17', '17\t'),
      `${note}\u0000`,
      note.replace('17', '\ud800'),
    ]) {
      expect(wrongOf(spoiled)).to.match(/control character|Unicode/);
    }
  });

  it('refuses more than sixteen signatures and takes sixteen', () => {
    const text = note.slice(0, note.indexOf('\n\n') + 1);
    const others = Array.from({ length: 16 }, (_, i) => signatureLine(text, `w${i}.example`, newKey()));
    expect(wrongOf(note + others.slice(0, 15).join(''))).to.equal('accepted');
    expect(wrongOf(note + others.join(''))).to.match(/more than 16/);
  });

  it('refuses a duplicated signature line', () => {
    expect(wrongOf(note + note.slice(note.indexOf('— ')))).to.match(/twice/);
  });

  it('refuses malformed signature blocks', () => {
    const text = note.slice(0, note.indexOf('\n\n') + 1);
    const line = note.slice(note.indexOf('— '));
    const blocks = [
      '',
      line.slice(0, -1),
      line.replace('— ', '- '),
      line.replace(' ', '  '),
      `${line}\n`,
      `${line}trailing`,
    ];
    for (const block of [...blocks, line.replace('=\n', '\n'), '— name AAAA\n']) {
      expect(parseNote(`${text}\n${block}`), JSON.stringify(block)).to.have.property('wrong');
    }
    expect(parseNote(text)).to.have.property('wrong');
  });

  it('reads extension lines and refuses sizes, roots and lines in another spelling', () => {
    const hash = root.toString('base64');
    expect(verifyNote(signText(`${ORIGIN}\n17\n${hash}\nextra\n`), [vkey])).to.deep.include({ extensions: ['extra'] });
    const texts = ['017', '+17', '1e3', '-1', '9007199254740993', '18446744073709551615', '٣', ''].map(
      (s) => `${ORIGIN}\n${s}\n${hash}\n`,
    );
    const roots = ['', `${hash}=`, hash.slice(0, -4), hash.replace('=', '')].map((h) => `${ORIGIN}\n17\n${h}\n`);
    for (const text of [...texts, ...roots, `${ORIGIN}\n17\n`, `\n17\n${hash}\n`, `${ORIGIN}\n17\n${hash}\n\nx\n`]) {
      expect(parseCheckpoint(text), JSON.stringify(text)).to.have.property('wrong');
      expect(wrongOf(signText(text))).to.not.equal('accepted');
    }
  });

  it('refuses a verifier key whose id does not follow from name and key, or of another algorithm', () => {
    const [name = '', id = '', key = ''] = vkey.split(/\+(.{8})\+/);
    const cosignature = Buffer.concat([Buffer.of(4), Buffer.from(key, 'base64').subarray(1)]).toString('base64');
    for (const bad of [
      `${name}x+${id}+${key}`,
      `${name}+00000000+${key}`,
      `${name}+${id}+${cosignature}`,
      `${name}+${id}`,
      '',
    ]) {
      expect(parseVkey(bad), bad).to.have.property('wrong');
      expect(wrongOf(note, [bad])).to.not.equal('accepted');
    }
  });

  it('agrees with a published log’s sixteen checkpoints (shared vectors, skipped when absent)', function () {
    const folder = vectors('tlog-tiles-log');
    if (folder === undefined) return this.skip();
    const key = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx';
    const names = readdirSync(join(folder, 'log')).filter((name) => /^checkpoint\.\d+$/.test(name));
    expect(names.length).to.equal(16);
    for (const name of names) {
      const verdict = verifyNote(readFileSync(join(folder, 'log', name), 'utf8'), [key]);
      expect(verdict, name).to.include({ size: Number(name.split('.')[1]), origin: 'example.com/log/testdata' });
    }
  });
});
