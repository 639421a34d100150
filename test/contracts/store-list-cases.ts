import { expect } from 'chai';
import type { ExchangeFilter, Store } from '../../src/ports/index.js';
import { accept, commitOk, leaf, NOW, response } from './work.js';

export function storeListCases(store: () => Store): void {
  const list = async (filter: Partial<ExchangeFilter> = {}) =>
    (await store().exchanges({ limit: 50, ...filter })).map(({ messageId }) => messageId);

  describe('exchanges', () => {
    it('come newest first, a page at a time, requests only', async () => {
      const ids: string[] = [];
      for (let at = 0; at < 5; at++) ids.unshift((await accept(store())).message.messageId);
      await commitOk(store(), response((await store().message(ids[0]!))!));
      expect(await list()).to.deep.equal(ids);
      const first = await store().exchanges({ limit: 2 });
      expect(await list({ before: first.at(-1)!.order, limit: 2 })).to.deep.equal(ids.slice(2, 4));
      expect(await list({ limit: 0 })).to.deep.equal([]);
    });

    it('sees what is committed after a list was cut at its limit', async () => {
      for (let at = 0; at < 3; at++) await accept(store());
      expect(await list({ limit: 1, participant: 'REG001' })).to.have.length(1);
      const { message } = await accept(store());
      expect(await list({ limit: 1, participant: 'REG001' })).to.deep.equal([message.messageId]);
    });

    it('are found by participant on either side, format and time', async () => {
      const a = (await accept(store(), { acceptedAt: NOW })).message.messageId;
      const b = (await accept(store(), { acceptedAt: NOW + 10, sender: 'EGISSO', recipient: 'REG001' })).message
        .messageId;
      const c = (await accept(store(), { acceptedAt: NOW + 20, sender: 'FED001', format: '{urn:f}F' })).message
        .messageId;
      const d = (await accept(store(), { acceptedAt: NOW + 30, sender: 'PFR', recipient: 'PFR' })).message.messageId;
      expect(await list({ participant: 'REG001' })).to.deep.equal([b, a]);
      expect(await list({ participant: 'PFR' })).to.deep.equal([d]);
      expect(await list({ format: '{urn:f}F' })).to.deep.equal([c]);
      expect(await list({ from: NOW + 10, to: NOW + 30 })).to.deep.equal([c, b]);
      expect(await list({ participant: 'EGISSO', format: '{urn:f}F', from: NOW })).to.deep.equal([c]);
      expect(await list({ from: NOW + 31 })).to.deep.equal([]);
      expect(await list({ to: NOW })).to.deep.equal([]);
    });

    it('are found by an answer that was due and has not come', async () => {
      const due = async (ms: number, more: object = {}) =>
        (await accept(store(), { meta: { answerBy: new Date(NOW + ms).toISOString() }, ...more })).message;
      const late = await due(5);
      const answered = await due(5);
      await commitOk(store(), response(answered));
      const later = await due(9, { sender: 'FED001' });
      await due(11);
      await accept(store());
      expect(await list({ overdueAt: NOW + 10 })).to.deep.equal([later.messageId, late.messageId]);
      expect(await list({ overdueAt: NOW + 10, limit: 1 })).to.deep.equal([later.messageId]);
      expect(await list({ overdueAt: NOW + 10, participant: 'FED001' })).to.deep.equal([later.messageId]);
      expect(await list({ overdueAt: NOW + 4 })).to.deep.equal([]);
    });

    it('are found by any part of their purpose, of whatever case, Cyrillic too', async () => {
      const named = async (purpose: string, more: object = {}) =>
        (await accept(store(), { meta: { purpose }, ...more })).message.messageId;
      const a = await named('Назначение пособия — 178-ФЗ');
      const b = await named('Выдача справки', { sender: 'FED001' });
      const c = await named('Назначение пособия — 178-ФЗ', { sender: 'FED001' });
      await accept(store());
      expect(await list({ purpose: 'ПОСОБИЯ' })).to.deep.equal([c, a]);
      expect(await list({ purpose: 'а' })).to.deep.equal([c, b, a]);
      expect(await list({ purpose: 'а', limit: 2 })).to.deep.equal([c, b]);
      expect(await list({ purpose: '178-фз', participant: 'FED001' })).to.deep.equal([c]);
      expect(await list({ purposeIs: 'Выдача справки' })).to.deep.equal([b]);
      expect(await list({ purposeIs: 'Выдача справк' })).to.deep.equal([]);
      expect(await list({ purposeIs: 'Назначение пособия — 178-ФЗ', participant: 'FED001' })).to.deep.equal([c]);
      expect(await list({ purpose: '%' })).to.deep.equal([]);
      expect(await list({ purpose: 'x' })).to.deep.equal([]);
    });

    it('are found by the state of any delivery of the exchange, each once', async () => {
      const one = await accept(store());
      const two = await accept(store());
      await commitOk(store(), {
        moves: [{ delivery: one.delivery, from: ['queued'], to: 'delivered' }],
        leaves: [leaf('acknowledged')],
      });
      await commitOk(store(), response(one.message));
      expect(await list({ state: 'delivered' })).to.deep.equal([one.message.messageId]);
      expect(await list({ state: 'queued' })).to.deep.equal([two.message.messageId, one.message.messageId]);
      expect(await list({ state: 'queued', limit: 1 })).to.deep.equal([two.message.messageId]);
      const last = (await store().exchanges({ state: 'queued', limit: 1 }))[0]!.order;
      expect(await list({ state: 'queued', before: last })).to.deep.equal([one.message.messageId]);
      expect(await list({ state: 'queued', participant: 'REG001' })).to.have.length(2);
      expect(await list({ state: 'failed' })).to.deep.equal([]);
    });
  });
}
