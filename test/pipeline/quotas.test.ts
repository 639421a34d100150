/** Buckets of sends and the day's bytes, by the clock of the test. */
import { expect } from 'chai';
import { Quotas, UnusualUse } from '../../src/pipeline/index.js';

const NOON = Date.parse('2026-11-23T12:00:00Z');

describe('quotas', () => {
  let now: number;
  let kept: string | undefined;
  const quotas = (quota: { messagesPerMinute?: number; attachmentBytesPerDay?: number } | undefined) =>
    new Quotas({
      clock: { now: () => now },
      ledger: {
        read: () => kept,
        write: (text) => {
          kept = text;
        },
      },
      offset: () => 180,
      quotaOf: (mnemonic) => (mnemonic === 'A' ? quota : undefined),
    });
  beforeEach(() => {
    now = NOON;
    kept = undefined;
  });

  it('do not touch whom none is set for', () => {
    const any = quotas(undefined);
    for (let i = 0; i < 1_000; i++) expect(any.take('A', 1e9).ok).to.equal(true);
  });

  it('of sends fill evenly and never beyond one minute’s worth', () => {
    const sixty = quotas({ messagesPerMinute: 60 });
    const taken = () => {
      let n = 0;
      while (sixty.take('A', 0).ok) n++;
      return n;
    };
    expect(taken()).to.equal(60);
    now += 10_000;
    expect(taken()).to.equal(10);
    now += 3_600_000;
    expect(taken()).to.equal(60);
    expect(sixty.take('A', 0)).to.deep.include({ ok: false, retryAfter: 1 });
    expect(sixty.take('B', 0).ok, 'another participant').to.equal(true);
  });

  it('come back where nothing was written', () => {
    const one = quotas({ messagesPerMinute: 1, attachmentBytesPerDay: 100 });
    for (let i = 0; i < 5; i++) {
      expect(one.take('A', 100).ok).to.equal(true);
      one.giveBack('A', 100);
    }
  });

  it('are not filled by a clock that steps back', () => {
    const one = quotas({ messagesPerMinute: 1 });
    expect(one.take('A', 0).ok).to.equal(true);
    now -= 3_600_000;
    expect(one.take('A', 0).ok).to.equal(false);
  });

  it('of bytes begin anew with the day of the zone, and read a damaged ledger as none', () => {
    const bytes = quotas({ attachmentBytesPerDay: 100 });
    expect([bytes.take('A', 60).ok, bytes.take('A', 60).ok]).to.deep.equal([true, false]);
    bytes.flush();
    expect(quotas({ attachmentBytesPerDay: 100 }).take('A', 60).ok).to.equal(false);
    // 21:00 UTC is midnight three hours east.
    now = Date.parse('2026-11-23T21:00:00Z');
    expect(quotas({ attachmentBytesPerDay: 100 }).take('A', 60).ok).to.equal(true);
    kept = '{"day":';
    expect(quotas({ attachmentBytesPerDay: 100 }).take('A', 60).ok).to.equal(true);
  });
});

describe('unusual use', () => {
  const use = { participant: 'A', purposes: [{ official: 'И' }], at: NOON, minuteOfDay: 720, isKnownPurpose: true };

  it('is an official who asks about more than a hundred persons within an hour', () => {
    const rules = new UnusualUse();
    const persons = Array.from({ length: 100 }, (_, i) => `person ${i}`);
    expect(rules.signsOf({ ...use, persons })).to.deep.equal([]);
    expect(rules.signsOf({ ...use, persons }), 'the same persons').to.deep.equal([]);
    expect(rules.signsOf({ ...use, persons: ['one more'] })).to.deep.equal(['many-persons']);
    expect(
      rules.signsOf({ ...use, purposes: [{ official: 'П' }], persons: ['one more'] }),
      'another official',
    ).to.deep.equal([]);
    expect(rules.signsOf({ ...use, persons: ['one more'], at: NOON + 3_600_001 }), 'an hour on').to.deep.equal([]);
  });

  it('is a request at night, and a purpose not named before', () => {
    const signs = (more: object) => new UnusualUse().signsOf({ ...use, persons: [], ...more });
    expect(
      [6 * 60 + 59, 7 * 60, 20 * 60 + 59, 21 * 60].map((minuteOfDay) => signs({ minuteOfDay }).length),
    ).to.deep.equal([1, 0, 0, 1]);
    expect(signs({ isKnownPurpose: false })).to.deep.equal(['new-purpose']);
  });
});
