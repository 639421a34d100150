/** «The hash function GOST R 34.11-2012 calculates an integer h of 256 or 512 bits» (RFC 6986): its own examples and their use. */
import { expect } from 'chai';
import { streebog } from '../../../src/drivers/crypto-noble/streebog.js';

/** The RFC prints numbers, highest octet first; bytes go in and come out lowest first. */
const fromPrinted = (hex: string) => Buffer.from(hex, 'hex').reverse();
const printed = (bytes: Buffer) => Buffer.from(bytes).reverse().toString('hex');

/** RFC 6986 §10.1 and §10.2. */
const M1 = Buffer.from('012345678901234567890123456789012345678901234567890123456789012');
const M2 = fromPrinted(
  'fbe2e5f0eee3c820fbeafaebef20fffbf0e1e0f0f520e0ed20e8ece0ebe5f0f2f120fff0eeec20f120faf2fee5e2202ce8f6f3ede220e8e6eee1e8f0f2d1202ce8f0f2e5e220e5d1',
);

describe('crypto-noble: Streebog', () => {
  it('gives the values RFC 6986 prints for its two messages, in both lengths', () => {
    expect(printed(streebog(512, M1))).to.equal(
      '486f64c1917879417fef082b3381a4e211c324f074654c38823a7b76f830ad00fa1fbae42b1285c0352f227524bc9ab16254288dd6863dccd5b9f54a1ad0541b',
    );
    expect(printed(streebog(256, M1))).to.equal('00557be5e584fd52a449b16b0251d05d27f94ab76cbaa6da890b59d8ef1e159d');
    expect(printed(streebog(512, M2))).to.equal(
      '28fbc9bada033b1460642bdcddb90c3fb3e56c497ccd0f62b8a2ad4935e85f037613966de4ee00531ae60f3b5a47f8dae06915d5f2f194996fcabf2622e6881e',
    );
    expect(printed(streebog(256, M2))).to.equal('508f7e553c06501d749a66fc28c6cac0b005746d97537fa85d9e40904efed29d');
  });

  it('gives the HMAC values of RFC 7836 Appendix B, which hash what is longer than a block', () => {
    const key = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex');
    const text = Buffer.from('0126bdb87800af214341456563780100', 'hex');
    expect(hmac(256, key, text)).to.equal('a1aa5f7de402d7b3d323f2991c8d4534013137010a83754fd0af6d7cd4922ed9');
    expect(hmac(512, key, text)).to.equal(
      'a59bab22ecae19c65fbde6e5f4e9f5d8549d31f037f9df9b905500e171923a773d5f1530f2ed7e964cb2eedc29e9ad2f3afe93b2814f79f5000ffc0366c251e6',
    );
  });

  it('changes with every bit and with the length alone', () => {
    const seen = new Set<string>();
    for (let length = 0; length <= 130; length++) seen.add(streebog(256, Buffer.alloc(length)).toString('hex'));
    for (let bit = 0; bit < 512; bit++) {
      const message = Buffer.alloc(64);
      message[bit >> 3] = 1 << (bit & 7);
      seen.add(streebog(256, message).toString('hex'));
    }
    expect(seen.size).to.equal(131 + 512);
  });

  it('carries through all 512 bits of the sum', () => {
    const ones = streebog(256, Buffer.alloc(192, 0xff)).toString('hex');
    expect(ones).to.not.equal(streebog(256, Buffer.alloc(128, 0xff)).toString('hex'));
    expect(streebog(256, Buffer.alloc(192, 0xff)).toString('hex')).to.equal(ones);
  });
});

function hmac(bits: 256 | 512, key: Buffer, text: Buffer): string {
  const pad = (octet: number) => Buffer.from(Buffer.concat([key, Buffer.alloc(64 - key.length)]).map((b) => b ^ octet));
  const inner = streebog(bits, Buffer.concat([pad(0x36), text]));
  return streebog(bits, Buffer.concat([pad(0x5c), inner])).toString('hex');
}
