import { expect } from 'chai';
import { judgeFacts, judgeRequest, told } from './judged.js';

describe('rule mixed-alphabets', () => {
  it('is content with a valid document', () => expect(judgeFacts('mixed-alphabets')).to.deep.equal([]));

  it('reports a Latin letter in a surname as an error, in a title as a warning', () => {
    expect(told(judgeFacts('mixed-alphabets', ['Кедрова', 'Кeдрова'], ['Отдел ЗАГС', 'Oтдел ЗАГС']))).to.deep.equal([
      '1 В значении элемента FamilyName слово "Кeдрова" содержит латинские буквы среди русских: e',
      '2 В значении элемента authority слово "Oтдел" содержит латинские буквы среди русских: O',
    ]);
  });

  it('lets Latin words, abbreviations and Roman numerals stand beside Russian ones', () =>
    expect(judgeFacts('mixed-alphabets', ['Отдел ЗАГС', 'IP-телефон, II степени, PDF файл, XXIв'])).to.deep.equal([]));

  it('warns on a request of 10.13.I', () => {
    const info = '</d:reportPeriod><d:requesterInfo><d:serviceTitle>Выдача cправки</d:serviceTitle></d:requesterInfo>';
    expect(told(judgeRequest('mixed-alphabets', ['</d:reportPeriod>', info]))).to.deep.equal([
      '2 В значении элемента serviceTitle слово "cправки" содержит латинские буквы среди русских: c',
    ]);
  });
});
