/** Marks for an operator's eye must neither be fooled nor grow with what is asked. */
import { expect } from 'chai';
import { MarkUse } from '../../src/pipeline/mark-use.js';
import type { Accepted } from '../../src/pipeline/outcome.js';
import { purposeFields, purposeText } from '../../src/pipeline/purpose.js';
import { MANY_PERSONS, UnusualUse } from '../../src/pipeline/unusual-use.js';
import type { Store } from '../../src/ports/index.js';
import { TestVault } from '../journal/vault.js';

const NOON = Date.parse('2026-11-23T12:00:00+03:00');
const MINUTE = 60_000;

describe('unusual use', () => {
  const useOf = (persons: readonly string[], at = NOON) => ({
    participant: 'FED001',
    purposes: [{ service: 'a', official: 'b' }],
    persons,
    at,
    minuteOfDay: 720,
    isKnownPurpose: true,
  });
  const people = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `p${from + i}`);

  it('counts distinct persons of the last hour, exactly', () => {
    const rules = new UnusualUse();
    expect(rules.signsOf(useOf(people(0, MANY_PERSONS)))).to.deep.equal([]);
    expect(rules.signsOf(useOf(people(0, MANY_PERSONS), NOON + 30 * MINUTE))).to.deep.equal([]);
    expect(rules.signsOf(useOf(['new'], NOON + 59 * MINUTE))).to.deep.equal(['many-persons']);
    expect(rules.signsOf(useOf(people(0, 1), NOON + 60 * MINUTE))).to.deep.equal(['many-persons']);
    expect(rules.signsOf(useOf([], NOON + 90 * MINUTE))).to.deep.equal([]);
    expect(rules.signsOf(useOf(people(1, MANY_PERSONS - 1), NOON + 91 * MINUTE))).to.deep.equal([]);
    expect(rules.signsOf(useOf(['x', 'y'], NOON + 92 * MINUTE))).to.deep.equal(['many-persons']);
  });

  it('takes no longer for the hundred thousandth person than for the hundredth', function () {
    this.timeout(5_000);
    const rules = new UnusualUse();
    for (let i = 0; i < 100_000; i++) rules.signsOf(useOf([`p${i}`], NOON + i));
  });

  it('keeps no SNILS in the text that stands in clear, and no more than its limit', () => {
    const text = purposeText([{ service: 'по заявлению 112-233-445 95', norm: '178-ФЗ, снилс 11223344595' }]);
    expect(text).to.equal('по заявлению *********** — 178-ФЗ, снилс ***********');
    expect(purposeText([{ service: '😀'.repeat(5_000_000) }]).length).to.equal(1_000);
    const many = Array.from({ length: 1_000 }, (_, i) => ({ service: `${i} ${'a'.repeat(5_000)}` }));
    expect(JSON.stringify(purposeFields(many)).length).to.be.below(250_000);
  });
});

describe('a purpose new for its participant', () => {
  let lookups: number;
  const stored = [
    { sender: 'FED001', meta: { purpose: 'Назначение пособия' } },
    { sender: 'ZAGS', meta: { purpose: 'Справка' } },
  ];
  const store = {
    exchanges: async ({ purposeIs }: { purposeIs: string }) => {
      lookups += 1;
      return stored.filter((m) => m.meta.purpose === purposeIs);
    },
  };
  const marked = (use: MarkUse, service: string) => {
    const message = { messageId: 'm', exchange: 'm', sender: 'FED001', config: 'c', meta: {} };
    const outcome = { purposes: [{ service }], message, commit: { message, leaves: [], persons: [] } };
    return use.mark(outcome as unknown as Accepted).then(({ message }) => message.meta.unusual);
  };
  const markUse = () =>
    new MarkUse({
      store: store as unknown as Store,
      clock: { now: () => NOON },
      vault: new TestVault(),
      offset: () => 180,
    });
  beforeEach(() => {
    lookups = 0;
  });

  it('is one that is only part of a known text, or was named to it by others', async () => {
    const use = markUse();
    expect(await marked(use, 'Назначение пособия')).to.equal(undefined);
    expect(await marked(use, 'пособия')).to.equal('new-purpose');
    expect(await marked(use, 'Справка')).to.equal('new-purpose');
  });

  it('is asked of the store fifty times an hour at most: a number of a case in it makes every one new', async () => {
    const use = markUse();
    const signs: (string | undefined)[] = [];
    for (let i = 0; i < 60; i++) signs.push(await marked(use, `по делу ${i}`));
    expect(signs.filter((s) => s === 'new-purpose')).to.have.length(50);
    expect(lookups).to.equal(50);
  });
});
