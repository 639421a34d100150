import { expect } from 'chai';
import { judgeFacts, told } from './judged.js';

describe('rule document-number', () => {
  it('is content with a plausible passport and birth certificate', () =>
    expect(judgeFacts('document-number')).to.deep.equal([]));

  it('warns of a passport whose series begins with 00, or whose number is all zeros', () =>
    expect(told(judgeFacts('document-number', ['4607', '0007'], ['135790', '000000']))).to.deep.equal([
      '2 Серия паспорта гражданина РФ 0007 не корректна: 4 цифры, первые две не 00',
      '2 Номер паспорта гражданина РФ 000000 не корректен: 6 цифр',
    ]));

  it('warns of a passport given before the fourteenth birthday', () => {
    expect(judgeFacts('document-number', ['2006-04-01', '2000-03-08'])).to.deep.equal([]);
    expect(told(judgeFacts('document-number', ['2006-04-01', '2000-03-07']))).to.deep.equal([
      '2 Паспорт гражданина РФ серии 4607 выдан раньше 14 лет',
    ]);
  });

  it('warns of a series that is no Roman numeral', () =>
    expect(told(judgeFacts('document-number', ['<b:Series>IV-МЮ', '<b:Series>IIV-МЮ']))).to.deep.equal([
      '2 Серия свидетельства о рождении IIV-МЮ не корректна: римское число латинскими буквами, дефис, две русские буквы',
    ]));

  it('reads the kind of a document giving the right from its title', () => {
    expect(told(judgeFacts('document-number', ['<f:series>IV-МЮ', '<f:series>IV МЮ']))).to.have.length(1);
    const other = ['Свидетельство о рождении', 'Справка о рождении'] as const;
    expect(judgeFacts('document-number', other, ['<f:series>IV-МЮ', '<f:series>IV МЮ'])).to.deep.equal([]);
    const passport = ['Свидетельство о рождении', 'Паспорт гражданина РФ'] as const;
    expect(told(judgeFacts('document-number', passport))).to.have.length(1);
    expect(judgeFacts('document-number', passport, ['<f:series>IV-МЮ', '<f:series>46 07'])).to.deep.equal([]);
  });
});
