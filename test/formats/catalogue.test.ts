import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { Catalogue, loadCatalogue, RULES } from '../../src/formats/index.js';
import { catalogue, FACTS } from './sample.js';

const ANSWERED = {
  id: '77.01.I',
  version: '1.0.0',
  family: 'demo',
  namespace: 'urn://demo/77.01.I/1.0.0',
  title: { ru: 'Проба', en: 'A trial' },
  request: 'ask',
  response: 'tell',
  entry: 'demo.xsd',
};

describe('catalogue', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(path: string, content: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }

  it('finds a format by its root element, and tells what the root is for', () => {
    write('demo/77.01.I/1.0.0/format.json', JSON.stringify(ANSWERED));
    write('demo/77.01.I/1.0.0/demo.xsd', '<schema/>');
    const read = loadCatalogue(folder);
    expect(read.find(ANSWERED.namespace, 'ask')).to.deep.include({ role: 'request' });
    expect(read.find(ANSWERED.namespace, 'tell')).to.deep.include({ role: 'response' });
    expect(read.find(ANSWERED.namespace, 'data')).to.equal(undefined);
    expect(read.find(ANSWERED.namespace, 'ask')!.format.entry).to.equal('demo/77.01.I/1.0.0/demo.xsd');
  });

  it('is plain data that survives a snapshot', () => {
    const copy = new Catalogue(JSON.parse(JSON.stringify(catalogue().data)));
    expect(copy.data).to.deep.equal(catalogue().data);
    expect(copy.find(FACTS, 'data')).to.deep.equal(catalogue().find(FACTS, 'data'));
    expect(structuredClone(catalogue().data)).to.deep.equal(catalogue().data);
  });

  it('refuses an installation whose entry schema is not there, naming the file', () => {
    write('demo/77.01.I/1.0.0/format.json', JSON.stringify(ANSWERED));
    expect(() => loadCatalogue(folder)).to.throw('demo/77.01.I/1.0.0/demo.xsd');
  });

  it('keeps versions side by side', () => {
    expect(
      catalogue()
        .versions('10.06.S')
        .map((f) => f.version),
    ).to.include.members(['1.0.7', '1.1.0']);
  });

  it('names only rules that exist', () => {
    const ids = new Set(RULES.map((r) => r.id));
    const unknown = catalogue().data.formats.flatMap((f) => f.rules.gateway.filter((r) => !ids.has(r)));
    expect(unknown).to.deep.equal([]);
  });

  describe('refuses an unknown root element', () => {
    function told(namespace: string, local: string): string {
      return catalogue().unknown({ namespace, local }).description;
    }

    it('and names the known versions of the same format', () => {
      expect(told('urn://egisso-ru/msg/10.06.S/1.1.1', 'data'))
        .to.match(
          /^Вид сведений \{urn:\/\/egisso-ru\/msg\/10\.06\.S\/1\.1\.1\}data не зарегистрирован; известные версии 10\.06\.S: /,
        )
        .and.to.contain('1.1.0 (urn://egisso-ru/msg/10.06.S/1.1.0)');
    });

    it('and names the roots of a known namespace', () => {
      expect(told(FACTS, 'package')).to.contain('корневые элементы 10.06.S 1.1.0: data, а найден package');
    });

    it('and names the nearest namespace when it is misspelt by a few letters', () => {
      expect(told('urn://egiso-ru/msg/10.O6.S/1.1.0', 'data')).to.contain('ближайший известный: 10.06.S');
    });

    it('and proposes nothing for something quite different', () => {
      expect(told('http://example.org/orders', 'order')).to.match(/не зарегистрирован$/);
    });
  });
});
