import { expect } from 'chai';
import * as envelope from '../../src/envelope/index.js';
import { isFault } from '../../src/faults/index.js';
import type { Version } from '../../src/message/index.js';
import { isXmlProblem, parseXml } from '../../src/xml/index.js';

const PARTS = new Map([
  ['a b@x', Buffer.from('one')],
  ['plain', Buffer.from('two')],
]);

function read(items: string, version: Version = '1.2') {
  const xml = `<AttachmentContentList xmlns="${envelope.NAMESPACES[version].basic}">${items}</AttachmentContentList>`;
  const tree = parseXml(Buffer.from(xml));
  if (isXmlProblem(tree)) throw new Error(tree.textEn);
  return envelope.readAttachmentContents(tree, tree.root, version, PARTS);
}

const item = (id: string, content: string) =>
  `<AttachmentContent><Id>${id}</Id><Content>${content}</Content></AttachmentContent>`;
const include = (href: string) => `<i:Include xmlns:i="${envelope.XOP_NAMESPACE}" href="${href}"/>`;

describe('envelope/attachments', () => {
  it('reads base64 with blanks and xop:Include with an encoded cid, in their order', () => {
    const found = read(
      item('x', 'b25l\n ') +
        item(' y ', `\n${include('cid:a%20b%40x')} `) +
        item('z', include('CID:plain')) +
        item('e', ''),
    );
    expect(found).to.deep.equal([
      { id: 'x', content: Buffer.from('one'), road: 'inline' },
      { id: 'y', content: Buffer.from('one'), road: 'mtom' },
      { id: 'z', content: Buffer.from('two'), road: 'mtom' },
      { id: 'e', content: Buffer.alloc(0), road: 'inline' },
    ]);
  });

  const wrong: [what: string, items: string, count: number][] = [
    ['an empty list', '', 1],
    ['bad base64 and an Id that is no NCName', item('1', 'b25!'), 2],
    ['text beside an Include', item('x', `t${include('cid:plain')}`), 1],
    ['two Includes', item('x', include('cid:plain') + include('cid:plain')), 1],
    ['another element', item('x', '<Include href="cid:plain"/>'), 1],
    ['an href that is no cid', item('x', include('http://a/')) + item('y', include('cid:%zz')), 2],
    [
      'a missing Id and a missing Content',
      '<AttachmentContent><Content/></AttachmentContent><AttachmentContent><Id>a</Id></AttachmentContent>',
      2,
    ],
    ['an attribute', item('x', '').replace('<Content>', '<Content a="b">'), 1],
    ['an element inside Id', item('<b/>', ''), 1],
  ];
  for (const [what, items, count] of wrong) {
    it(`tells every violation: ${what}`, () => {
      expect(read(items)).to.include({ fault: 'InvalidContent' }).and.have.property('violations').with.length(count);
    });
  }

  it('an Include of a part that is not there names both', () => {
    const found = read(item('x', include('cid:lost')));
    expect(found).to.include({ fault: 'AttachmentContentMiscoordination' });
    expect(isFault(found) && found.description)
      .to.include('«lost»')
      .and.include('«x»');
  });

  const header = (contentId: string) => ({ contentId, mimeType: 'text/plain' });
  const content = (id: string, text = id) => ({ id, content: Buffer.from(text), road: 'mtom' as const });

  it('pairs in any order and answers in the order of the signed headers', () => {
    const headers = [{ ...header('a'), pkcs7: Buffer.from('p'), namespaceUri: 'urn:n' }, header('b')];
    expect(envelope.pairAttachments(headers, [content('b'), content('a')])).to.deep.equal([
      {
        contentId: 'a',
        mimeType: 'text/plain',
        pkcs7: Buffer.from('p'),
        namespaceUri: 'urn:n',
        content: Buffer.from('a'),
      },
      { contentId: 'b', mimeType: 'text/plain', content: Buffer.from('b') },
    ]);
  });

  const unpaired: [what: string, headers: string[], contents: string[], text: RegExp][] = [
    ['a header without content', ['a', 'b'], ['a'], /нет содержимого для «b»/],
    ['content without header', ['a'], ['a', 'b'], /нет заголовка для «b»/],
    ['a repeated header', ['a', 'a'], ['a'], /повторяется contentId «a»/],
    ['repeated content', ['a'], ['a', 'a'], /повторяется Id содержимого «a»/],
    [
      'all of it at once',
      ['a', 'a', 'c'],
      ['b', 'b'],
      /contentId «a».*Id содержимого «b».*содержимого для «a», «c».*заголовка для «b»/,
    ],
  ];
  for (const [what, headers, contents, text] of unpaired) {
    it(`names what does not pair: ${what}`, () => {
      const found = envelope.pairAttachments(
        headers.map(header),
        contents.map((id) => content(id)),
      );
      expect(found).to.include({ fault: 'AttachmentContentMiscoordination' });
      expect(isFault(found) && found.description).to.match(text);
    });
  }

  it('the size limit is for all together, and the fault carries both numbers', () => {
    const contents = [content('a', '12345'), content('b', '67890')];
    expect(isFault(envelope.pairAttachments([header('a'), header('b')], contents, 10))).to.equal(false);
    expect(envelope.pairAttachments([header('a'), header('b')], contents, 9)).to.deep.include({
      fault: 'AttachmentSizeLimitExceeded',
      extra: { PermittedTotalAttachmentSize: 9, RealTotalAttachmentSize: 10 },
    });
  });
});
