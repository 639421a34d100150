import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { Store } from '../../src/ports/index.js';
import { accept, bytes, commitOk, deliveryOf, FORMAT, leaf, NOW, newId, request, response } from './work.js';

export function storeCommitCases(store: () => Store): void {
  describe('one commit', () => {
    it('gives back the message, its body and its delivery as they were written', async () => {
      const work = request(
        { eol: NOW + 5, meta: { NodeID: 'н1', TransactionCode: 'T' } },
        { nodeId: 'н1', expiresAt: NOW + 5 },
      );
      const keepUntil = NOW + 9;
      const committed = await commitOk(store(), { ...work, body: { ...work.body!, keepUntil } });
      const stored = (await store().message(work.message.messageId))!;
      expect({ ...stored, digest: undefined }).to.deep.equal({
        ...work.message,
        digest: undefined,
        order: stored.order,
        leaf: 0,
      });
      expect(Buffer.from(stored.digest)).to.deep.equal(Buffer.from(work.message.digest));
      const body = (await store().body(work.message.bodyId))!;
      expect([Buffer.from(body.container).toString(), body.keepUntil, body.keys.length]).to.deep.equal([
        'sealed',
        keepUntil,
        1,
      ]);
      expect(Buffer.from(body.keys[0]!.wrapped).toString()).to.equal('wrapped');
      expect(await store().delivery(committed.deliveries[0]!)).to.deep.equal({
        ...deliveryOf(work.message, { nodeId: 'н1', expiresAt: NOW + 5 }),
        id: committed.deliveries[0],
        attempts: 0,
      });
    });

    it('forgets bodies whose time is over, and no others', async () => {
      const ended = request();
      const kept = request();
      await commitOk(store(), { ...ended, body: { ...ended.body!, keepUntil: NOW } });
      await commitOk(store(), { ...kept, body: { ...kept.body!, keepUntil: NOW + 1 } });
      await commitOk(store(), { leaves: [], forgetKeptUntil: NOW });
      expect(await store().body(ended.message.bodyId)).to.equal(undefined);
      expect((await store().body(kept.message.bodyId))?.keys.length).to.equal(1);
      expect(await store().message(ended.message.messageId)).to.not.equal(undefined);
    });

    it('finds nothing under ids never written', async () => {
      const id = newId();
      expect(await store().message(id)).to.equal(undefined);
      expect(await store().body(id)).to.equal(undefined);
      expect(await store().delivery(77)).to.equal(undefined);
      expect(await store().deliveriesOf(id)).to.deep.equal([]);
      expect(await store().record(0)).to.equal(undefined);
      expect(await store().checkpoint()).to.equal(undefined);
      expect(await store().snapshot()).to.equal(undefined);
    });

    it('refuses a MessageID a second time and writes nothing of it', async () => {
      const { message } = await accept(store());
      const again = request({ messageId: message.messageId, bodyId: 'other' });
      expect(await store().commit(again)).to.include({ ok: false, conflict: 'duplicate' });
      expect(await store().body('other')).to.equal(undefined);
      expect(await store().deliveriesOf(message.messageId)).to.have.length(1);
      expect((await store().checkpoint())!.size).to.equal(1);
    });

    it('takes one of two commits of the same MessageID made at once', async () => {
      const first = request();
      const second = request({ messageId: first.message.messageId, bodyId: 'other' });
      const outcomes = await Promise.all([store().commit(first), store().commit(second)]);
      expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.conflict))).to.deep.equal(['ok', 'duplicate']);
    });

    it('keeps order and gapless indexes among commits made at once, conflicts between them', async () => {
      const known = await accept(store());
      const works = Array.from({ length: 70 }, (_, at) =>
        at % 7 === 3 ? request({ messageId: known.message.messageId, bodyId: `b${at}` }) : request(),
      );
      const outcomes = await Promise.all(works.map((work) => store().commit(work)));
      const indexes = outcomes.flatMap((outcome) => (outcome.ok ? outcome.indexes : []));
      expect(indexes).to.deep.equal(Array.from({ length: 60 }, (_, at) => at + 1));
      expect(outcomes.filter((outcome) => !outcome.ok)).to.have.length(10);
      expect((await store().checkpoint())!.size).to.equal(61);
    });

    it('does not share bytes with its caller', async () => {
      const work = request();
      const promise = commitOk(store(), work);
      work.leaves[0]!.bytes.fill(0);
      await promise;
      expect(work.message.digest.length).to.be.above(0);
      expect(Buffer.from((await store().record(0))!.bytes).toString()).to.match(/^leaf/);
    });
  });

  describe('capacity', () => {
    it('holds exactly so many deliveries that are not final, whatever their state', async () => {
      const first = await accept(store(), {}, { capacity: 2 });
      await accept(store(), {}, { capacity: 2, state: 'checking' });
      expect(await store().commit(request({}, { capacity: 2 }))).to.include({ ok: false, conflict: 'overflow' });
      expect(await store().depth('EGISSO', 'requests')).to.equal(2);
      await commitOk(store(), {
        moves: [{ delivery: first.delivery, from: ['queued'], to: 'delivered' }],
        leaves: [leaf('answered')],
      });
      expect(await store().depth('EGISSO', 'requests')).to.equal(1);
      await accept(store(), {}, { capacity: 2 });
    });

    it('counts each mailbox of each participant apart, and an exempt delivery is taken over it', async () => {
      await accept(store(), {}, { capacity: 1 });
      await accept(store(), { recipient: 'PFR' }, { capacity: 1 });
      await accept(store(), {}, { capacity: 1, mailbox: 'statuses' });
      await accept(store());
      expect(await store().depth('EGISSO', 'requests')).to.equal(2);
    });

    it('counts each format of a mailbox apart', async () => {
      await accept(store(), {}, { capacity: 1, format: '{urn:a}a' });
      await accept(store(), {}, { capacity: 1, format: '{urn:b}b' });
      expect(await store().commit(request({}, { capacity: 1, format: '{urn:a}a' }))).to.include({
        conflict: 'overflow',
      });
    });

    it('is freed by a move in the same commit', async () => {
      const first = await accept(store(), {}, { capacity: 1 });
      const moves = [{ delivery: first.delivery, from: ['queued'], to: 'cancelled' }] as const;
      await commitOk(store(), { ...request({}, { capacity: 1 }), moves });
    });

    it('counts the deliveries of the same commit', async () => {
      const work = request({}, { capacity: 1 });
      const outcome = await store().commit({ ...work, deliveries: [...work.deliveries, ...work.deliveries] });
      expect(outcome).to.include({ ok: false, conflict: 'overflow', detail: `EGISSO requests ${FORMAT}` });
      expect(await store().depth('EGISSO', 'requests')).to.equal(0);
    });

    it('is not used by a delivery that is final from the start, which keeps its cause', async () => {
      const { delivery } = await accept(store(), {}, { state: 'failed', cause: 'the mailbox is full' });
      expect(await store().delivery(delivery)).to.include({ state: 'failed', cause: 'the mailbox is full' });
      expect(await store().depth('EGISSO', 'requests')).to.equal(0);
      expect(await store().queueStatistics('EGISSO')).to.deep.equal([]);
      await accept(store(), {}, { capacity: 1 });
    });
  });

  describe('closing an exchange', () => {
    it('opens a request again when the response that closed it was refused later', async () => {
      const { message } = await accept(store());
      const refused = response(message);
      await commitOk(store(), refused);
      const reopens = { exchange: message.messageId, closedBy: refused.message.messageId };
      await commitOk(store(), { reopens: { ...reopens, closedBy: message.messageId }, leaves: [leaf('checked')] });
      expect(await store().message(message.messageId)).to.have.property('closedBy', refused.message.messageId);
      await commitOk(store(), { reopens, leaves: [leaf('checked')] });
      expect(await store().message(message.messageId)).not.to.have.property('closedBy');
      await commitOk(store(), response(message));
    });

    it('sets closedBy on the request, once', async () => {
      const { message } = await accept(store());
      const answer = response(message);
      await commitOk(store(), answer);
      expect((await store().message(message.messageId))!.closedBy).to.equal(answer.message.messageId);
      expect(await store().commit(response(message))).to.include({ ok: false, conflict: 'moved' });
      expect((await store().messagesOf(message.messageId)).map(({ kind }) => kind)).to.deep.equal([
        'request',
        'response',
      ]);
    });

    it('opens it again when the response that closed it is refused late, and not when another closed it', async () => {
      const { message } = await accept(store());
      const answer = response(message);
      await commitOk(store(), answer);
      const exchange = message.messageId;
      await commitOk(store(), { leaves: [leaf('refused')], reopens: { exchange, closedBy: newId() } });
      expect((await store().message(exchange))!.closedBy).to.equal(answer.message.messageId);
      await commitOk(store(), { leaves: [leaf('refused')], reopens: { exchange, closedBy: answer.message.messageId } });
      expect(await store().message(exchange)).not.to.have.property('closedBy');
      await commitOk(store(), response(message));
    });

    it('lets each of several recipients answer once, and again when the answer was refused late', async () => {
      const { message } = await accept(store());
      const exchange = message.messageId;
      const part = (sender: string) => response(message, { sender, closes: 'part' });
      const [first, second] = [part('EGISSO'), part('PFR')];
      await commitOk(store(), first);
      await commitOk(store(), second);
      expect((await store().message(first.message.messageId))!.closes).to.equal('part');
      for (const sender of ['EGISSO', 'PFR'])
        expect(await store().commit(part(sender))).to.include({ ok: false, conflict: 'moved' });
      expect(await store().message(exchange)).not.to.have.property('closedBy');
      await commitOk(store(), { leaves: [leaf('refused')], reopens: { exchange, closedBy: first.message.messageId } });
      expect((await store().message(first.message.messageId))!.closes).to.equal(false);
      await commitOk(store(), part('EGISSO'));
      for (const sender of ['EGISSO', 'PFR'])
        expect(await store().commit(part(sender))).to.include({ ok: false, conflict: 'moved' });
    });

    it('leaves the request open when the response does not close it', async () => {
      const { message } = await accept(store());
      await commitOk(store(), response(message, { closes: false }));
      expect(await store().message(message.messageId)).not.to.have.property('closedBy');
    });
  });

  describe('configuration snapshots', () => {
    it('puts the newest in force and judges work under any that was not revoked', async () => {
      await store().saveSnapshot('one', '{"n":1}');
      await store().saveSnapshot('two', '{"n":2}');
      expect(await store().snapshot()).to.deep.equal({ hash: 'two', json: '{"n":2}' });
      await commitOk(store(), { ...request(), judgedUnder: 'one' });
      await commitOk(store(), {
        leaves: [leaf('configuration-changed')],
        snapshot: { hash: 'three', json: '{}', revokes: ['one'] },
      });
      expect(await store().commit({ ...request(), judgedUnder: 'one' })).to.include({
        ok: false,
        conflict: 'snapshot',
      });
      await commitOk(store(), { ...request(), judgedUnder: 'two' });
    });

    it('tells of the newest unless it is the one that is known, and of all that hold', async () => {
      await store().saveSnapshot('one', '1');
      await store().saveSnapshot('two', '2');
      expect(await store().snapshot('two')).to.equal(undefined);
      expect(await store().snapshot('one')).to.deep.equal({ hash: 'two', json: '2' });
      expect(await store().liveSnapshots()).to.have.members(['one', 'two']);
      await commitOk(store(), {
        leaves: [leaf('configuration-changed')],
        snapshot: { hash: 'three', json: '3', revokes: ['one'], upon: 'two' },
      });
      expect(await store().liveSnapshots()).to.have.members(['two', 'three']);
    });

    it('takes one of two changes made upon the same', async () => {
      await store().saveSnapshot('one', '1');
      const change = (hash: string) => ({
        leaves: [leaf('configuration-changed')],
        snapshot: { hash, json: hash, upon: 'one' },
      });
      const done = await Promise.all([store().commit(change('a')), store().commit(change('b'))]);
      expect(done.map((one) => (one.ok ? 'ok' : one.conflict))).to.have.members(['ok', 'moved']);
      expect(await store().commit(change('c'))).to.include({ ok: false, conflict: 'moved' });
      expect((await store().snapshot())!.hash).to.be.oneOf(['a', 'b']);
    });

    it('refuses work judged under a snapshot it never held', async () => {
      expect(await store().commit({ ...request(), judgedUnder: 'none' })).to.include({
        ok: false,
        conflict: 'snapshot',
      });
    });

    it('keeps what snapshots name by hash, once, whether or not it comes again', async () => {
      const content = new TextEncoder().encode('{"formats":[]}');
      const hash = createHash('sha256').update(content).digest('hex');
      expect(await store().artefact(hash)).to.equal(undefined);
      const change = { leaves: [leaf('configuration-changed')], artefacts: [{ hash, bytes: content }] };
      await commitOk(store(), change);
      await commitOk(store(), { ...change, leaves: [leaf('configuration-changed')] });
      expect(Buffer.from((await store().artefact(hash))!)).to.deep.equal(Buffer.from(content));
    });

    it('keeps no artefact of work it refused', async () => {
      const work = { ...request(), judgedUnder: 'none', artefacts: [{ hash: 'ab', bytes: Buffer.from('x') }] };
      expect(await store().commit(work)).to.include({ ok: false, conflict: 'snapshot' });
      expect(await store().artefact('ab')).to.equal(undefined);
    });

    it('puts an earlier one in force again', async () => {
      await store().saveSnapshot('one', '1');
      await store().saveSnapshot('two', '2');
      await store().saveSnapshot('one', '1');
      expect((await store().snapshot())!.hash).to.equal('one');
    });
  });

  it('takes rows of the person index with the commit', async () => {
    await commitOk(store(), { ...request(), persons: [{ label: bytes('label'), sealed: bytes('entry') }] });
  });
}
