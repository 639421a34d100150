import { expect } from 'chai';
import { INVALIDATIONS, TERMINATIONS } from '../../../src/sandbox/egisso/api.js';
import { event, fact, newFact, OWN, PERSON, Registry, uuid } from './registry-client.js';

const KINDS = [
  ['alterationBasedOnRecalculation', { amount: '10' }],
  ['alterationBasedOnDeathOrMovingRecalculation', { amount: '10', dateFinish: '2020-06-30' }],
  ['alterationBasedOnPreviousErrors', { fact: fact({ decisionDate: '2020-03-11' }) }],
  ...TERMINATIONS.map((kind) => [kind, { dateFinish: '2020-06-30' }] as const),
  ...INVALIDATIONS.map((kind) => [kind, {}] as const),
] as const;

describe('Registry twin: events on facts', () => {
  let registry: Registry;
  beforeEach(async () => {
    registry = await Registry.start();
    await registry.send([newFact(1)]);
  });
  afterEach(() => registry.close());

  const history = async (snils = PERSON) => {
    const { json } = await registry.call(`/facts?snils=${snils}`);
    return (
      json as {
        facts: {
          uuid: string;
          state: string;
          versions: { event: string; version: number; fact: { dateFinish?: string; assignment: object } }[];
        }[];
      }
    ).facts;
  };

  for (const [kind, rest] of KINDS) {
    it(`${kind} adds a row to the history and keeps the ones before`, async () => {
      expect((await registry.send([event(2, 1, { kind, ...rest })])).ok).to.deep.equal([true]);
      const [held] = await history();
      expect(held?.versions.map((v) => [v.version, v.event])).to.deep.equal([
        [1, 'fact'],
        [2, kind],
      ]);
      expect(held?.versions[0]?.fact).to.deep.equal(fact());
    });

    it(`${kind} is refused for a fact that is unknown, foreign, ended or deleted`, async () => {
      await registry.send([
        newFact(3),
        newFact(4),
        event(31, 3, { kind: 'terminationBasedOnEndOfRight', dateFinish: '2020-05-01' }),
        event(41, 4, { kind: 'errorsInvalidation' }),
      ]);
      const named = (n: number) => `1 - Факт назначения с идентификатором ${uuid(n)}`;
      const own = await registry.send([5, 3, 4].map((n) => event(50 + n, n, { kind, ...rest })));
      expect(own.lines).to.deep.equal([
        `${named(5)} в реестре не найден`,
        `${named(3)} прекращён`,
        `${named(4)} удалён из реестра`,
      ]);
      const foreign = await registry.send([event(60, 1, { kind, ...rest })], { senderCodes: ['0036.000002'] });
      expect(foreign.lines).to.deep.equal([`${named(1)} принадлежит другому поставщику данных`]);
    });
  }

  it('recalculation changes the amount; of a form that is not money, the equivalent sum', async () => {
    const things = { form: '02', amount: '2', measuryCode: '03', equivalentAmount: '100' };
    await registry.send([
      newFact(2, { assignment: things }),
      event(11, 1, { kind: 'alterationBasedOnRecalculation', amount: '7.5' }),
      event(12, 2, { kind: 'alterationBasedOnRecalculation', amount: '7.5' }),
    ]);
    expect((await history()).map((f) => f.versions.at(-1)?.fact.assignment)).to.deep.equal([
      { form: '01', amount: '7.5' },
      { ...things, equivalentAmount: '7.5' },
    ]);
    await registry.send([
      event(13, 2, { kind: 'terminationBasedOnRecalculation', dateFinish: '2020-05-01', amount: '8', quantity: '1' }),
    ]);
    expect((await history())[1]?.versions.at(-1)?.fact.assignment).to.deep.equal({
      ...things,
      equivalentAmount: '8',
      amount: '1',
    });
  });

  it('death or moving gives the fact a new end and leaves it alterable', async () => {
    await registry.send([
      event(2, 1, { kind: 'alterationBasedOnDeathOrMovingRecalculation', amount: '3', dateFinish: '2020-06-30' }),
    ]);
    expect(await registry.shown()).to.have.nested.property('[0].dateFinish', '2020-06-30');
    expect(
      (await registry.send([event(3, 1, { kind: 'alterationBasedOnRecalculation', amount: '4' })])).ok,
    ).to.deep.equal([true]);
  });

  it('an end before the start is refused', async () => {
    const told = await registry.send([
      event(2, 1, { kind: 'terminationBasedOnIneligibility', dateFinish: '2020-03-31' }),
    ]);
    expect(told.ok).to.deep.equal([false]);
    expect(await registry.shown()).to.have.length(1);
  });

  it('a correction passes all the rules of a fact, and may not hand the fact to another body', async () => {
    const wrong = fact({ oszCode: '0036.000006', lmszId: uuid(9) });
    const told = await registry.send([event(2, 1, { kind: 'alterationBasedOnPreviousErrors', fact: wrong })]);
    expect(told.lines.map((line) => line.slice(0, 5))).to.deep.equal(['1 - К', '1 014']);
    expect(await registry.shown()).to.have.nested.property('[0].oszCode', OWN);
  });

  it('a corrected person is shown no more under the wrong number, and the history still tells', async () => {
    const receiver = { ...fact().receiver, snils: '92030405040' };
    await registry.send([event(2, 1, { kind: 'alterationBasedOnPreviousErrors', fact: fact({ receiver }) })]);
    expect(await registry.shown()).to.have.length(0);
    expect(await registry.shown({ snils: '92030405040' })).to.have.length(1);
    expect(await history(PERSON)).to.have.length(1);
  });

  it('an event may rest on a fact of the same package, and its own id is new each time', async () => {
    const told = await registry.send([
      newFact(5),
      event(6, 5, { kind: 'duplicatesInvalidation' }),
      event(6, 1, { kind: 'duplicatesInvalidation' }),
      event(1, 1, { kind: 'errorsInvalidation' }),
    ]);
    expect(told.ok).to.deep.equal([true, true, false, false]);
    expect(told.lines[0]).to.equal(`1 - Событие с идентификатором ${uuid(6)} уже загружено в реестр`);
  });

  it('a refused fact takes the events that rest on it with it', async () => {
    const told = await registry.send([
      newFact(5, { lmszId: uuid(9) }),
      event(6, 5, { kind: 'duplicatesInvalidation' }),
    ]);
    expect(told.ok).to.deep.equal([false, false]);
  });
});
