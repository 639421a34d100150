/** Checks of suppliers' tools that need no rule: the schema of 10.06.S 1.1.0 holds them. */
import { expect } from 'chai';
import { ContentValidator } from '../../../src/formats/index.js';
import { initXsd } from '../../../src/xml/index.js';
import { catalogue, changed, FACTS_DOCUMENT, factsEntry, signedContent } from '../sample.js';

describe('what the schema of 10.06.S 1.1.0 holds itself', () => {
  let validator: ContentValidator;
  before(async () => {
    await initXsd();
    validator = new ContentValidator(catalogue());
  });
  after(() => validator.dispose());

  const MONEY = '<f:monetaryForm><f:amount>12500,00</f:amount></f:monetaryForm>';
  const form = (name: string, parts: string) =>
    [MONEY, `<f:${name}><f:amount>2</f:amount>${parts}</f:${name}>`] as const;
  const UNIT = '<f:okeiCode>796</f:okeiCode>';
  const WORTH = '<f:equivalentAmount>100</f:equivalentAmount>';
  const fact = FACTS_DOCUMENT.match(/<p:fact>[\s\S]*<\/p:fact>/)![0];

  const CASES: readonly (readonly [
    what: string,
    valid: boolean,
    ...changes: readonly (readonly [string, string])[],
  ])[] = [
    ['a natural form with a unit and its worth', true, form('naturalForm', UNIT + WORTH)],
    ['no unit', false, form('naturalForm', WORTH)],
    ['two units', false, form('naturalForm', `<f:measuryCode>03</f:measuryCode>${UNIT}${WORTH}`)],
    ['no worth', false, form('naturalForm', UNIT)],
    [
      'monetization of an exemption',
      true,
      form('exemptionForm', `${UNIT}<f:monetization>true</f:monetization>${WORTH}`),
    ],
    [
      'monetization of a natural form',
      false,
      form('naturalForm', `${UNIT}<f:monetization>true</f:monetization>${WORTH}`),
    ],
    ['money with three decimals', false, ['12500,00', '12500,000']],
    ['an event on no fact', false, [/<p:assignmentFactUuid>.*<\/p:assignmentFactUuid>/.exec(FACTS_DOCUMENT)![0], '']],
    ['ten digits of a SNILS', false, ['11223344595', '1122334459']],
    ['a body code without its point', false, ['0542.000017', '0542000017']],
    ['three digits of a passport’s series', false, ['4607', '460']],
    ['six digits of a kinship code', false, ['0211011', '021101']],
    [
      'an identity document of no known kind',
      false,
      ['<b:PassportRF>', '<b:Licence>'],
      ['</b:PassportRF>', '</b:Licence>'],
    ],
    ['a thousand facts', true, [fact, fact.repeat(1000)]],
    ['a thousand and one', false, [fact, fact.repeat(1001)]],
  ];
  for (const [what, valid, ...changes] of CASES)
    it(`${valid ? 'takes' : 'refuses'} ${what}`, () => {
      const { tree, octets } = signedContent(changed(FACTS_DOCUMENT, ...changes));
      const violations = validator.validate(factsEntry(), octets, { tree, element: tree.root });
      expect(violations.length === 0, JSON.stringify(violations[0])).to.equal(valid);
    }).timeout(20_000);
});
