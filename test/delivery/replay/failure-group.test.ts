import { expect } from 'chai';
import {
  causeOf,
  FailureGroups,
  fingerprintOf,
  readCause,
  readSet,
  setBytes,
  setHash,
} from '../../../src/delivery/index.js';
import type { StoredDelivery } from '../../../src/ports/index.js';

function failed(cause: string, more: Partial<StoredDelivery> = {}): StoredDelivery {
  return {
    id: 1,
    messageId: 'm',
    recipient: 'EGISSO',
    mailbox: 'requests',
    road: 'push',
    state: 'failed',
    format: '{urn:a/1.0.0}Request',
    queuedAt: 5,
    attempts: 1,
    cause,
    ...more,
  };
}

const print = (cause: string, more?: Partial<StoredDelivery>) => fingerprintOf(causeOf(failed(cause, more))!);

describe('failure groups', () => {
  it('have one fingerprint for what differs in ids, times, quoted values, indexes and long numbers', () => {
    const same = [
      'InvalidContent: /ns:a/b[1]/c: значение «112-233-445 95» сообщения 5d5a8c1e-0f3a-11f0-8d3c-0242ac120002 в 2026-11-23T10:00:00Z, 123456',
      'InvalidContent: /ns:a/b[27]/c: значение «001» сообщения 00000000-0f3a-11f0-8d3c-0242ac120002 в 2026-11-24T10:00:00.123+03:00, 99999',
    ];
    expect(readCause(same[0]!)).to.include({ fault: 'InvalidContent', where: '/ns:a/b/c' });
    expect(print(same[0]!)).to.equal(print(same[1]!));
  });

  it('tell apart fault, place, rule, status, partner, format version and the way it ended', () => {
    const texts = [
      'InvalidContent: /a/b: пусто',
      'AccessDenied: /a/b: пусто',
      'InvalidContent: /a/c: пусто',
      'реестр ответил 400',
      'реестр ответил 404',
      'rule 101 broken',
      'rule 102 broken',
    ];
    const others: Partial<StoredDelivery>[] = [
      { recipient: 'PFR' },
      { format: '{urn:a/1.0.1}Request' },
      { state: 'expired' },
      { state: 'not-accepted' },
    ];
    const prints = [...texts.map((t) => print(t)), ...others.map((o) => print(texts[0]!, o))];
    expect(new Set(prints).size).to.equal(prints.length);
    expect(readCause('rule 101 broken').where).to.equal('rule 101');
  });

  it('are none of what is delivered, in doubt or still on its way', () => {
    for (const state of ['queued', 'leased', 'delivered', 'in-doubt', 'refused', 'cancelled', 'checking'] as const)
      expect(causeOf(failed('x', { state })), state).to.equal(undefined);
  });

  it('count, keep the first and last time and the newest sample, the largest group first', () => {
    const groups = new FailureGroups();
    for (const at of [7, 3, 9]) groups.add(causeOf(failed('many'))!, at, { delivery: at, cause: 'many' });
    groups.add(causeOf(failed('one'))!, 50, { delivery: 50, cause: 'one' });
    const [many, one] = groups.list();
    expect(many).to.deep.include({ count: 3, firstSeen: 3, lastSeen: 9, sample: { delivery: 9, cause: 'many' } });
    expect(one).to.include({ count: 1, firstSeen: 50 });
  });
});

describe('a frozen set', () => {
  const lines = [
    { delivery: 10, messageId: 'b', verdict: 'ready' },
    { delivery: 9, messageId: 'a', verdict: 'eol' },
  ] as const;

  it('is the same bytes whatever the order it was judged in, and reads back', () => {
    const bytes = setBytes(lines);
    expect(bytes.toString()).to.equal('9 a eol\n10 b ready\n');
    expect(setHash(bytes)).to.equal(setHash(setBytes([...lines].reverse())));
    expect(readSet(bytes)).to.deep.equal([...lines].reverse());
    expect(readSet(setBytes([]))).to.deep.equal([]);
  });
});
