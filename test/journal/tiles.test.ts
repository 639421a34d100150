import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { verifyNote } from '../../src/journal/checkpoint.js';
import {
  entryBundle,
  hashTile,
  MAX_LEAF_SIZE,
  readTilePath,
  type Tile,
  tilePath,
  tileSpan,
  tilesBetween,
  tileWidth,
} from '../../src/journal/tiles.js';
import { appendLeaves, edgeAt, emptyEdge, leafHash, rootOf } from '../../src/journal/tree.js';
import { rootOfLeaves } from './naive-tree.js';
import { vectors } from './reference.js';

const VKEY = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx';

describe('The log as static files (C2SP tlog-tiles)', () => {
  it('writes tile numbers in groups of three digits, x on all but the last', () => {
    expect(tilePath({ level: 0, index: 1234067, width: 256 })).to.equal('tile/0/x001/x234/067');
    expect(tilePath({ level: 'entries', index: 0, width: 7 })).to.equal('tile/entries/000.p/7');
    expect(tilePath({ level: 2, index: 1000, width: 255 })).to.equal('tile/2/x001/000.p/255');
  });

  it('reads back every path it writes', () => {
    for (const level of ['entries', 0, 1, 9, 10, 63] as const) {
      for (const index of [0, 1, 999, 1000, 999_999, 1_000_000, 2 ** 45]) {
        for (const width of [1, 9, 255, 256]) {
          const tile: Tile = { level, index, width };
          expect(readTilePath(tilePath(tile))).to.deep.equal(tile);
        }
      }
    }
  });

  it('refuses every other spelling', () => {
    const wrong = [
      'tile/0/000.p/256',
      'tile/0/000.p/0',
      'tile/0/000.p/05',
      'tile/0/x000/001',
      'tile/0/001/001',
      'tile/0/1',
    ];
    const more = [
      'tile/00/000',
      'tile/64/000',
      'tile/-1/000',
      'tile/0/x001',
      'tile/0/000/',
      '/tile/0/000',
      'tile/0/000.p/',
    ];
    const odd = [
      'tile/0/x999/x999/x999/x999/x999/999',
      'tile/data/000',
      'tile/0/000\n',
      'tile/0/../000',
      'tile/0/٠٠٠',
      '',
    ];
    for (const path of [...wrong, ...more, ...odd]) expect(readTilePath(path), path).to.equal(undefined);
  });

  it('knows which tiles a tree of 70,000 leaves has (the specification’s own example)', () => {
    const tiles = tilesBetween(0, 70_000).filter((tile) => tile.level !== 'entries');
    const of = (level: number, full: boolean) => tiles.filter((t) => t.level === level && (t.width === 256) === full);
    expect([of(0, true).length, of(1, true).length, of(2, true).length]).to.deep.equal([273, 1, 0]);
    expect([0, 1, 2].map((level) => of(level, false).map((tile) => tile.width))).to.deep.equal([[112], [17], [1]]);
    expect(tileWidth(0, 273, 70_000)).to.equal(112);
    expect(tileWidth(0, 274, 70_000)).to.equal(0);
    expect(tilesBetween(0, 256).map(tilePath)).to.deep.equal(['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1']);
  });

  it('adds between two sizes only what is new', () => {
    expect(tilesBetween(255, 258).map(tilePath)).to.deep.equal([
      'tile/entries/000',
      'tile/entries/001.p/2',
      'tile/0/000',
      'tile/0/001.p/2',
      'tile/1/000.p/1',
    ]);
    expect(tilesBetween(258, 258)).to.deep.equal([]);
  });

  it('fills hash tiles with the roots of full tiles below', () => {
    const leaves = Array.from({ length: 600 }, (_, i) => Buffer.from(`leaf ${i}`));
    const nodes = new Map<string, Buffer>();
    for (const node of appendLeaves(emptyEdge(), leaves.map(leafHash)).newHashes)
      nodes.set(`${node.level}/${node.position}`, node.hash);
    const span = tileSpan({ level: 1, index: 0, width: 2 });
    expect(span).to.deep.equal({ level: 8, from: 0, to: 2 });
    const tile = hashTile([nodes.get('8/0')!, nodes.get('8/1')!]);
    expect(tile).to.deep.equal(
      Buffer.concat([rootOfLeaves(leaves.slice(0, 256)), rootOfLeaves(leaves.slice(256, 512))]),
    );
    expect(rootOf(edgeAt(512, (level, position) => nodes.get(`${level}/${position}`)!))).to.deep.equal(
      rootOfLeaves(leaves.slice(0, 512)),
    );
  });

  it('puts each leaf of a bundle behind its big-endian length', () => {
    const long = Buffer.alloc(MAX_LEAF_SIZE, 1);
    expect(entryBundle([Buffer.from('one'), Buffer.alloc(0)])).to.deep.equal(Buffer.from('\0\x03one\0\0', 'latin1'));
    expect(entryBundle([long]).subarray(0, 2)).to.deep.equal(Buffer.of(0xff, 0xff));
    expect(() => entryBundle([Buffer.alloc(MAX_LEAF_SIZE + 1)])).to.throw(RangeError);
    expect(() => entryBundle([])).to.throw(RangeError);
    expect(() => hashTile(Array.from({ length: 257 }, () => Buffer.alloc(32)))).to.throw(RangeError);
  });

  it('makes a published log’s fifteen bundles, tiles and signed roots (shared vectors, skipped when absent)', function () {
    const folder = vectors('tlog-tiles-log');
    if (folder === undefined) return this.skip();
    const words = 'one two three four five six seven eit nain ten ileven twelf threeten fourten fivten'
      .split(' ')
      .map((w) => Buffer.from(w));
    for (let width = 1; width <= 15; width++) {
      const file = (level: Tile['level']) => readFileSync(join(folder, 'log', tilePath({ level, index: 0, width })));
      expect(entryBundle(words.slice(0, width))).to.deep.equal(file('entries'));
      expect(hashTile(words.slice(0, width).map(leafHash))).to.deep.equal(file(0));
      const note = readFileSync(join(folder, 'log', `checkpoint.${width}`), 'utf8');
      const { edge } = appendLeaves(emptyEdge(), words.slice(0, width).map(leafHash));
      expect(verifyNote(note, [VKEY])).to.deep.include({ size: width, root: rootOf(edge) });
    }
  });
});
