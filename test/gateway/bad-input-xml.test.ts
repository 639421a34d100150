/** What is not XML as this gateway reads it: refused before any operation, counted, never journalled one by one. */
import { createServer } from 'node:net';
import { expect } from 'chai';
import { query } from './contents.js';
import { changed, expectRefused, type Wire, xml } from './refusals.js';
import type { Sender } from './sender.js';
import { type TestGateway, testGateway } from './test-gateway.js';

const SNILS = '11737784886';

describe('bad input: the XML itself', () => {
  let gateway: TestGateway;
  let agency: Sender;
  before(async () => {
    gateway = await testGateway();
    agency = gateway.as('FED001');
  });
  after(() => gateway.close());

  const request = () => agency.buildRequest(query(SNILS));
  const invalid = (wire: Wire | Promise<Wire>, ...errors: (string | RegExp)[]) =>
    expectRefused(gateway, agency, wire, { code: 'InvalidContent', says: ['не читается'], errors });

  it('says that text is not XML and where', () =>
    invalid(xml('Добрый день'), 'строка 1, столбец 1', 'Ожидается корневой элемент'));

  it('says that JSON is not XML', () => invalid(xml('{"a":1}'), 'Ожидается корневой элемент'));

  it('says that an empty body lacks a root element', () => invalid(xml(''), 'Ожидается корневой элемент'));

  it('names the line where a message breaks off', async () => {
    const { body, ...wire } = await request();
    await invalid({ ...wire, body: body.subarray(0, body.length - 200) }, /строка 1, столбец \d+/, 'обрывается');
  });

  it('refuses a DOCTYPE, with entities or without', async () => {
    await invalid(changed(await request(), /^/, '<!DOCTYPE soap:Envelope>'), 'DOCTYPE не допускается');
    const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
    const bomb = `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]>`;
    await invalid(changed(changed(await request(), /^/, bomb), SNILS, '&l9;'), 'DOCTYPE не допускается');
  });

  it('refuses an external entity and opens neither file nor connection', async () => {
    const visits = await listening();
    for (const url of ['file:///etc/passwd', `http://127.0.0.1:${visits.port}/x.dtd`]) {
      const doctype = `<!DOCTYPE x [<!ENTITY x SYSTEM "${url}">]>`;
      const answer = await invalid(changed(changed(await request(), /^/, doctype), SNILS, '&x;'), 'DOCTYPE');
      expect(answer.text).to.not.include('root:');
    }
    const parameter = `<!DOCTYPE x SYSTEM "http://127.0.0.1:${visits.port}/y.dtd">`;
    await invalid(changed(await request(), /^/, parameter), 'DOCTYPE');
    expect(await visits.close()).to.equal(0);
  });

  it('refuses an entity nobody declared', async () =>
    invalid(changed(await request(), SNILS, '&snils;'), 'сущность неизвестна'));

  it('refuses processing instructions, before the root and inside', async () => {
    await invalid(changed(await request(), /^/, '<?xml-stylesheet href="x"?>'), 'Инструкции обработки');
    await invalid(changed(await request(), SNILS, '<?php echo 1?>'), 'Инструкции обработки');
  });

  it('refuses UTF-16, marked or not, and says which encoding to use', async () => {
    const text = (await request()).body.toString();
    const utf16 = Buffer.from(text, 'utf16le');
    await invalid(xml(Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])), /UTF-8/);
    await invalid(xml(utf16), /UTF-8|недопустим/);
    await invalid(xml(Buffer.concat([Buffer.from([0xfe, 0xff]), utf16.swap16()])), /UTF-8/);
  });

  it('refuses declared encodings other than UTF-8', async () => {
    for (const encoding of ['windows-1251', 'UTF-16', 'UTF-7', 'ISO-8859-1']) {
      const declared = changed(await request(), /^/, `<?xml version="1.0" encoding="${encoding}"?>`);
      await invalid(declared, encoding);
    }
  });

  it('refuses UTF-7 text that hides a tag', async () =>
    invalid(xml('+ADw-soap:Envelope xmlns:soap+AD0AIg-x+ACIAPg-'), 'Ожидается корневой элемент'));

  it('refuses bytes that are not UTF-8: overlong, half a surrogate, cut, windows-1251', async () => {
    const { body, ...wire } = await request();
    const at = body.indexOf(SNILS);
    for (const bad of [[0xc0, 0xbc], [0xe0, 0x80, 0xbc], [0xed, 0xa0, 0x80], [0xd0], [0xcf, 0xf0], [0xf8, 0x88]]) {
      const bytes = Buffer.concat([body.subarray(0, at), Buffer.from(bad), body.subarray(at + bad.length)]);
      await invalid({ ...wire, body: bytes }, 'не являются UTF-8');
    }
  });

  it('refuses NUL and other characters XML has not, as bytes and as references', async () => {
    for (const bad of ['\0', '\x0b', '￾', '&#0;', '&#x1F;', '&#xD800;', '&#x110000;']) {
      await invalid(changed(await request(), SNILS, bad), /недопустим|Ссылка записана неверно/);
    }
  });

  it('refuses 300 levels of nesting, 101 too, and lets the schema judge 100', async () => {
    const nested = (n: number) => `${'<a>'.repeat(n)}${'</a>'.repeat(n)}`;
    await invalid(changed(await request(), SNILS, nested(300)), 'Вложенность элементов больше 100');
    await invalid(xml(nested(100_000)), 'Вложенность элементов больше 100');
    await invalid(xml(nested(101)), 'Вложенность элементов больше 100');
    await expectRefused(gateway, agency, xml(nested(100)), {
      code: 'InvalidContent',
      says: ['Ожидается конверт SOAP'],
    });
  });

  it('refuses 100,000 attributes for hardly more than the time of an ordinary message', async () => {
    const attributes = Array.from({ length: 100_000 }, (_, i) => ` a${i}="${i}"`).join('');
    const bomb = changed(await request(), '<q:elements>', `<q:elements${attributes}>`);
    const timed = async (work: () => Promise<unknown>) => {
      const start = performance.now();
      await work();
      return performance.now() - start;
    };
    const usual: number[] = [];
    const hostile: number[] = [];
    for (let i = 0; i < 5; i++) {
      usual.push(await timed(async () => agency.post(changed(await request(), SNILS, '&no;'))));
      hostile.push(await timed(() => agency.post(bomb)));
    }
    await invalid(bomb, 'больше 256 атрибутов');
    // 1.2 MB must cross the socket; its attributes must not be sorted, compared or kept: quadratic work takes minutes.
    expect(Math.min(...hostile)).to.be.lessThan(Math.min(...usual) + 250);
  });

  it('refuses 100,000 namespace declarations and 3,000 different names', async () => {
    const declarations = Array.from({ length: 100_000 }, (_, i) => ` xmlns:n${i}="urn:${i}"`).join('');
    await invalid(
      changed(await request(), '<q:elements>', `<q:elements${declarations}>`),
      /больше \d+ (атрибутов|префиксов)/,
    );
    const names = Array.from({ length: 3_000 }, (_, i) => `<n${i}/>`).join('');
    await invalid(changed(await request(), '<q:elements>', `<q:elements>${names}`), /больше 2048 разных имён/);
  });

  it('refuses a second root and text after the end', async () => {
    await invalid(changed(await request(), /$/, '<x/>'), 'После корневого элемента');
    await invalid(changed(await request(), /$/, 'ещё'), 'После корневого элемента');
  });

  it('refuses prefixes nobody declared and bindings of xml and xmlns', async () => {
    await invalid(changed(await request(), '<q:elements>', '<q:elements zz:a="1">'), 'Префикс имени zz:a не объявлен');
    for (const bad of [
      'xmlns:xml="urn:x"',
      'xmlns:xmlns="urn:x"',
      'xmlns:p=""',
      'xmlns="http://www.w3.org/2000/xmlns/"',
    ]) {
      await invalid(changed(await request(), '<q:elements>', `<q:elements ${bad}>`), /xml|xmlns/);
    }
  });

  it('refuses an attribute given twice, directly or through two prefixes of one namespace', async () => {
    await invalid(changed(await request(), '<q:elements>', '<q:elements a="1" a="2">'), 'Атрибут повторяется: a');
    const twice = '<q:elements xmlns:m="urn:x" xmlns:n="urn:x" m:a="1" n:a="2">';
    await invalid(changed(await request(), '<q:elements>', twice), /Атрибут повторяется/);
  });
});

/** A server that counts who comes. */
async function listening(): Promise<{ port: number; close(): Promise<number> }> {
  let visits = 0;
  const server = createServer((socket) => {
    visits++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () => new Promise((resolve) => server.close(() => resolve(visits))),
  };
}
