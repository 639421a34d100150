import { expect } from 'chai';
import { changed, FACT_UUID, FACTS_DOCUMENT } from '../sample.js';
import { judgeFacts, told } from './judged.js';

describe('rule repeated-persons', () => {
  const fact = FACTS_DOCUMENT.match(/<p:fact>[\s\S]*<\/p:fact>/)![0];
  const second = (...changes: readonly (readonly [string, string])[]) =>
    told(judgeFacts('repeated-persons', [fact, fact + changed(fact, [FACT_UUID, 'second'], ...changes)]));

  it('is content when a person stands twice with the same SNILS', () => {
    expect(judgeFacts('repeated-persons')).to.deep.equal([]);
    expect(second()).to.deep.equal([]);
  });

  it('warns of one SNILS under two names', () =>
    expect(second(['Анна', 'Ольга'])).to.deep.equal(['2 СНИЛС 11223344595 указан в пакете у разных людей']));

  it('warns of one person, and of one document, under two numbers', () => {
    expect(second(['07056788083', '11737784886'], ['246801</b:Number>', '246802</b:Number>'])).to.deep.equal([
      '2 Человек с теми же фамилией, именем, отчеством и датой рождения указан в пакете с разными СНИЛС: 07056788083 и 11737784886',
    ]);
    expect(second(['11223344595', '11737784886'], ['Анна', 'Ольга'])).to.deep.equal([
      '2 Документ серии 4607 номер 135790 указан в пакете с разными СНИЛС: 11223344595 и 11737784886',
    ]);
  });
});
