/** «What can't be mapped is reported, never guessed»: 10.06.S of every retired version becomes 1.1.0. */
import { expect } from 'chai';
import {
  ContentValidator,
  judgeUpgrade,
  personSpans,
  type Upgraded,
  type UpgradeOptions,
  upgradeDocument,
} from '../../../src/formats/index.js';
import { initXsd } from '../../../src/xml/index.js';
import { catalogue, FACTS_DOCUMENT, treeOf } from '../sample.js';
import { unaccounted } from './accounted.js';
import { FACT_ID, OLD_VERSIONS, oldFacts } from './old-facts.js';

describe('the upgrade of 10.06.S', () => {
  const validator = new ContentValidator(catalogue());
  before(initXsd);
  after(() => validator.dispose());

  function judged(xml: string, options?: UpgradeOptions) {
    const source = Buffer.from(xml);
    const { result, sourceViolations, violations } = judgeUpgrade(
      source,
      { catalogue: catalogue(), validator },
      options,
    );
    if (result.kind !== 'upgraded') throw new Error(`not upgraded: ${JSON.stringify(result)}`);
    expect(unaccounted(source, result)).to.deep.equal([]);
    return { upgraded: result, text: result.documents[0].toString(), sourceViolations, violations };
  }
  const losses = ({ lost }: Upgraded) => lost.map((l) => `${l.line} ${l.path.split('/').at(-1)}`);
  const lineOf = (xml: string, part: string) => xml.slice(0, xml.indexOf(part)).split('\n').length;

  for (const version of OLD_VERSIONS)
    for (const form of ['monetary', 'natural', 'exemption', 'service'] as const)
      it(`${version}, ${form} form: the result is valid, and only what has no place is named`, () => {
        const xml = oldFacts(version, { form });
        const { upgraded, sourceViolations, violations, text } = judged(xml);
        expect(sourceViolations).to.deep.equal([]);
        expect(violations).to.deep.equal([]);
        expect(upgraded).to.include({ id: '10.06.S', from: version, to: '1.1.0' });
        const early = version === '1.0.2' || version === '1.0.3';
        expect(losses(upgraded)).to.deep.equal(early ? [`${lineOf(xml, '<p:lastChanging')} p:lastChanging`] : []);
        expect(text).to.include(`<p:uuid>${FACT_ID}</p:uuid>\n      </p:fact>`);
        expect(text).to.include('<f:authority> Отдел &lt;7&gt; </f:authority>');
        if (form !== 'monetary') expect(text).to.include(form === 'service' ? '<f:OKEICode>796<' : '<f:okeiCode>796<');
      });

  it('says what is called otherwise, moved or put into another element, once a kind with the number of places', () => {
    const { upgraded } = judged(oldFacts('1.0.3', { facts: 3, form: 'service' }));
    expect(upgraded.changed.map((c) => `${c.count}× ${c.ru}`)).to.deep.equal([
      '1× пространства имён версии 1.0.3 заменены на пространства имён 1.1.0',
      '3× prsnInfo помещён в basisPerson',
      '3× serviceForm: okeiCode теперь OKEICode',
      '3× fact: id теперь uuid',
      '3× uuid перенесён в конец fact',
    ]);
    expect(upgraded.changed.every((c) => c.en !== '' && !/[а-я]/i.test(c.en))).to.equal(true);
  });

  it('names need criteria in words, which 1.1.0 knows as codes only, at their line', () => {
    const xml = oldFacts('1.0.4', { criteria: 'доход ниже прожиточного минимума' });
    const { upgraded, violations } = judged(xml);
    expect(losses(upgraded)).to.deep.equal([`${lineOf(xml, '<f:criteria')} f:criteria`]);
    expect(upgraded.lost[0]!.path).to.equal('/m:data/p:package/p:elements/p:fact/f:needsCriteria/f:criteria');
    expect(violations).to.deep.equal([]);
  });

  it('takes no text of digits for a code', () => {
    expect(judged(oldFacts('1.0.4', { criteria: '001' })).upgraded.lost).to.have.length(1);
  });

  it('names a termination of 1.0.2, whose ground the document does not say, and a reference to an earlier record', () => {
    const termination =
      '\n<p:termination><p:ID>35905ecc-c283-4675-96d7-b7a11343102c</p:ID><p:assignmentFactID>35905ecc-c283-4675-96d7-b7a11343102d</p:assignmentFactID>' +
      '<p:dateFinish>2019-01-01</p:dateFinish><p:lastChanging>2019-01-01T00:00:00Z</p:lastChanging></p:termination>';
    const xml = oldFacts('1.0.2', { more: termination }).replace(
      '</p:lastChanging></p:fact>',
      '</p:lastChanging>\n<p:previosID>35905ecc-c283-4675-96d7-b7a113431020</p:previosID></p:fact>',
    );
    const { upgraded } = judged(xml);
    expect(losses(upgraded)).to.deep.equal([
      `${lineOf(xml, '<p:lastChanging')} p:lastChanging`,
      `${lineOf(xml, '<p:previosID')} p:previosID`,
      `${lineOf(xml, '<p:termination')} p:termination`,
    ]);
  });

  it('names elements, namespaces, attributes and text that the version itself has no place for', () => {
    const xml = oldFacts('1.0.7', {
      more: '\n<p:novelty><p:uuid>1</p:uuid></p:novelty>\n<x:mark xmlns:x="urn:x">9</x:mark>\nслова\n',
    }).replace('<p:package>', '<p:package note="n">');
    const { upgraded } = judged(xml);
    expect(upgraded.lost.map((l) => l.path.split('/').at(-1))).to.have.members([
      '@note',
      'p:novelty',
      'x:mark',
      'text()',
    ]);
    expect(upgraded.lost.map((l) => l.line)).to.deep.equal([...upgraded.lost.map((l) => l.line)].sort((a, b) => a - b));
    expect(upgraded.lost.every((l) => l.ru !== '' && l.en !== '')).to.equal(true);
  });

  it('does not take a name of another namespace for its own', () => {
    const { upgraded } = judged(oldFacts('1.0.2').replaceAll('f:OSZCode', 'c:OSZCode'));
    expect(upgraded.lost.map((l) => l.path)).to.include('/m:data/p:package/p:elements/p:fact/c:OSZCode');
  });

  it('drops schema hints and comments, and says so', () => {
    const xml = oldFacts('1.0.8')
      .replace('<m:data ', '<m:data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b" ')
      .replace('<p:elements>', '<p:elements><!-- выгрузка -->');
    const { upgraded, text } = judged(xml);
    expect(upgraded.lost).to.deep.equal([]);
    expect(upgraded.changed.map((c) => c.en)).to.include.members([
      'xsi:schemaLocation is left out: it points to the old schema',
      'comments are left out',
    ]);
    expect(text).to.not.match(/schemaLocation|выгрузка/);
  });

  it('names a package beyond the limit of 1000, and leaves nothing of it out', () => {
    const { upgraded, text, violations } = judged(oldFacts('1.0.8', { facts: 1001 }));
    expect(upgraded.documents).to.have.length(1);
    expect(upgraded.lost.map((l) => l.ru)).to.deep.equal([
      'элементов fact 1001, а версия 1.1.0 принимает не больше 1000: разделите пакет',
    ]);
    expect(upgraded.lost[0]!.path).to.match(/p:fact\[1001\]$/);
    expect(text.match(/<p:fact>/g)).to.have.length(1001);
    expect(violations).to.not.deep.equal([]);
  });

  it('splits it in the order written where new package identifiers are handed in', () => {
    const invalidations = Array.from({ length: 1002 }, (_, n) => event('errorsInvalidation', n)).join('');
    const xml = oldFacts('1.0.8', { facts: 2001, more: invalidations });
    let n = 0;
    const newPackageId = () => `00000000-0000-4000-8000-00000000000${++n}`;
    const { result, violations } = judgeUpgrade(
      Buffer.from(xml),
      { catalogue: catalogue(), validator },
      { newPackageId },
    );
    const { documents, lost, changed } = result as Upgraded;
    expect(lost).to.deep.equal([]);
    expect(violations).to.deep.equal([]);
    const counts = documents.map((d) =>
      ['p:fact', 'p:errorsInvalidation'].map((e) => d.toString().split(`<${e}>`).length - 1),
    );
    expect(counts).to.deep.equal([
      [1000, 0],
      [1000, 0],
      [1, 1000],
      [0, 2],
    ]);
    const ids = documents.map((d) => /<p:packageId>([^<]+)/.exec(d.toString())?.[1]);
    expect(ids[0]).to.equal('e30bf807-36f8-4f29-8b1f-ca1f10cc8969');
    expect(ids.slice(1)).to.deep.equal([1, 2, 3].map((i) => `00000000-0000-4000-8000-00000000000${i}`));
    expect(changed.map((c) => c.ru).at(-1)).to.match(/^пакет разделён на документы: 4/);
    const problems = unaccounted(Buffer.from(xml), result as Upgraded);
    expect(problems).to.deep.equal(ids.slice(1).map((id) => `«${id}» is invented`));
  }).timeout(60_000);

  function event(name: string, n: number): string {
    const id = `35905ecc-c283-4675-96d7-${String(n).padStart(12, '0')}`;
    return `\n<p:${name}><p:uuid>${id}</p:uuid><p:assignmentFactUuid>${id}</p:assignmentFactUuid></p:${name}>`;
  }

  describe('says plainly what it cannot take:', () => {
    const refused = (bytes: Uint8Array) => {
      const result = upgradeDocument(bytes, catalogue());
      if (result.kind !== 'not-understood') throw new Error(`it is ${result.kind}`);
      return result.violation;
    };

    it('a document that is 1.1.0 already has nothing to be done to', () => {
      expect(upgradeDocument(Buffer.from(FACTS_DOCUMENT), catalogue())).to.deep.equal({
        kind: 'nothing-to-do',
        id: '10.06.S',
        from: '1.1.0',
        to: '1.1.0',
      });
    });

    it('what is not XML, with line and column', () => {
      expect(refused(Buffer.from('<a>\n<b></a>'))).to.include.keys('line', 'column', 'text', 'textEn');
      expect(refused(Buffer.from(''))).to.include.keys('line', 'text', 'textEn');
    });

    it('a document of another kind, and a version before 1.0.2, naming those it takes', () => {
      const other = refused(Buffer.from('<q:requestPackage xmlns:q="urn://egisso-ru/msg/10.13.I/2.0.0"/>'));
      expect(other.text).to.include('10.13.I 2.0.0').and.include('10.06.S 1.0.2');
      const ancient = refused(Buffer.from('<d:data xmlns:d="urn://egisso-ru/msg/10.06.S/1.0.1"/>'));
      expect(ancient.text).to.include('1.0.1').and.include('Преобразуются документы 10.06.S 1.0.2');
      expect(ancient.textEn).to.include('10.06.S/1.0.1');
    });

    it('another root element of a namespace it knows', () => {
      expect(refused(Buffer.from('<d:date xmlns:d="urn://egisso-ru/msg/10.06.S/1.0.7"/>')).text).to.include('date');
    });

    it('50 MB', () => {
      const huge = Buffer.alloc(50 * 1024 * 1024, ' ');
      huge.write('<a>');
      expect(refused(huge).text).to.match(/МБ|байт/);
    });
  });
});

describe('marks of persons in the retired versions', () => {
  for (const version of OLD_VERSIONS)
    it(`${version}: the recipient's fact and the reason person are each sealed under their own key`, () => {
      const tree = treeOf(oldFacts(version));
      const entry = catalogue().find(`urn://egisso-ru/msg/10.06.S/${version}`, 'data')!;
      expect(personSpans(entry, tree, tree.root).map((s) => s.snils)).to.deep.equal(['05686067192', '87759460892']);
    });
});
