import { expect } from 'chai';
import { ContentValidator, type SenderDocument } from '../../src/formats/index.js';
import type { Violation } from '../../src/message/index.js';
import { canonicalize, initXsd } from '../../src/xml/index.js';
import {
  catalogue,
  changed,
  FACTS_DOCUMENT,
  factsEntry,
  STATEMENT_REQUEST,
  signedContent,
  statementEntry,
  treeOf,
} from './sample.js';

const CYRILLIC = /[а-яё]/i;
/** Words of libxml2's sentences that must never reach a sender. */
const RAW = /This element is not expected|facet '|is not a valid value|Element '\{/;

describe('content validation', () => {
  let validator: ContentValidator;
  before(async () => {
    await initXsd();
    validator = new ContentValidator(catalogue());
  });
  after(() => validator.dispose());

  function judged(xml: string, more: Partial<SenderDocument> = {}): readonly Violation[] {
    const { tree, octets } = signedContent(xml);
    return validator.validate(factsEntry(), octets, { tree, element: tree.root, ...more });
  }

  it('accepts a valid document of 10.06.S 1.1.0 and a valid request of 10.13.I 2.0.0', () => {
    expect(judged(FACTS_DOCUMENT)).to.deep.equal([]);
    const { tree, octets } = signedContent(STATEMENT_REQUEST);
    expect(validator.validate(statementEntry(), octets, { tree, element: tree.root })).to.deep.equal([]);
  });

  it('finds exactly five violations in a document with five, each with line, path and a Russian text', () => {
    const found = judged(
      changed(
        FACTS_DOCUMENT,
        ['<i:SNILS>11223344595<', '<i:SNILS>112-233-445 95<'],
        ['>Female<', '>Женский<'],
        ['<r:basisPerson>', '<r:reasonPerson>'],
        ['</r:basisPerson>', '</r:reasonPerson>'],
        ['2024-05-20', '20.05.2024'],
        ['<p:dateFinish>2024-05-31</p:dateFinish>', ''],
      ),
    );
    expect(found.map((v) => v.line)).to.deep.equal([8, 11, 23, 44, 72]);
    expect(found.map((v) => v.path?.split('/').at(-1))).to.deep.equal([
      'i:SNILS',
      'i:Gender',
      'r:reasonPerson',
      'f:decisionDate',
      'p:amount',
    ]);
    for (const v of found) {
      expect(v.text).to.match(CYRILLIC).and.not.match(RAW);
      expect(v.textEn).to.be.a('string').and.not.match(RAW);
      expect(v.path).to.match(/^\/m:data\/p:package\/p:elements\//);
    }
    expect(found[2]!.text).to.equal('ожидался basisPerson, а найден reasonPerson');
  });

  it('places violations in the envelope the content came in, not in the canonical octets', () => {
    const xml = `<e:Envelope xmlns:e="urn:e">\n\n  <e:Body\n    >\n${changed(FACTS_DOCUMENT, ['>Female<', '>F<'])}</e:Body></e:Envelope>`;
    const tree = treeOf(xml);
    const [body] = tree.children(tree.root);
    const [content] = tree.children(body!);
    const [found] = validator.validate(factsEntry(), canonicalize(tree, content!), { tree, element: content! });
    expect(found!.line).to.equal(15);
    expect(found!.path).to.match(/^\/e:Envelope\/e:Body\/m:data\/.*\/i:Gender$/);
  });

  it('names the attachment a violation stands in', () => {
    const [found] = judged(changed(FACTS_DOCUMENT, ['>Female<', '>F<']), { attachment: 'facts.xml' });
    expect(found!.attachment).to.equal('facts.xml');
  });

  it('finds the place of a violation in a document without prefixes', () => {
    const xml = changed(
      STATEMENT_REQUEST,
      ['<q:requestPackage xmlns:q=', '<requestPackage xmlns='],
      ['<q:packageUid>0a1b2c3d-', '<packageUid>0a1b2c3dx'],
      ['</q:packageUid>', '</packageUid>'],
      ['<q:elements>', '<elements>'],
      ['</q:elements>', '</elements>'],
      ['</q:requestPackage>', '</requestPackage>'],
    );
    const { tree, octets } = signedContent(xml);
    const [found, ...others] = validator.validate(statementEntry(), octets, { tree, element: tree.root });
    expect(others).to.deep.equal([]);
    expect(found!.path).to.equal('/requestPackage/packageUid');
  });

  it('numbers namesakes in paths', () => {
    const fact = FACTS_DOCUMENT.match(/<p:fact>[\s\S]*<\/p:fact>/)![0];
    const [found] = judged(changed(FACTS_DOCUMENT, [fact, fact + fact.replace('12500,00', '12500')]));
    expect(found!.path).to.contain('/p:elements/p:fact[2]/f:assignmentInfo/');
  });

  it('never fetches xsi:schemaLocation', () => {
    const located =
      '<m:data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x http://127.0.0.1:9/x.xsd"';
    expect(judged(FACTS_DOCUMENT.replace('<m:data', located))).to.deep.equal([]);
  });

  it('reports a root the format does not have', () => {
    const [found] = judged('<m:dat xmlns:m="urn://egisso-ru/msg/10.06.S/1.1.0"/>');
    expect(found!.text).to.equal(
      'элемент dat в этом формате не описан (пространство имён urn://egisso-ru/msg/10.06.S/1.1.0)',
    );
  });

  it('says that the list was cut when there are too many violations', () => {
    const bad = '<f:needsCriteria><f:needsCriteriaCode>x</f:needsCriteriaCode></f:needsCriteria>'.repeat(1100);
    const found = judged(
      changed(FACTS_DOCUMENT, ['<f:usingSign>true</f:usingSign>', `<f:usingSign>true</f:usingSign>${bad}`]),
    );
    expect(found.at(-1)!.text).to.match(/показаны первые 1000 нарушений/);
  });

  it('throws for a version without a schema: acceptance refuses it before', () => {
    const retired = catalogue().find('urn://egisso-ru/msg/10.06.S/1.0.5', 'data')!;
    const { tree, octets } = signedContent(FACTS_DOCUMENT);
    expect(() => validator.validate(retired, octets, { tree, element: tree.root })).to.throw('10.06.S 1.0.5');
  });
});
