import { Dicer } from '@fastify/busboy';
import { expect } from 'chai';
import fc from 'fast-check';
import { readMessage, writeMessage } from '../../src/envelope/index.js';
import { isFault } from '../../src/faults/index.js';

const ROOT = '<a/>';
const TYPE = 'multipart/related; type="application/xop+xml"; boundary="b"; start="<root>"';

function body(...parts: readonly [headers: string, content: string][]): Buffer {
  const text = parts.map(([headers, content]) => `--b\r\n${headers}\r\n\r\n${content}\r\n`).join('');
  return Buffer.from(`${text}--b--\r\n`, 'latin1');
}

const GOOD = body(['Content-ID: <root>', ROOT], ['Content-ID: <p1>', 'octets']);

/** The root and parts, or the fault's text. */
function read(contentType: string, octets: Buffer): { root: string; parts: Record<string, string> } | string {
  const message = readMessage(contentType, octets);
  if (isFault(message)) {
    expect(message.fault).to.equal('InvalidContent');
    expect(message.violations).to.have.length(1);
    return message.description;
  }
  const parts = [...message.parts].map(([id, content]) => [id, content.toString('latin1')]);
  return { root: message.root.toString(), parts: Object.fromEntries(parts) };
}

/** Parts as a streaming parser of another author splits them. */
async function dicer(boundary: string, octets: Buffer): Promise<Buffer[]> {
  const parts: Buffer[][] = [];
  const parser = new Dicer({ boundary });
  parser.on('part', (part) => {
    const chunks: Buffer[] = [];
    parts.push(chunks);
    part.on('data', (chunk) => chunks.push(Buffer.from(chunk as Buffer)));
  });
  await new Promise((resolve, reject) => {
    parser.on('finish', resolve);
    parser.on('error', reject);
    parser.end(octets);
  });
  return parts.map((chunks) => Buffer.concat(chunks));
}

describe('envelope/mime: every Content-Type a client may send', () => {
  it('text/xml in any case, with charset, or absent, is the document itself', () => {
    for (const type of [
      'text/xml',
      'TEXT/XML; Charset="utf-8"',
      'text/xml;charset=windows-1251',
      'application/xml',
      '',
      'text/xml;',
    ]) {
      expect(read(type, Buffer.from(ROOT)), type).to.deep.equal({ root: ROOT, parts: {} });
    }
  });

  it('multipart/related: any case, any order of parameters, start with and without brackets or missing, folded lines', () => {
    const expected = { root: ROOT, parts: { p1: 'octets' } };
    for (const type of [
      TYPE,
      'Multipart/Related; START=root; Boundary=b; Type="application/xop+xml"; start-info="text/xml"; charset=utf-8',
      'multipart/related;boundary=b;type=text/xml',
      'multipart/related;\r\n\tboundary="b";\r\n start="<root>"',
      'multipart/related; boundary="\\b"',
    ]) {
      expect(read(type, GOOD), type).to.deep.equal(expected);
    }
  });

  it('the root may stand last, behind a preamble and before an epilogue', () => {
    const parts = body(['Content-ID: <p1>', 'octets'], ['content-id:<root>\r\nX-Folded: a\r\n b', ROOT]).toString(
      'latin1',
    );
    const octets = Buffer.from(`preamble --b\r\n${parts}epilogue --b`);
    expect(read(TYPE, octets)).to.deep.equal({ root: ROOT, parts: { p1: 'octets' } });
  });

  it('padding after a boundary is no part of it, and a longer line is content', () => {
    const octets = Buffer.from('--b \t\r\nContent-ID: <root>\r\n\r\n<a>\r\n--bb\r\n--b-\r\n</a>\r\n--b-- ');
    expect(read(TYPE, octets)).to.have.property('root', '<a>\r\n--bb\r\n--b-\r\n</a>');
  });

  it('a part in base64 is decoded; a part without headers and without Content-ID is passed over', () => {
    const octets = Buffer.from(
      '--b\r\nContent-ID: root\r\nContent-Transfer-Encoding: BASE64\r\n\r\nPGEv\r\nPg==\r\n--b\r\n\r\nnameless\r\n--b--',
    );
    expect(read(TYPE, octets)).to.deep.equal({ root: ROOT, parts: {} });
  });

  const refused: [what: string, type: string, octets: Buffer, text: RegExp][] = [
    ['SOAP 1.2', 'application/soap+xml', GOOD, /SOAP 1\.2/],
    ['another media type', 'text/plain', GOOD, /text\/plain не принимается/],
    ['a malformed Content-Type', 'multipart/related; boundary="b', GOOD, /не читается/],
    ['a repeated parameter', 'multipart/related; boundary=b; boundary=c', GOOD, /не читается/],
    ['no boundary', 'multipart/related', GOOD, /boundary/],
    ['a boundary longer than 70', `multipart/related; boundary=${'b'.repeat(71)}`, GOOD, /boundary/],
    ['a boundary that does not occur', 'multipart/related; boundary=z', GOOD, /не встречается/],
    ['a body cut short', TYPE, GOOD.subarray(0, -8), /обрывается/],
    ['no parts', TYPE, Buffer.from('--b--'), /ни одной части/],
    ['a start that names no part', TYPE.replace('root', 'none'), GOOD, /start.*none/],
    ['a repeated Content-ID', TYPE, body(['Content-ID: <root>', 'a'], ['Content-ID: <root>', 'b']), /root повторяется/],
    ['a repeated header', TYPE, body(['Content-ID: <a>\r\nContent-ID: <root>', 'a']), /повторяется/],
    ['a header without colon', TYPE, body(['Content-ID', 'a']), /не читается/],
    ['headers without end', TYPE, Buffer.from('--b\r\nContent-ID: <root>\r\n--b--'), /пустой строкой/],
    ['headers beyond 8 KB', TYPE, body([`X: ${'x'.repeat(9000)}`, 'a']), /8192/],
    ['more than 32 headers', TYPE, body([Array.from({ length: 33 }, (_, i) => `X${i}: x`).join('\r\n'), 'a']), /32/],
    [
      'quoted-printable',
      TYPE,
      body(['Content-ID: <root>\r\nContent-Transfer-Encoding: quoted-printable', 'a']),
      /quoted-printable/,
    ],
    ['bad base64', TYPE, body(['Content-ID: <root>\r\nContent-Transfer-Encoding: base64', 'a!']), /base64/],
  ];
  for (const [what, type, octets, text] of refused) {
    it(`refuses ${what} in words`, () => {
      expect(read(type, octets)).to.be.a('string').and.match(text);
    });
  }

  it('refuses more than 1000 parts without reading the rest', () => {
    const octets = Buffer.from(`${'--b\r\n\r\nx\r\n'.repeat(1001)}--b--`);
    expect(read('multipart/related; boundary=b', octets)).to.match(/1000/);
  });

  it('whatever octets are written are read again, and another parser splits them alike (seed 20240517)', async () => {
    const fragment = fc.oneof(
      fc.uint8Array({ maxLength: 40 }).map((octets) => Buffer.from(octets)),
      fc.constantFrom('\r\n', '--', '\r\n--uuid:', '\r\n\r\n', '-', 'uuid:').map((text) => Buffer.from(text)),
    );
    const content = fc.array(fragment, { maxLength: 12 }).map((pieces) => Buffer.concat(pieces));
    const messages = fc.array(content, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(messages, async (contents) => {
        const parts = contents.map((octets, i) => ({ id: `p${i}`, content: octets }));
        const { contentType, body: octets } = writeMessage('<a>я</a>', parts);
        const message = readMessage(contentType, octets);
        if (isFault(message)) return expect.fail(message.description);
        expect(message.root.toString()).to.equal('<a>я</a>');
        for (const { id, content: expected } of parts) expect(message.parts.get(id)).to.deep.equal(expected);
        const boundary = /boundary="([^"]*)"/.exec(contentType)![1]!;
        const nonEmpty = (list: readonly Buffer[]) => list.filter((one) => one.length > 0);
        expect(nonEmpty(await dicer(boundary, octets))).to.deep.equal(nonEmpty([message.root, ...contents]));
        return undefined;
      }),
      { seed: 20240517, numRuns: 300 },
    );
  });

  it('a boundary that stands in an attachment is not used', () => {
    const first = /boundary="([^"]*)"/.exec(
      writeMessage(ROOT, [{ id: 'p', content: Buffer.alloc(0) }]).contentType,
    )![1]!;
    const { contentType, body: octets } = writeMessage(ROOT, [
      { id: 'p', content: Buffer.from(`x\r\n--${first}--\r\n`) },
    ]);
    const message = readMessage(contentType, octets);
    if (isFault(message)) return expect.fail(message.description);
    expect(message.parts.get('p')?.toString()).to.equal(`x\r\n--${first}--\r\n`);
    return undefined;
  });
});
