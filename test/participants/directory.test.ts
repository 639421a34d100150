import { expect } from 'chai';
import { Directory, type Participant, type Snapshot } from '../../src/participants/index.js';

const FORMAT = '{urn://test-ru/routed/1.0}ask';
const OTHER = '{urn://test-ru/other/1.0}ask';
const NOON = Date.parse('2026-05-01T12:00:00Z');

function participant(mnemonic: string): Participant {
  const name = { ru: mnemonic, en: mnemonic };
  return {
    mnemonic,
    name,
    certificates: [],
    codes: [],
    mode: 'pull',
    contentChecks: 'early',
    capacity: 10,
    answers: 'ecdsa',
  };
}

function directory(more: Partial<Snapshot>): Directory {
  const participants = ['A', 'B', 'C'].map(participant);
  const plain: Snapshot = { v: 1, participants, rights: [], routes: [], roots: [], catalogue: '' };
  return new Directory({ ...plain, ...more }, () => undefined);
}

describe('participants directory', () => {
  describe('routes', () => {
    const routed = directory({
      routes: [
        { format: FORMAT, recipient: 'A', by: { dynamic: '77' } },
        { format: FORMAT, recipient: 'B', by: { identifier: 'north' } },
        { format: FORMAT, recipient: 'C', until: '2026-05-01T12:00:00Z' },
        { format: FORMAT, recipient: 'B', from: '2026-05-01T12:00:00Z' },
      ],
    });
    const by = (mark: Parameters<Directory['recipientBy']>[1], at = NOON, format = FORMAT) =>
      routed.recipientBy(format, mark, at)?.mnemonic;

    it('the general route is the one in force without a value of its own', () => {
      expect(routed.recipientOf(FORMAT, NOON - 1)?.mnemonic).to.equal('C');
      expect(routed.recipientOf(FORMAT, NOON)?.mnemonic).to.equal('B');
      expect(routed.recipientOf(OTHER, NOON)).to.equal(undefined);
    });

    it('a value chooses the provider, and of its own kind and format only', () => {
      expect(by({ dynamic: '77' })).to.equal('A');
      expect(by({ dynamic: '78' })).to.equal(undefined);
      expect(by({ dynamic: 'north' })).to.equal(undefined);
      expect(by({ identifier: '77' })).to.equal(undefined);
      expect(by({ identifier: 'north' })).to.equal('B');
      expect(by({ dynamic: '77' }, NOON, OTHER)).to.equal(undefined);
    });

    it('an identifier may be the mnemonic of a provider in force', () => {
      expect(by({ identifier: 'A' })).to.equal('A');
      expect(by({ identifier: 'C' }, NOON - 1)).to.equal('C');
      expect(by({ identifier: 'C' })).to.equal(undefined);
    });

    it('a route to nobody known is no route', () => {
      const stray = directory({ routes: [{ format: FORMAT, recipient: 'Z' }] });
      expect(stray.recipientOf(FORMAT, NOON)).to.equal(undefined);
      expect(stray.recipientBy(FORMAT, { identifier: 'Z' }, NOON)).to.equal(undefined);
    });
  });

  it('subscribers are those in force, each once', () => {
    const subscribed = directory({
      subscriptions: [
        { format: FORMAT, participant: 'B' },
        { format: FORMAT, participant: 'A', from: '2026-05-01T12:00:00Z' },
        { format: FORMAT, participant: 'B', from: '2026-01-01T00:00:00Z' },
        { format: OTHER, participant: 'C' },
        { format: FORMAT, participant: 'Z' },
      ],
    });
    const subscribersOf = (at: number) => subscribed.subscribersOf(FORMAT, at).map((p) => p.mnemonic);
    expect(subscribersOf(NOON - 1)).to.deep.equal(['B']);
    expect(subscribersOf(NOON)).to.deep.equal(['B', 'A']);
  });

  it('a right to request is no right to broadcast, nor the other way', () => {
    const rights = directory({
      rights: [
        { participant: 'A', format: FORMAT },
        { participant: 'B', format: FORMAT, operation: 'broadcast', personal: ['00'] },
      ],
    });
    expect(rights.maySend('A', FORMAT, NOON)).to.equal(true);
    expect(rights.maySend('A', FORMAT, NOON, 'broadcast')).to.equal(false);
    expect(rights.maySend('B', FORMAT, NOON)).to.equal(false);
    expect(rights.maySend('B', FORMAT, NOON, 'broadcast')).to.equal(true);
    expect(rights.personalFor('B', FORMAT, NOON, 'broadcast')).to.deep.equal(['00']);
    expect(rights.requestedBy('A')).to.deep.equal([FORMAT]);
    expect(rights.requestedBy('B')).to.deep.equal([]);
  });

  it('request mailboxes take what is routed and what is subscribed to, each type once', () => {
    const both = directory({
      routes: [
        { format: FORMAT, recipient: 'A' },
        { format: FORMAT, recipient: 'A', by: { dynamic: '1' } },
      ],
      subscriptions: [{ format: OTHER, participant: 'A' }],
    });
    expect(both.answeredBy('A')).to.deep.equal([FORMAT, OTHER]);
  });
});
