import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { encodeTable, readTable } from '../../src/journal/container/table.js';
import { type BodyPart, openBody, type SealedBody, sealBody } from '../../src/journal/container.js';
import type { WrappedKey } from '../../src/ports/index.js';
import { random } from './reference.js';
import { TestVault } from './vault.js';

const text = Buffer.from(
  `<facts xmlns="urn:example"><fact><snils>11223344595</snils><child>22334455606</child></fact><fact><snils>33445566717</snils></fact>${'<pad>0</pad>'.repeat(80)}</facts>`,
);
const span = (from: string, to: string, person: string) => ({
  start: text.indexOf(from),
  end: text.indexOf(to) + to.length,
  person,
});
const parent = span('<fact><snils>112', '</child></fact>', 'P1');
const child = span('<child>', '</child>', 'P2');
const other = span('<fact><snils>334', '33445566717</snils></fact>', 'P3');
const parts: BodyPart[] = [
  { name: 'content', bytes: text, persons: [other, child, parent] },
  { name: 'attachment-1', bytes: randomBytes(3000) },
  {
    name: 'attachment-2',
    bytes: Buffer.from('SNILS 22334455606 once more'),
    persons: [{ start: 6, end: 17, person: 'P2' }],
  },
  { name: 'empty', bytes: Buffer.alloc(0) },
];

function opened(sealed: SealedBody, keys: readonly WrappedKey[], vault: TestVault) {
  const result = openBody(sealed.container, keys, vault);
  return result === 'damaged' ? expect.fail('damaged') : result;
}

describe('The sealed body container', () => {
  it('gives back every part byte for byte', () => {
    const vault = new TestVault();
    const sealed = sealBody(parts, vault);
    const result = opened(sealed, sealed.keys, vault);
    expect(result.map((part) => part.name)).to.deep.equal(parts.map((part) => part.name));
    for (const [i, part] of result.entries()) {
      expect(part.bytes).to.deep.equal(Buffer.from(parts[i]!.bytes));
      expect(part.erased).to.deep.equal([]);
    }
  });

  it('gives each person one slot in order of appearance, whatever the order of the spans', () => {
    const sealed = sealBody(parts, new TestVault());
    expect(sealed.persons).to.deep.equal(['P1', 'P2', 'P3']);
    expect(sealed.keys.map((key) => [key.slot, key.epoch])).to.deep.equal([
      [0, 1],
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
    expect(sealed.container.includes('11223344595')).to.equal(false);
    expect(sealed.container.includes('P1')).to.equal(false);
  });

  it('opens all but the person whose key was removed, in every part, and says where', () => {
    const vault = new TestVault();
    const sealed = sealBody(parts, vault);
    const result = opened(
      sealed,
      sealed.keys.filter((key) => key.slot !== 2),
      vault,
    );
    expect(result[0]!.erased).to.deep.equal([{ start: child.start, end: child.end, slot: 2 }]);
    expect(result[2]!.erased).to.deep.equal([{ start: 6, end: 17, slot: 2 }]);
    const expected = Buffer.from(text);
    expected.fill(' ', child.start, child.end);
    expect(result[0]!.bytes.equals(expected)).to.equal(true);
    expect(result[1]!.bytes).to.deep.equal(parts[1]!.bytes);
    expect(result[2]!.bytes.toString()).to.equal('SNILS             once more');
  });

  it('erases the outer person around the inner one, who stays', () => {
    const vault = new TestVault();
    const sealed = sealBody(parts, vault);
    const result = opened(
      sealed,
      sealed.keys.filter((key) => key.slot !== 1),
      vault,
    );
    expect(result[0]!.erased).to.deep.equal([
      { start: parent.start, end: child.start, slot: 1 },
      { start: child.end, end: parent.end, slot: 1 },
    ]);
    expect(result[0]!.bytes.includes('22334455606')).to.equal(true);
    expect(result[0]!.bytes.includes('11223344595')).to.equal(false);
  });

  it('opens nothing once the epoch key is destroyed, and what was not removed is all erased', () => {
    const vault = new TestVault();
    const sealed = sealBody(parts, vault);
    vault.turn();
    expect(opened(sealed, sealed.keys, vault)[0]!.erased).to.deep.equal([]);
    vault.destroy(1);
    const result = opened(sealed, sealed.keys, vault);
    expect(result[1]!.erased).to.deep.equal([{ start: 0, end: 3000, slot: 0 }]);
    expect(result.every((part) => /^ *$/.test(part.bytes.toString()))).to.equal(true);
  });

  it('refuses a key of another epoch, slot, body or length', () => {
    const vault = new TestVault();
    const sealed = sealBody(parts, vault);
    const [rest, first, second, third] = sealed.keys as [WrappedKey, WrappedKey, WrappedKey, WrappedKey];
    const stranger = sealBody(parts, vault).keys[1]!;
    const swapped = [rest, { ...first, slot: 2 }, { ...second, slot: 1 }, third];
    expect(openBody(sealed.container, swapped, vault)).to.equal('damaged');
    expect(openBody(sealed.container, [rest, stranger, second, third], vault)).to.equal('damaged');
    expect(
      openBody(sealed.container, [rest, { ...first, wrapped: first.wrapped.subarray(1) }, second, third], vault),
    ).to.equal('damaged');
    vault.turn();
    expect(openBody(sealed.container, [rest, { ...first, epoch: 2 }, second, third], vault)).to.equal('damaged');
    vault.replace(1);
    expect(openBody(sealed.container, sealed.keys, vault)).to.equal('damaged');
  });

  it('refuses a container with any byte changed: version, table, nonce, ciphertext or tag', () => {
    const vault = new TestVault();
    const sealed = sealBody([{ name: 'content', bytes: text, persons: [parent, child, other] }], vault);
    for (let i = 0; i < sealed.container.length; i++) {
      for (const bit of [1, 0x80]) {
        const changed = Buffer.from(sealed.container);
        changed[i]! ^= bit;
        expect(openBody(changed, sealed.keys, vault), `byte ${i}`).to.equal('damaged');
      }
    }
    for (let length = 0; length < sealed.container.length; length += 7) {
      expect(openBody(sealed.container.subarray(0, length), sealed.keys, vault)).to.equal('damaged');
    }
    expect(openBody(Buffer.concat([sealed.container, Buffer.of(0)]), sealed.keys, vault)).to.equal('damaged');
  });

  it('refuses two chunks of one slot and size exchanged', () => {
    const vault = new TestVault();
    const twin = (name: string, fill: string) => ({ name, bytes: Buffer.alloc(40, fill) });
    const { container, keys } = sealBody([twin('a', 'x'), twin('b', 'y')], vault);
    const chunk = 40 + 28;
    const head = container.subarray(0, container.length - 2 * chunk);
    const exchanged = Buffer.concat([head, container.subarray(-chunk), container.subarray(-2 * chunk, -chunk)]);
    expect(openBody(exchanged, keys, vault)).to.equal('damaged');
  });

  it('never seals the same way twice', () => {
    const vault = new TestVault();
    const [one, two] = [sealBody(parts, vault), sealBody(parts, vault)];
    expect(one.sha256).to.not.deep.equal(two.sha256);
    expect(one.keys[1]!.wrapped).to.not.deep.equal(two.keys[1]!.wrapped);
  });

  it('compresses what gains by it and leaves the rest as it is', () => {
    const vault = new TestVault();
    const noise = randomBytes(20_000);
    expect(sealBody([{ name: 'a', bytes: Buffer.alloc(20_000, 'abc') }], vault).container.length).to.be.below(200);
    expect(sealBody([{ name: 'a', bytes: noise }], vault).container.length).to.be.below(20_100);
  });

  it('refuses spans that cross each other or leave their part', () => {
    const seal =
      (...spans: [number, number][]) =>
      () =>
        sealBody(
          [
            {
              name: 'a',
              bytes: Buffer.alloc(20),
              persons: spans.map(([start, end]) => ({ start, end, person: `${start}` })),
            },
          ],
          new TestVault(),
        );
    expect(seal([0, 10], [5, 15])).to.throw(RangeError, 'cross');
    for (const bad of [
      [-1, 3],
      [5, 21],
      [7, 6],
      [Number.NaN, 3],
    ] as [number, number][])
      expect(seal(bad)).to.throw(RangeError);
    expect(seal([0, 20], [3, 3], [5, 10], [5, 7], [10, 20])).to.not.throw();
  });

  it('keeps random bodies with random nested persons, each erased alone (seed 11)', () => {
    const next = random(11);
    const vault = new TestVault();
    for (let round = 0; round < 60; round++) {
      const bytes = randomBytes(1 + Math.floor(next() * 1500));
      const owner: (string | undefined)[] = new Array(bytes.length).fill(undefined);
      const persons: { start: number; end: number; person: string }[] = [];
      const nest = (from: number, to: number, depth: number): void => {
        for (let at = from; depth < 4 && at < to; ) {
          const start = at + Math.floor(next() * 60);
          const end = Math.min(to, start + 1 + Math.floor(next() * 200));
          if (start >= end) break;
          const person = `p${Math.floor(next() * 5)}`;
          persons.push({ start, end, person });
          owner.fill(person, start, end);
          nest(start, end, depth + 1);
          at = end;
        }
      };
      nest(0, bytes.length, 0);
      const sealed = sealBody([{ name: 'a', bytes, persons }], vault);
      for (const [i, person] of sealed.persons.entries()) {
        const [part] = opened(
          sealed,
          sealed.keys.filter((key) => key.slot !== i + 1),
          vault,
        );
        const expected = bytes.map((byte, at) => (owner[at] === person ? 0x20 : byte));
        expect(part!.bytes.equals(expected)).to.equal(true);
      }
    }
  });

  it('refuses tables with wrong counts, a slot without chunk, a chunk without slot, a chunk twice', () => {
    const row = { part: 0, slot: 0, packing: 'raw' as 'raw' | 'zstd', size: 3 };
    const table = (segments: { length: number; slot: number }[], chunks: (typeof row)[]) =>
      readTable(encodeTable({ parts: [{ name: 'a', segments }], chunks }));
    expect(table([{ length: 3, slot: 0 }], [row])).to.not.equal(undefined);
    expect(
      table(
        [
          { length: 3, slot: 0 },
          { length: 300, slot: 1 },
        ],
        [row],
      ),
    ).to.equal(undefined);
    expect(table([{ length: 3, slot: 0 }], [row, { ...row, slot: 1 }])).to.equal(undefined);
    expect(table([{ length: 3, slot: 0 }], [row, row])).to.equal(undefined);
    expect(table([{ length: 3, slot: 0 }], [{ ...row, part: 1 }])).to.equal(undefined);
    expect(table([{ length: 4, slot: 0 }], [row])).to.equal(undefined);
    expect(table([{ length: 2 ** 40, slot: 0 }], [{ ...row, packing: 'zstd' }])).to.equal(undefined);
    expect(readTable(Buffer.from('ffffffffffffffff7f', 'hex'))).to.equal(undefined);
    expect(readTable(Buffer.alloc(0))).to.equal(undefined);
  });
});
