import { expect } from 'chai';
import { readWhole, text } from '../../src/participants/shape.js';

describe('a text of the configuration', () => {
  const why = (value: string) => {
    const read = readWhole(text(100), value);
    return 'why' in read ? read.why.map((w) => w.en).join() : 'read';
  };

  it('is refused with what a signed answer, a terminal or a reader would stumble over', () => {
    for (const value of ['\u0000', 'a\u001b[2J', 'a\u0085', '\ud800', '\udc00a', '\u202eOIGER', '\u2066a', '\uffff'])
      expect(why(value), JSON.stringify(value)).to.equal('the text holds control characters');
  });

  it('is taken with lines, tabs and every letter', () => {
    for (const value of ['-----BEGIN\r\nAA==\n', 'Система\tобласти', '😀 пф.рф «№ 1»', ''])
      expect(why(value)).to.equal('read');
  });
});
