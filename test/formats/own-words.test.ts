import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import { reference, referencePresent, repository } from './differential/pairs.js';

/** The schemas are ours: every element is explained in two languages, and nothing of the published wording is in them. */
const ours = filesUnder(join(repository, 'xsd'), '.xsd').concat(filesUnder(join(repository, 'wsdl'), '.wsdl'));
const schemas = ours.filter((file) => file.endsWith('.xsd'));

describe('the text of our schemas', () => {
  for (const file of schemas) {
    it(`${relative(repository, file)} explains every element in Russian and in English`, () => {
      expect(unexplained(readFileSync(file, 'utf8'))).to.deep.equal([]);
    });
  }

  it('has neither comments nor instructions for code generators', () => {
    for (const file of ours) expect(readFileSync(file, 'utf8'), file).to.not.match(/<!--|appinfo|jaxb|jaxws/);
  });

  it('notices an element without an English explanation', () => {
    const text =
      '<xs:schema><xs:element name="a"><xs:annotation><xs:documentation xml:lang="ru">а</xs:documentation></xs:annotation></xs:element></xs:schema>';
    expect(unexplained(text)).to.deep.equal(['a: en']);
  });

  const absent = referencePresent ? '' : ' (skipped: ../shared/reference is absent)';
  it(`repeats no sentence and no file of the published schemas${absent}`, function () {
    if (!referencePresent) this.skip();
    const published = publishedFiles().map((file) => readFileSync(file, 'utf8'));
    const sentences = new Set(published.flatMap(sentencesOf));
    const bodies = new Set(published);
    for (const file of ours) {
      const text = readFileSync(file, 'utf8');
      expect(bodies.has(text), file).to.equal(false);
      expect(
        sentencesOf(text).filter((sentence) => sentences.has(sentence)),
        file,
      ).to.deep.equal([]);
    }
  });
});

type Ordered = Record<string, unknown> & { ':@'?: Record<string, string> };

function unexplained(xsd: string): string[] {
  const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '' });
  return (parser.parse(xsd) as Ordered[]).flatMap(unexplainedIn);
}

function unexplainedIn(item: Ordered): string[] {
  return Object.entries(item).flatMap(([tag, value]) => {
    if (tag === ':@' || !Array.isArray(value)) return [];
    const children = value as Ordered[];
    return [...(tag === 'xs:element' ? missing(item, children) : []), ...children.flatMap(unexplainedIn)];
  });
}

function missing(item: Ordered, children: Ordered[]): string[] {
  const annotation = children.flatMap((child) => (child['xs:annotation'] as Ordered[] | undefined) ?? []);
  const name = item[':@']?.name ?? item[':@']?.ref ?? '?';
  return ['ru', 'en'].flatMap((language) => {
    const entry = annotation.find((child) => child[':@']?.['xml:lang'] === language);
    return /[\p{L}]/u.test(textOf(entry?.['xs:documentation'])) ? [] : [`${name}: ${language}`];
  });
}

function textOf(content: unknown): string {
  return Array.isArray(content) ? content.map((part) => String((part as Ordered)['#text'] ?? '')).join('') : '';
}

/** Sentences of three words and more; shorter ones are terms, not wording. */
function sentencesOf(xml: string): string[] {
  const texts = [...xml.matchAll(/<(?:\w+:)?documentation[^>]*>([^<]*)</g)].map((match) => match[1] ?? '');
  return texts
    .flatMap((text) => text.replace(/\s+/g, ' ').split(/(?<=[.!?;])\s|\n/))
    .map((sentence) =>
      sentence
        .toLowerCase()
        .replace(/[^\p{L}\p{N} ]/gu, '')
        .trim(),
    )
    .filter((sentence) => sentence.split(' ').length >= 3);
}

function publishedFiles(): string[] {
  return ['formats/schemas', 'smev'].flatMap((folder) =>
    ['.xsd', '.wsdl'].flatMap((ending) => filesUnder(join(reference, folder), ending)),
  );
}

function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesUnder(path, ending);
    return path.endsWith(ending) ? [path] : [];
  });
}
