import { join } from 'node:path';
import { expect } from 'chai';
import { pensionFundAdapter } from '../../../adapters/pension-fund/index.js';
import { projectRoot } from '../../../src/config/index.js';
import type { PartnerAdapter } from '../../../src/ports/index.js';
import { type RunningFund, startFund } from '../../../src/sandbox/pension-fund/index.js';
import { hasPublished, published, violations } from '../egisso/xml-check.js';
import { byParticulars, delivery, KINDS, messageId, validation } from './documents.js';

const NEVER = new AbortController().signal;
/** The man of the published requests, in our own documents. */
const IVANOV = {
  familyName: 'Иванов',
  firstName: 'Иван',
  patronymic: 'Иванович',
  gender: 'Male',
  birthDate: '1967-05-21',
  snils: '00000011100',
} as const;
const PLACE = { placeType: 'ОСОБОЕ', settlement: 'Загорск', district: 'Ленинский', region: 'Московская область' };
const PASSPORT = {
  kind: 'PassportRF',
  series: '0005',
  number: '777777',
  issueDate: '1986-06-13',
  issuer: 'ОВД',
} as const;

/** No answers to these requests are published: what is expected is the person asked about, valid under the format's schema. */
describe('Pension Fund, the published requests (../shared; twins on generated data)', () => {
  let fund: RunningFund;
  let adapter: PartnerAdapter;
  before(async () => {
    const people = { seed: 1, count: 8 };
    fund = await startFund({ file: ':memory:', host: '127.0.0.1', port: 0, clock: Date, people });
    adapter = pensionFundAdapter({ url: fund.url, partner: 'PFR' });
  });
  after(() => fund.close());

  const cases = [
    {
      kind: KINDS.byParticulars,
      file: 'SnilsByAdditionalDataRequest.ivanov.xml',
      twin: byParticulars(IVANOV, PLACE, PASSPORT),
      holds: [
        'Snils>00000011100<',
        'Settlement>ЗАГОРСК<',
        'PlaceType>ОСОБОЕ<',
        'Number>777777<',
        'BirthDate>1967-05-21<',
      ],
    },
    { kind: KINDS.validation, file: 'validSnilsRequest.xml', twin: validation(IVANOV, false), holds: ['Result>true<'] },
  ];
  for (const [n, { kind, file, twin, holds }] of cases.entries()) {
    const check = async (xml: string, id: number) => {
      const answer = await adapter.deliver(delivery(messageId(id), kind, xml), NEVER);
      if (answer.kind !== 'answered') throw new Error(JSON.stringify(answer));
      for (const part of holds) expect(answer.content).to.include(part);
      const [, name, version] = /\/([^/]+)\/([\d.]+)$/.exec(kind.namespace) as unknown as [string, string, string];
      const schema = join(projectRoot(), 'xsd/pfr', name, version, `${name}.xsd`);
      expect(violations(xml, schema)).to.deep.equal([]);
      expect(violations(answer.content, schema)).to.deep.equal([]);
    };

    it(`answers ${file}${hasPublished ? '' : ' (../shared is not here: skipped)'}`, async function () {
      if (!hasPublished) this.skip();
      await check(published(`samples/pfr/${file}`), n);
    });

    it(`answers a request of our own like ${file}`, () => check(twin, n + 10));
  }
});
