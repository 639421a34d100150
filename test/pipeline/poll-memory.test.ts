import { expect } from 'chai';
import { PollMemory } from '../../src/pipeline/poll-memory.js';

const NOW = 1_800_000_000_500;

function horizon(from = 0) {
  const kept = { latest: from, raised: 0 };
  return {
    kept,
    read: () => kept.latest,
    raise: (to: number) => {
      kept.latest = to;
      kept.raised += 1;
    },
  };
}

describe('memory of polls: a captured one never fetches what has come since', () => {
  it('knows a poll again for two windows, and forgets it after', () => {
    const memory = new PollMemory(NOW, 1_000, horizon());
    memory.remember('a', NOW, NOW);
    expect(memory.isStale('a', NOW, NOW + 999)).to.equal(true);
    expect(memory.isStale('a', NOW, NOW + 1_999)).to.equal(true);
    expect(memory.isStale('b', NOW, NOW)).to.equal(false);
  });

  it('takes polls stamped before its start for seen, but for the second it started in', () => {
    const memory = new PollMemory(NOW, 1_000, horizon());
    expect(memory.isStale('a', NOW - 501, NOW)).to.equal(true);
    expect(memory.isStale('a', NOW - 500, NOW)).to.equal(false);
  });

  it('takes polls from clocks ahead of ours for seen after a restart, too', () => {
    const kept = horizon();
    const memory = new PollMemory(NOW, 600_000, kept);
    memory.remember('a', NOW + 300_000, NOW);
    const after = new PollMemory(NOW + 1_000, 600_000, kept);
    expect(after.isStale('a', NOW + 300_000, NOW + 1_000)).to.equal(true);
    expect(after.isStale('b', NOW + 300_000 + 10_000, NOW + 1_000)).to.equal(false);
  });

  it('takes no poll for seen because of its age where the store remembers for all processes', () => {
    const memory = new PollMemory(NOW, 600_000);
    expect(memory.isStale('a', NOW - 300_000, NOW)).to.equal(false);
    memory.remember('a', NOW + 300_000, NOW);
    expect(memory.isStale('a', NOW + 300_000, NOW)).to.equal(true);
  });

  it('raises the horizon in steps, and not at all for clocks that are right within a second', () => {
    const kept = horizon();
    const memory = new PollMemory(NOW, 600_000, kept);
    for (let i = 0; i < 1_000; i++) memory.remember(`p${i}`, NOW + i + (i % 1000), NOW + i);
    expect(kept.kept.raised).to.equal(0);
    for (let i = 0; i < 1_000; i++) memory.remember(`q${i}`, NOW + 60_000 + i * 20, NOW + i * 20);
    expect(kept.kept.raised).to.equal(2);
  });
});
