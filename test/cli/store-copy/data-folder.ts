/** A data folder as a gateway leaves it: a store with its journal signed by the vault's key, the key and the guard beside it. */
import { hash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v1 as uuidv1 } from 'uuid';
import { openSqliteStore } from '../../../src/drivers/store-sqlite/index.js';
import { sealLeaf, vkeyOf } from '../../../src/journal/index.js';
import type { RecordKind } from '../../../src/message/index.js';
import type { Commit, NewLeaf, NewMessage, Store } from '../../../src/ports/index.js';
import { TestVault } from '../../journal/vault.js';

export const ORIGIN = 'test.example/journal';
const FORMAT = '{urn:example:benefit}Request';
const START = Date.UTC(2026, 4, 30);
const HOUR = 3_600_000;

export interface DataFolder {
  readonly folder: string;
  readonly vault: TestVault;
  /** Opens the store, hands it over and closes it. */
  withStore<T>(work: (store: Store) => Promise<T>): Promise<T>;
}

export function newDataFolder(vault = new TestVault()): DataFolder {
  const folder = mkdtempSync(join(tmpdir(), 'store-copy-'));
  writeFileSync(join(folder, 'journal.vkey'), `${vkeyOf(ORIGIN, vault.journalKey())}\n`);
  const sequencerOptions = {
    origin: ORIGIN,
    journalKey: vault.journalKey(),
    guardFile: join(folder, 'checkpoint.last'),
  };
  return {
    folder,
    vault,
    withStore: async (work) => {
      const store = await openSqliteStore({
        file: join(folder, 'gateway.db'),
        sequencerModule: new URL('../../../src/sequencer.js', import.meta.url).href,
        sequencerOptions,
        onFatal: (error) => {
          throw error;
        },
      });
      try {
        return await work(store);
      } finally {
        await store.close();
      }
    },
  };
}

/** Exchanges of every shape the schema knows, over two months; returns the MessageIDs of the requests. */
export async function fill(store: Store, vault: TestVault, exchanges: number, bodyLength = 2_000): Promise<string[]> {
  await ok(store, {
    leaves: [leaf(vault, 'configuration-changed')],
    snapshot: { hash: `first ${exchanges}`, json: '{"formats":"нет"}' },
  });
  const artefact = Buffer.from(`package ${exchanges}`);
  await ok(store, {
    leaves: [leaf(vault, 'configuration-changed')],
    snapshot: { hash: `second ${exchanges}`, json: '{}', revokes: [`first ${exchanges}`] },
    artefacts: [{ hash: hash('sha256', artefact), bytes: artefact }],
    plan: { id: `plan ${exchanges}`, revision: 1, json: '{"what":"план"}' },
  });
  const ids: string[] = [];
  for (let from = 0; from < exchanges; from += 64) {
    const some = Array.from({ length: Math.min(64, exchanges - from) }, (_, i) => from + i);
    await Promise.all(some.map((i) => exchange(store, vault, i, bodyLength, ids)));
  }
  return ids;
}

async function exchange(store: Store, vault: TestVault, i: number, length: number, ids: string[]): Promise<void> {
  const at = START + i * HOUR;
  const messageId = uuidv1({ msecs: at });
  ids.push(messageId);
  const push = i % 3 === 0;
  const request = message({ messageId, exchange: messageId, acceptedAt: at, recipient: push ? 'EGISSO' : 'PFR' });
  const accepted = await ok(store, {
    message: request,
    body: body(request.bodyId, i, length),
    deliveries: [
      {
        messageId,
        recipient: request.recipient!,
        mailbox: 'requests',
        road: push ? 'push' : 'pull',
        state: 'queued',
        format: FORMAT,
        ...(i % 2 === 0 ? { nodeId: 'узел' } : {}),
        queuedAt: at,
        ...(i % 5 === 0 ? { expiresAt: at + HOUR } : {}),
      },
    ],
    persons: [{ label: Buffer.from(`label ${i % 7}`), sealed: Buffer.from(`sealed ${i}`) }],
    leaves: [leaf(vault, 'accepted', request, at)],
  });
  const delivery = accepted.deliveries[0]!;
  if (i % 4 === 0) return;
  const to = push ? 'in-doubt' : 'leased';
  await ok(store, {
    moves: [
      {
        delivery,
        from: ['queued'],
        to,
        attempts: 1,
        leasedUntil: at + HOUR,
        dueAt: at,
        pollDigest: Buffer.from(`p${i}`),
      },
    ],
    leaves: [leaf(vault, 'leased', request, at)],
  });
  if (i % 4 === 1) return;
  const answer = message({
    messageId: uuidv1({ msecs: at + 1 }),
    exchange: messageId,
    kind: 'response',
    acceptedAt: at + 1,
    sender: request.recipient!,
    recipient: request.sender,
    closes: i % 8 === 2 ? 'part' : i % 8 !== 3,
  });
  await ok(store, {
    message: answer,
    body: { ...body(answer.bodyId, i, 100), keepUntil: at + HOUR },
    moves: [{ delivery, from: [to], to: i % 2 === 0 ? 'delivered' : 'failed', cause: 'причина' }],
    deliveries: [
      {
        messageId: answer.messageId,
        recipient: request.sender,
        mailbox: 'responses',
        road: 'pull',
        state: 'queued',
        queuedAt: at,
      },
    ],
    leaves: [leaf(vault, 'accepted', answer, at), leaf(vault, 'answered', answer, at)],
  });
}

function message(given: Partial<NewMessage> & Pick<NewMessage, 'messageId' | 'exchange' | 'acceptedAt'>): NewMessage {
  return {
    kind: 'request',
    version: '1.2',
    sender: 'FED001',
    format: FORMAT,
    test: false,
    bodyId: given.messageId,
    config: 'cfg',
    road: 'inline',
    digest: hash('sha256', given.messageId, 'buffer'),
    meta: { NodeID: 'узел', purpose: 'услуга' },
    receiptToken: `token ${given.messageId}`,
    ...given,
  };
}

function body(bodyId: string, i: number, length: number): NonNullable<Commit['body']> {
  const container = Buffer.alloc(length, `sealed ${i} `);
  const keys = [0, 1].map((slot) => ({ slot, epoch: 1, wrapped: Buffer.from(`wrapped ${i} ${slot}`) }));
  return { bodyId, container, sha256: hash('sha256', container, 'buffer'), keys: keys.slice(0, 1 + (i % 2)) };
}

function leaf(vault: TestVault, kind: RecordKind, about?: NewMessage, at = START): NewLeaf {
  const record = {
    kind,
    time: new Date(at).toISOString(),
    ...(about && { messageId: about.messageId, exchange: about.exchange }),
  };
  return sealLeaf(record, vault).leaf;
}

async function ok(store: Store, work: Commit) {
  const done = await store.commit(work);
  if (!done.ok) throw new Error(`not committed: ${done.conflict} ${done.detail}`);
  return done;
}
