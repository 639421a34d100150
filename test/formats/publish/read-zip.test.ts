import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import { isRefused, readZip } from '../../../src/formats/index.js';

const XSD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>';

function refusal(zip: Uint8Array): string {
  const files = readZip(zip);
  return isRefused(files) ? `${files.refusals[0]?.code}: ${files.refusals[0]?.ru}` : 'read';
}

/** A zip with bytes of its first name's directory entry (and local header) replaced. */
function renamed(from: string, to: Uint8Array): Uint8Array {
  const zip = Buffer.from(zipSync({ [from]: strToU8(XSD) }));
  for (let at = zip.indexOf(from); at >= 0; at = zip.indexOf(from, at + 1)) zip.set(to, at);
  return zip;
}

describe('a zip with a package', () => {
  it('gives schemas, samples and descriptions, and nothing else', () => {
    const zip = zipSync({
      'a/b.xsd': strToU8(XSD),
      'c.xml': strToU8('<a/>'),
      'a/format.json': strToU8('{}'),
      'x.doc': strToU8('no'),
    });
    const files = readZip(zip);
    if (isRefused(files)) throw new Error(files.refusals[0]?.ru);
    expect([...files.keys()].sort()).to.deep.equal(['a/b.xsd', 'a/format.json', 'c.xml']);
    expect(Buffer.from(files.get('a/b.xsd') ?? []).toString()).to.equal(XSD);
  });

  it('may have Cyrillic names in UTF-8 or, as Windows writes them, in code page 866', () => {
    const utf8 = readZip(zipSync({ 'Запрос.xsd': strToU8(XSD) }));
    expect(isRefused(utf8) ? [] : [...utf8.keys()]).to.deep.equal(['Запрос.xsd']);
    const cp866 = readZip(renamed('abcd.xsd', Uint8Array.from([0x8b, 0xa5, 0xe1, 0x5c])));
    expect(isRefused(cp866) ? [] : [...cp866.keys()]).to.deep.equal(['Лес/.xsd']);
  });

  it('may have backslashes between its folders', () => {
    const files = readZip(zipSync({ 'a\\b.xsd': strToU8(XSD) }));
    expect(isRefused(files) ? [] : [...files.keys()]).to.deep.equal(['a/b.xsd']);
  });

  it('is refused when a name leads out of it', () => {
    for (const name of ['../x.xsd', 'a/../../x.xsd', '/etc/x.xsd', '..\\x.xsd', 'C:\\x.xsd', 'C:/x.xsd'])
      expect(refusal(zipSync({ [name]: strToU8(XSD) })), name).to.match(/^unsafe-name: .*за пределы пакета/);
  });

  it('is refused when it holds a link, or a name twice', () => {
    const link = zipSync({ 'x.xsd': [strToU8('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }] });
    expect(refusal(link)).to.match(/^unsafe-name: .*ссылка/);
    expect(refusal(renamed2('a.xsd', 'b.xsd'))).to.match(/^unsafe-name: .*повторяется/);
  });

  it('is refused before it bursts: 50 MB in one file, in many, or a size that lies', () => {
    const zeros = new Uint8Array(50 * 1024 * 1024);
    expect(refusal(zipSync({ 'bomb.xsd': zeros }, { level: 1 }))).to.match(/^too-large: .*больше 8 МБ/);
    const part = zeros.subarray(0, 4 * 1024 * 1024);
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`${i}.xsd`, part]));
    expect(refusal(zipSync(many, { level: 0 }))).to.match(/^too-large: .*больше 32 МБ/);
    expect(refusal(zipSync({ 'x.xsd': part }))).to.match(/^too-large: .*больше чем в 100 раз/);
    const lying = Buffer.from(zipSync({ 'x.xsd': part }));
    lying.writeUInt32LE(1000, lying.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
    expect(refusal(lying)).to.match(/^not-a-zip/);
  });

  it('is refused when it is none, cut off, encrypted or damaged', () => {
    const zip = Buffer.from(zipSync({ 'x.xsd': strToU8(XSD.repeat(20)) }));
    expect(refusal(Buffer.from(XSD))).to.match(/^not-a-zip/);
    expect(refusal(new Uint8Array())).to.match(/^not-a-zip/);
    for (let cut = 1; cut < zip.length; cut += 3) expect(refusal(zip.subarray(0, cut))).to.match(/^not-a-zip/);
    const damaged = Buffer.from(zip);
    damaged[40] = (damaged[40] ?? 0) ^ 0xff;
    expect(refusal(damaged)).to.match(/^not-a-zip: .*повреждён/);
    const encrypted = Buffer.from(zip);
    const flags = encrypted.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 8;
    encrypted.writeUInt16LE(encrypted.readUInt16LE(flags) | 1, flags);
    expect(refusal(encrypted)).to.match(/^not-a-zip: .*зашифрован/);
  });

  it('never throws, whatever one byte is changed', () => {
    const zip = zipSync({ 'a/x.xsd': strToU8(XSD), 'y.xml': strToU8('<a/>') });
    for (let at = 0; at < zip.length; at++) {
      const changed = Uint8Array.from(zip);
      changed[at] = (changed[at] ?? 0) ^ 0x81;
      readZip(changed);
    }
  });
});

/** Two entries whose second is named like the first. */
function renamed2(first: string, second: string): Uint8Array {
  const zip = Buffer.from(zipSync({ [first]: strToU8(XSD), [second]: strToU8(XSD) }));
  for (let at = zip.indexOf(second); at >= 0; at = zip.indexOf(second, at + 1)) zip.write(first, at);
  return zip;
}
