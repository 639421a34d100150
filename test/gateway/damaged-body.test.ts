/** «A body that does not open must not stop the queue behind it»: bytes on disk changed under a stopped gateway. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { query } from './contents.js';
import { PERSON, type PullWorld, pullWorld } from './pull-world.js';

describe('a message whose body was damaged in the store', () => {
  let world: PullWorld;
  after(() => world.close());

  it('is put aside, its sender is told, and the next one is handed out', async () => {
    const first = await pullWorld();
    const damaged = await first.agency.sendRequest(query(PERSON));
    const sound = await first.agency.sendRequest(query(PERSON));
    await first.stop();
    const database = new DatabaseSync(join(first.folder, 'gateway.db'));
    const changed = database
      .prepare('UPDATE body SET container = zeroblob(length(container)) WHERE body_id = ?')
      .run(damaged.sentId);
    expect(changed.changes).to.equal(1);
    database.close();
    rmSync(join(first.folder, 'gateway.url'), { force: true });

    world = await pullWorld(undefined, first.folder, first.clock.at + 5_000);
    const handed = await world.poll(world.fund, 'GetRequest');
    expect(handed.messageId).to.equal(sound.sentId);
    const told = await world.poll(world.agency, 'GetResponse');
    expect(told.valueOf('OriginalMessageId')).to.equal(damaged.sentId);
    expect(told.valueOf('StatusCategory')).to.equal('requestIsRejectedBySmev');
    expect((await world.store.deliveriesOf(damaged.sentId))[0]?.state).to.equal('failed');
    await world.checkInvariants();
  });
});
