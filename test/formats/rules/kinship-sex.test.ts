import { expect } from 'chai';
import { judgeFacts, told } from './judged.js';

describe('rule kinship-sex', () => {
  it('is content with a son who is male', () => expect(judgeFacts('kinship-sex')).to.deep.equal([]));

  it('warns of a daughter who is male', () =>
    expect(told(judgeFacts('kinship-sex', ['0211011', '0221011']))).to.deep.equal([
      '2 Код родственной связи 0221011 не соответствует полу лица-основания: ожидается женский, указан мужской',
    ]));

  it('lets codes that name no sex stand with either', () =>
    expect(judgeFacts('kinship-sex', ['0211011', '0000010'])).to.deep.equal([]));

  it('needs no code', () =>
    expect(judgeFacts('kinship-sex', ['<r:kinshipTypeCode>0211011</r:kinshipTypeCode>', ''])).to.deep.equal([]));
});
