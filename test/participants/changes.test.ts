/** Changes of the snapshot, its judgement, what takes away, and what a start puts in. All pure. */
import { expect } from 'chai';
import { issueIdentity } from '../../certs-dev/generate.js';
import {
  addCertificate,
  addRoute,
  type Change,
  changeParticipant,
  Directory,
  delegate,
  grant,
  hashOf,
  type Judged,
  judgeSnapshot,
  newProblems,
  type Participant,
  removeCertificate,
  removeParticipant,
  removeRoute,
  revoke,
  type Seed,
  type Snapshot,
  seedSnapshot,
  snapshotDifference,
  subscribe,
  takesAway,
  unsubscribe,
} from '../../src/participants/index.js';

const NOW = Date.parse('2026-05-01T12:00:00Z');
const ASK = '{urn://test-ru/a/1.0}ask';
const TELL = '{urn://test-ru/b/1.0}tell';
const JUDGED: Judged = { at: NOW, formats: new Set([ASK, TELL]), withPurpose: new Set([ASK]), basisNeeded: true };

function participant(mnemonic: string, more: Partial<Participant> = {}): Participant {
  const name = { ru: mnemonic, en: mnemonic };
  const set = { mode: 'push', contentChecks: 'early', capacity: 10, answers: 'ecdsa' } as const;
  return { mnemonic, name, certificates: [], codes: [], ...set, ...more };
}

const PLAIN: Snapshot = {
  v: 1,
  participants: [participant('A'), participant('B')],
  rights: [{ participant: 'A', format: ASK, basis: 'закон' }],
  routes: [{ format: ASK, recipient: 'B' }],
  roots: [],
  catalogue: '',
};

function made(change: Change, snapshot = PLAIN): Snapshot {
  const done = change(snapshot);
  if ('why' in done) return expect.fail(done.why.map((w) => w.en).join());
  return done.snapshot;
}
const why = (change: Change, snapshot = PLAIN) => {
  const done = change(snapshot);
  return 'why' in done ? done.why.map((w) => w.en).join() : expect.fail('it was made');
};

describe('changes of participants', () => {
  it('undone give the snapshot there was, by its hash', () => {
    const before = hashOf(PLAIN);
    const pairs: readonly (readonly [Change, Change])[] = [
      [grant({ participant: 'B', format: ASK, basis: 'x' }), revoke({ participant: 'B', format: ASK })],
      [subscribe({ participant: 'B', format: TELL }), unsubscribe({ participant: 'B', format: TELL })],
      [
        addRoute({ format: TELL, recipient: 'A', by: { dynamic: '1' } }),
        removeRoute({ format: TELL, by: { dynamic: '1' } }),
      ],
      [changeParticipant('A', { nodes: ['N'] }), changeParticipant('A', { nodes: null })],
    ];
    for (const [change, back] of pairs) expect(hashOf(made(back, made(change)))).to.equal(before);
  });

  it('of a right replace it, and do not touch the right to broadcast', () => {
    const both = made(grant({ participant: 'A', format: ASK, basis: 'y', operation: 'broadcast' }));
    expect(both.rights.length).to.equal(2);
    const longer = made(grant({ participant: 'A', format: ASK, basis: 'z' }), both);
    expect(longer.rights.map((r) => r.basis)).to.deep.equal(['y', 'z']);
    expect(made(revoke({ participant: 'A', format: ASK }), longer).rights.map((r) => r.basis)).to.deep.equal(['y']);
  });

  it('say why they cannot be made', () => {
    expect(why(revoke({ participant: 'B', format: ASK }))).to.include('has no right');
    expect(why(grant({ participant: 'A', format: ASK, basis: 'закон' }))).to.include('granted already');
    expect(why(removeParticipant('B'))).to.include('give the routes to another');
    expect(why(removeParticipant('C'))).to.include('There is no participant C');
    expect(why(removeCertificate('A', 'abc'))).to.include('8 or more characters');
  });

  it('of a participant that goes take along what is its own', () => {
    const left = made(removeParticipant('B', { force: true }), made(subscribe({ participant: 'B', format: TELL })));
    expect([left.participants.length, left.routes, left.subscriptions]).to.deep.equal([1, [], []]);
  });
});

describe('what takes something away', () => {
  it('is less of a certificate, a right, a NodeID or a participant; never more of them', async () => {
    const [one, two] = [
      await issueIdentity({ cn: '1', organisation: '1' }),
      await issueIdentity({ cn: '2', organisation: '2' }),
    ];
    const base = made(changeParticipant('A', { nodes: ['N', 'M'] }), made(addCertificate('A', one.certificatePem)));
    const more: Change[] = [
      addCertificate('A', two.certificatePem),
      grant({ participant: 'B', format: ASK }),
      changeParticipant('A', { nodes: ['N', 'M', 'O'], capacity: 1 }),
      changeParticipant('A', { nodes: null }),
      delegate('A', { code: '0001.000001', basis: 'x' }),
    ];
    for (const change of more) expect(takesAway(base, made(change, base))).to.equal(false);
    const less: Change[] = [
      revoke({ participant: 'A', format: ASK }),
      grant({ participant: 'A', format: ASK, basis: 'закон', until: '2026-06-01T00:00:00Z' }),
      changeParticipant('A', { nodes: ['N'] }),
      changeParticipant('B', { nodes: [] }),
      removeParticipant('A', { force: true }),
      (s) => ({ snapshot: { ...s, participants: s.participants.map((p) => ({ ...p, certificates: [] })) } }),
    ];
    for (const change of less) expect(takesAway(base, made(change, base))).to.equal(true);
  });
});

describe('the judgement of a snapshot', () => {
  const problems = (more: Partial<Snapshot>) => judgeSnapshot({ ...PLAIN, ...more }, JUDGED).map((p) => p.en);

  it('finds nothing in a good one, and everything wrong at once in a bad one', () => {
    expect(problems({})).to.deep.equal([]);
    const found = problems({
      participants: [
        participant('A', { mode: 'pull', codes: ['1'], quota: { messagesPerMinute: 0 } }),
        participant('A'),
      ],
      rights: [{ participant: 'X', format: '{urn:x}x', from: '2026-02-30', basis: '' }],
      subscriptions: [{ participant: 'Y', format: ASK }],
    });
    for (const says of [
      'A stands twice',
      'has no certificate',
      'code “1”',
      'quota messagesPerMinute',
      'there is no participant X',
      'there is no such format',
      'no legal basis',
      'no instant with a zone',
      'there is no participant B',
      'there is no participant Y',
    ])
      expect(found.join('\n')).to.include(says);
  });

  it('knows two providers at one time from one after the other', () => {
    const other = (term: object) =>
      problems({
        routes: [
          { format: ASK, recipient: 'A', ...term },
          { format: ASK, recipient: 'B', from: '2027-01-01T00:00:00Z' },
        ],
      });
    expect(other({}).join()).to.include('two providers at one time');
    expect(other({ until: '2027-01-01T03:00:00+03:00' })).to.deep.equal([]);
  });

  it('of a change tells what it brings, not what was wrong before', async () => {
    const ended = await issueIdentity(
      { cn: 'E', organisation: 'E' },
      { notBefore: new Date(NOW - 2e9), notAfter: new Date(NOW - 1e9) },
    );
    const before = made(addCertificate('A', ended.certificatePem));
    expect(
      judgeSnapshot(before, JUDGED)
        .map((p) => p.en)
        .join(),
    ).to.include('ended at');
    expect(
      newProblems(before, made(grant({ participant: 'B', format: ASK, basis: 'x' }), before), JUDGED),
    ).to.deep.equal([]);
    expect(newProblems(PLAIN, before, JUDGED).length).to.equal(1);
  });
});

describe('codes a participant may speak for', () => {
  it('are its own and those delegated on that day', () => {
    const from = '2026-05-01T00:00:00+03:00';
    const until = '2026-06-01T00:00:00+03:00';
    const snapshot = made(
      delegate('A', { code: '0002.000002', basis: 'x', from, until }),
      made(changeParticipant('A', { codes: ['0001.000001'] })),
    );
    const codes = (at: string) => new Directory(snapshot, () => undefined).codesOf('A', Date.parse(at));
    expect(codes('2026-04-30T23:59:59+03:00')).to.deep.equal(['0001.000001']);
    expect(codes(from)).to.deep.equal(['0001.000001', '0002.000002']);
    expect(codes(until)).to.deep.equal(['0001.000001']);
  });
});

describe('the seed of a start', () => {
  const seed = (more: Partial<Seed> = {}): Seed => ({ ...PLAIN, certificates: new Map(), ...more });

  it('is put in once, and nothing of it comes back', () => {
    const first = seedSnapshot(undefined, seed());
    expect(first).to.deep.include({ rights: PLAIN.rights, routes: PLAIN.routes });
    expect(hashOf(seedSnapshot(first, seed())), 'again: nothing new').to.equal(hashOf(first));
    const taken = made(removeParticipant('B', { force: true }), made(revoke({ participant: 'A', format: ASK }), first));
    expect(hashOf(seedSnapshot(taken, seed()))).to.equal(hashOf(taken));
    const more = seedSnapshot(taken, seed({ rights: [...PLAIN.rights, { participant: 'A', format: TELL }] }));
    expect(more.rights, 'a new format is granted').to.deep.equal([{ participant: 'A', format: TELL }]);
  });

  it('replaces its own certificates, and no other ones', async () => {
    const [old, fresh, own] = await Promise.all(['o', 'f', 'x'].map((cn) => issueIdentity({ cn, organisation: cn })));
    const with1 = (pem: string) => seed({ certificates: new Map([['A', [pem]]]) });
    const first = made(addCertificate('A', own!.certificatePem), seedSnapshot(undefined, with1(old!.certificatePem)));
    const certificates = (s: Snapshot) => s.participants.find((p) => p.mnemonic === 'A')!.certificates;
    expect(certificates(seedSnapshot(first, with1(fresh!.certificatePem)))).to.deep.equal([
      own!.certificatePem,
      fresh!.certificatePem,
    ]);
    expect(certificates(seedSnapshot(first, seed()))).to.deep.equal(certificates(first));
  });

  it('tells a stored snapshot once that a participant is pushed to now; who is set back to polling stays so', () => {
    const modeOf = (s: Snapshot) => s.participants.find((p) => p.mnemonic === 'A')?.mode;
    const before = made(changeParticipant('A', { mode: 'pull' }), seedSnapshot(undefined, seed()));
    const told = seedSnapshot(before, seed({ pushed: ['A'] }));
    expect([modeOf(before), modeOf(told)]).to.deep.equal(['pull', 'push']);
    const back = made(changeParticipant('A', { mode: 'pull' }), told);
    expect(modeOf(seedSnapshot(back, seed({ pushed: ['A'] })))).to.equal('pull');
  });

  it('over a snapshot of the version before takes what is there for its own', () => {
    const taken = seedSnapshot(PLAIN, seed({ rights: [] }));
    expect(taken.rights).to.deep.equal(PLAIN.rights);
    expect(seedSnapshot(made(revoke({ participant: 'A', format: ASK }), taken), seed()).rights).to.deep.equal([]);
  });
});

describe('the difference of two snapshots', () => {
  it('is told field by field, in both languages', () => {
    const after = made(
      changeParticipant('A', { capacity: 99 }),
      made(delegate('A', { code: '0001.000001', basis: 'x' })),
    );
    expect(snapshotDifference(PLAIN, after)).to.deep.equal([
      { ru: 'Участник A: capacity 10 → 99', en: 'Participant A: capacity 10 → 99' },
      {
        ru: 'Участник A: + делегирование 0001.000001, основание: x',
        en: 'Participant A: + delegation of 0001.000001, basis: x',
      },
    ]);
    expect(snapshotDifference(after, after)).to.deep.equal([]);
  });
});
