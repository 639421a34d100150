import { expect } from 'chai';
import { judgeFacts, told } from './judged.js';

describe('rule own-facts', () => {
  it('is content with a code of the sender or of a delegation', () => {
    expect(judgeFacts('own-facts')).to.deep.equal([]);
    expect(judgeFacts('own-facts', ['0542.000017', '0542.000018'])).to.deep.equal([]);
  });

  it('reports the code of somebody else', () =>
    expect(told(judgeFacts('own-facts', ['0542.000017', '0542.000019']))).to.deep.equal([
      '1 Код ОСЗ 0542.000019 не принадлежит отправителю: сведения о назначении передаёт осуществивший его орган или получивший от него полномочия',
    ]));
});
