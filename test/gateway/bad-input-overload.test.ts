/** More than the bounded queues hold: 503 with Retry-After and a fault, at every door that needs a worker. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createSoapHandler } from '../../src/entrypoints/http-soap/index.js';
import { DEFAULT_LIMITS, Reception, type ReceptionParts } from '../../src/pipeline/index.js';
import type { Workers } from '../../src/ports/index.js';
import { query } from './contents.js';
import { PERSON } from './pull-world.js';
import { expectFault } from './refusals.js';
import type { Sender } from './sender.js';
import { type TestGateway, testGateway } from './test-gateway.js';

describe('bad input: overload', () => {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

  it('of the workers is answered 503, Retry-After and SMEVFailure in the version of the endpoint', async () => {
    const workers: Workers<never, never> = {
      run: () => Promise.resolve({ ok: false, why: 'busy' }),
      close: () => Promise.resolve(),
    };
    // Before a worker has answered nothing else of the reception is asked.
    const parts = { workers, clock: { now: () => 0 }, log: silent } as unknown as ReceptionParts;
    const handler = createSoapHandler({
      reception: new Reception(parts),
      contract: { wsdl: () => undefined, xsd: () => undefined },
      limits: DEFAULT_LIMITS,
      log: silent,
      address: () => '',
    });
    const server = createServer((request, response) => void handler(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const { port } = server.address() as AddressInfo;
    for (const version of ['1.1', '1.2', '1.3']) {
      const answer = await fetch(`http://127.0.0.1:${port}/smev/v${version}/ws`, { method: 'POST', body: '<x/>' });
      expect([answer.status, answer.headers.get('retry-after')]).to.deep.equal([503, '1']);
      const text = await answer.text();
      expect(text).to.include('SMEVFailure').and.include(`types/faults/${version}`).and.include('тем же MessageID');
    }
    await new Promise((resolve) => server.close(resolve));
  });

  describe('of a running gateway', () => {
    let gateway: TestGateway;
    let agency: Sender;
    before(async () => {
      gateway = await testGateway({ threads: 1, adapters: new Map() });
      agency = gateway.as('FED001');
    });
    after(() => gateway.close());

    it('keeps every message it said yes to, and none it said no to', async () => {
      const wires = await Promise.all(Array.from({ length: 120 }, () => agency.buildRequest(query(PERSON))));
      const answers = await Promise.all(wires.map((w) => agency.post(w)));
      for (const [i, answer] of answers.entries()) {
        const stored = await gateway.store.message(wires[i]!.messageId);
        if (answer.fault === undefined) expect(stored).to.not.equal(undefined);
        else {
          expectFault(answer, { code: 'SMEVFailure', status: 503 });
          expect(stored).to.equal(undefined);
        }
      }
      await gateway.checkInvariants();
    });
  });
});
