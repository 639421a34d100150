/** One fault, one violation: every place of every built-in format, damaged in one way at a time. */
import { expect } from 'chai';
import { ContentValidator, type FormatEntry, viewOf } from '../../src/formats/index.js';
import { type CopyNode, copyOf, octetsOf, takeOut } from '../../src/formats/messages/mended-copy.js';
import { sampleOf } from '../../src/formats/sample.js';
import { formatModel } from '../../src/formats/schema-model/index.js';
import type { Violation } from '../../src/message/index.js';
import { initXsd, parseXml, XmlTree } from '../../src/xml/index.js';
import { catalogue, signedContent } from './sample.js';

interface Damage {
  readonly title: string;
  /** Returns how to undo it. */
  readonly apply: (node: CopyNode) => () => void;
  /** The Russian text about the element of that name. */
  readonly told: (local: string) => RegExp;
  /** Places at which the format itself makes two faults of one damage. */
  readonly twofold: readonly string[];
}

const DAMAGES: readonly Damage[] = [
  {
    title: 'an element left out',
    apply: (node) => {
      const { parts } = node.parent!;
      const at = parts.indexOf(node);
      takeOut(node);
      return () => void parts.splice(at, 0, node);
    },
    told: (local) =>
      new RegExp(`(пропущены? |нет обязательн|нет ни одного из).*${word(local)}|нет .* любой элемент`, 'u'),
    twofold: [],
  },
  {
    title: 'an element twice',
    apply: (node) => {
      const { parts } = node.parent!;
      const at = parts.indexOf(node);
      parts.splice(at, 0, node);
      return () => void parts.splice(at, 1);
    },
    told: (local) =>
      new RegExp(`^${local} (повторён: .* а здесь 2$|нельзя вместе с )|после ${local} ничего не ожидается`),
    // It holds two xs:ID, and both come twice.
    twofold: ['RegistryRecord'],
  },
  {
    title: 'an element by another name',
    apply: (node) => {
      const was = node.name;
      node.name = `${was}x`;
      return () => {
        node.name = was;
      };
    },
    told: (local) => new RegExp(`${word(local)}.* а найден ${local}x|${local}x здесь лишний`, 'u'),
    twofold: [],
  },
];

/** The name as a word of its own, whatever its alphabet. */
function word(name: string): string {
  return `(?<![\\p{L}\\d_])${name}(?![\\p{L}\\d_])`;
}

describe('one fault is one violation', () => {
  let validator: ContentValidator;
  before(async () => {
    await initXsd();
    validator = new ContentValidator(catalogue());
  });
  after(() => validator.dispose());

  function judged(entry: FormatEntry, octets: Uint8Array): readonly Violation[] {
    const tree = parseXml(octets);
    if (!(tree instanceof XmlTree)) throw new Error('the damaged sample is not XML');
    return validator.validate(entry, octets, { tree, element: tree.root });
  }

  for (const { title, apply, told, twofold } of DAMAGES)
    it(`${title}, anywhere in any built-in format`, () => {
      let faults = 0;
      for (const { entry, copy, places } of samples())
        for (const node of places) {
          const undo = apply(node);
          const damaged = octetsOf(copy);
          undo();
          const found = judged(entry, damaged);
          if (found.length === 0) continue;
          faults++;
          const { local, path } = node.view!;
          const texts = found.map((v) => v.text);
          expect(found, `${path}: ${texts.join(' | ')}`).to.have.length(twofold.includes(local) ? 2 : 1);
          if (!twofold.includes(local)) expect(texts[0], path).to.match(told(local));
        }
      expect(faults).to.be.greaterThan(500);
    }).timeout(60_000);
});

interface Sample {
  readonly entry: FormatEntry;
  readonly copy: CopyNode;
  readonly places: readonly CopyNode[];
}

/** The full samples of all formats; of a parent and child that several share, one place. */
function* samples(): Generator<Sample> {
  const seen = new Set<string>();
  for (const entry of catalogue().entries()) {
    const model = formatModel(catalogue().data, entry.format);
    if (!model) continue;
    const { tree, octets } = signedContent(sampleOf(model, entry.role, 'full')!);
    const copy = copyOf(octets, viewOf(tree))!;
    const places = belowOf(copy).filter((node) => {
      const key = `${node.parent!.clark} ${node.clark}`;
      return !seen.has(key) && seen.add(key);
    });
    yield { entry, copy, places };
  }
}

function belowOf(node: CopyNode): readonly CopyNode[] {
  return node.children.flatMap((child) => [child, ...belowOf(child)]);
}
