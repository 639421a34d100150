import { expect } from 'chai';
import { personSpans, personsOf } from '../../src/formats/index.js';
import { changed, FACTS_DOCUMENT, factsEntry, STATEMENT_REQUEST, statementEntry, treeOf } from './sample.js';

describe('persons of a document', () => {
  it('are the recipient with the fact, and each reason person inside it, in document order', () => {
    const tree = treeOf(FACTS_DOCUMENT);
    const spans = personSpans(factsEntry(), tree, tree.root);
    expect(spans.map((s) => [tree.localNameOf(s.element), s.snils])).to.deep.equal([
      ['fact', '11223344595'],
      ['basisPerson', '07056788083'],
    ]);
  });

  it('are found in several facts and in a corrected one', () => {
    const fact = FACTS_DOCUMENT.match(/<p:fact>[\s\S]*<\/p:fact>/)![0];
    const other = changed(fact, ['11223344595', '11111111145']);
    const correction = `<p:alterationBasedOnPreviousErrors><p:uuid/>${other}</p:alterationBasedOnPreviousErrors>`;
    const tree = treeOf(changed(FACTS_DOCUMENT, [fact, fact + fact + correction]));
    expect(personSpans(factsEntry(), tree, tree.root)).to.have.length(6);
    expect(personsOf(factsEntry(), tree, tree.root)).to.deep.equal(['11223344595', '07056788083', '11111111145']);
  });

  it('keep their span when the SNILS cannot be read', () => {
    const tree = treeOf(changed(FACTS_DOCUMENT, ['11223344595', 'нет']));
    expect(personSpans(factsEntry(), tree, tree.root)[0]!.snils).to.equal(undefined);
    expect(personsOf(factsEntry(), tree, tree.root)).to.deep.equal(['07056788083']);
  });

  it('are found wherever the content stands in the envelope', () => {
    const tree = treeOf(`<e:Body xmlns:e="urn:e">${STATEMENT_REQUEST}</e:Body>`);
    const [content] = tree.children(tree.root);
    expect(personsOf(statementEntry(), tree, content!)).to.deep.equal(['12345678900']);
    expect(personsOf(statementEntry(), tree, tree.root)).to.deep.equal([]);
  });
});
