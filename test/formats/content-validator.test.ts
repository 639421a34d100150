import { expect } from 'chai';
import { ContentValidator } from '../../src/formats/index.js';
import type { Violation } from '../../src/message/index.js';
import { initXsd } from '../../src/xml/index.js';
import {
  catalogue,
  changed,
  FACTS_DOCUMENT,
  factsEntry,
  STATEMENT_REQUEST,
  signedContent,
  statementEntry,
} from './sample.js';

describe('content validation', () => {
  let validator: ContentValidator;
  before(async () => {
    await initXsd();
    validator = new ContentValidator(catalogue());
  });

  function facts(...changes: readonly (readonly [string, string])[]): readonly Violation[] {
    const { tree, octets } = signedContent(changed(FACTS_DOCUMENT, ...changes));
    return validator.validate(factsEntry(), octets, { tree, element: tree.root });
  }

  it('accepts a valid document of 10.06.S 1.1.0 and a valid request of 10.13.I 2.0.0', () => {
    expect(facts()).to.deep.equal([]);
    const { tree, octets } = signedContent(STATEMENT_REQUEST);
    expect(validator.validate(statementEntry(), octets, { tree, element: tree.root })).to.deep.equal([]);
  });

  it('prints', () => {
    console.log(
      facts(
        ['<i:SNILS>11223344595<', '<i:SNILS>112-233-445 95<'],
        ['>Female<', '>Женский<'],
        ['r:basisPerson>', 'r:reasonPerson>'],
        ['</r:basisPerson>', '</r:reasonPerson>'],
        ['2024-05-20', '20.05.2024'],
        ['<p:dateFinish>2024-05-31</p:dateFinish>', ''],
      ),
    );
  });
});
