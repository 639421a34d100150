import { expect } from 'chai';
import { isFault } from '../../src/faults/index.js';
import { acceptable, type Format, type FormatEntry, stateAt } from '../../src/formats/index.js';
import { catalogue } from './sample.js';

const BASE: Format = {
  id: '10.06.S',
  version: '1.0.7',
  family: 'egisso',
  namespace: 'urn:x',
  title: { ru: '', en: '' },
  roots: { document: 'data' },
  state: 'active',
  carries: [],
  persons: [],
  personal: [],
  rules: { gateway: [], registry: [] },
};
const END = '2025-12-01T00:00:00+03:00';
const AT_END = Date.parse(END);

function entryOf(more: Partial<Format>): FormatEntry {
  return { format: { ...BASE, ...more }, role: 'document', root: { namespace: 'urn:x', local: 'data' } };
}

function refusal(more: Partial<Format>, now: number): string {
  const verdict = acceptable(entryOf(more), now);
  return isFault(verdict) ? `${verdict.fault}: ${verdict.description}` : verdict;
}

describe('life cycle of a format', () => {
  it('names the day of retirement and the successor', () => {
    expect(refusal({ state: 'retired', retiredFrom: END, successor: '1.1.0' }, AT_END)).to.equal(
      'BusinessDataTypeIsNotSupported: 10.06.S 1.0.7 выведен из действия 01.12.2025; используйте 1.1.0',
    );
  });

  it('ends at the instant in its own zone, not a millisecond before', () => {
    const retiring = { state: 'active', retiredFrom: END } as const;
    expect(stateAt({ ...BASE, ...retiring }, AT_END - 1)).to.equal('retiring');
    expect(refusal(retiring, AT_END - 1)).to.equal('ok');
    expect(stateAt({ ...BASE, ...retiring }, AT_END)).to.equal('retired');
  });

  it('retires at once a format declared retired without an instant', () => {
    expect(refusal({ state: 'retired' }, 0)).to.match(/выведен из действия; версии на замену нет$/);
  });

  it('refuses a draft, and a version before its first instant', () => {
    expect(refusal({ state: 'draft' }, 0)).to.match(/ещё не введён в действие$/);
    expect(refusal({ activeFrom: END }, AT_END - 1)).to.match(/начало действия 01\.12\.2025$/);
    expect(refusal({ activeFrom: END }, AT_END)).to.equal('ok');
  });

  it('accepts a test version in test messages only', () => {
    const entry = entryOf({ state: 'test' });
    expect(acceptable(entry, 0, { test: true })).to.equal('ok');
    expect(refusal({ state: 'test' }, 0)).to.match(/только для тестовых сообщений/);
  });

  it('refuses 10.06.S 1.0.7 today and accepts 1.1.0, as built in', () => {
    const now = Date.parse('2026-01-15T12:00:00Z');
    const old = acceptable(catalogue().find('urn://egisso-ru/msg/10.06.S/1.0.7', 'data')!, now);
    expect(isFault(old) && old.description).to.equal('10.06.S 1.0.7 выведен из действия 01.12.2025; используйте 1.1.0');
    expect(acceptable(catalogue().find('urn://egisso-ru/msg/10.06.S/1.1.0', 'data')!, now)).to.equal('ok');
  });
});
