import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import type { Store } from '../../../src/ports/index.js';
import { rootOfLeaves } from '../../contracts/plain-sequencer.js';
import { commitOk, request } from '../../contracts/work.js';
import { type TemporaryStore, temporaryStore } from './temporary-store.js';

describe('the SQLite store after kill -9', () => {
  let place: TemporaryStore;
  beforeEach(() => {
    place = temporaryStore();
  });
  afterEach(() => place.remove());

  it('has every commit that was resolved, a log without gaps and the tree that follows from it', async () => {
    const resolved = new Map<string, number>();
    for (const [round, count] of [1, 40, 150].entries()) {
      for (const [id, index] of await commitAndKill(place.file, `r${round}`, count)) resolved.set(id, index);
      const store = await place.open();
      await checkInvariants(store, resolved);
      const { indexes } = await commitOk(store, request());
      expect(indexes[0]).to.equal((await store.checkpoint())!.size - 1);
      await store.close();
    }
    expect(resolved.size).to.be.at.least(191);
  });
});

/** Runs the child until it told `count` commits, kills it, and returns all it told. */
async function commitAndKill(file: string, prefix: string, count: number): Promise<Map<string, number>> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'committing-child.js'), file, prefix], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const told = new Map<string, number>();
  for await (const line of createInterface(child.stdout)) {
    const [id, index] = line.split(' ');
    // The last line may be cut by the kill.
    if (/ \d+$/.test(line)) told.set(id!, Number(index));
    if (told.size === count) child.kill('SIGKILL');
  }
  return told;
}

async function checkInvariants(store: Store, resolved: ReadonlyMap<string, number>): Promise<void> {
  const { size, root } = (await store.checkpoint())!;
  const leaves = await store.leaves(0, size + 1);
  expect(leaves).to.have.length(size);
  expect(Buffer.from(root)).to.deep.equal(rootOfLeaves(leaves));
  expect(await store.hashes(0, 0, size + 1)).to.have.length(size);
  for (const [id, index] of resolved) {
    const message = await store.message(id);
    expect(message?.leaf, `${id} was resolved with index ${index}`).to.equal(index);
    expect(await store.body(message!.bodyId))
      .to.have.property('keys')
      .with.length(1);
  }
  const exchanges = await store.exchanges({ limit: 1_000_000 });
  expect(await store.depth('EGISSO', 'requests')).to.equal(exchanges.length);
  expect(exchanges).to.have.length(size);
}
