/** The sandbox's registry behind a front that is slow, says «later», loses answers and hangs; what it did is read in the registry's own file. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startRegistry } from '../../src/sandbox/egisso/index.js';
import type { Dice } from './dice.js';

export interface Partner {
  readonly url: string;
  /** Calls that carried a message, by MessageID. */
  readonly calls: ReadonlyMap<string, number>;
  /** When the registry last answered a call that carried a message, ms since 1970. */
  readonly answeredAt: readonly number[];
  /** How often each fault was thrown. */
  readonly faults: Readonly<Record<string, number>>;
  /** Packages the registry loaded: packageId → MessageID. */
  effects(): ReadonlyMap<string, string>;
  /** From now on it serves everybody well. */
  calm(): void;
  close(): Promise<void>;
}

type Fault = 'none' | 'slow' | 'later' | 'cut-before' | 'cut-after' | 'hang-before' | 'hang-after' | 'error-after';

/** Shares of calls that end so; the rest is served at once. */
const FAULTS: readonly (readonly [Fault, number])[] = [
  ['slow', 0.08],
  ['later', 0.05],
  ['cut-before', 0.02],
  ['cut-after', 0.03],
  ['error-after', 0.01],
  ['hang-before', 0.005],
  ['hang-after', 0.01],
];

export async function startPartner(folder: string, dice: Dice): Promise<Partner> {
  const file = join(folder, 'registry.db');
  const registry = await startRegistry({ file, host: '127.0.0.1', port: 0, seed: true, clock: Date });
  const calls = new Map<string, number>();
  const answeredAt: number[] = [];
  const faults: Record<string, number> = {};
  let isCalm = false;

  const thrown = (): Fault => {
    let left = dice.share();
    if (isCalm) return 'none';
    for (const [fault, share] of FAULTS) {
      left -= share;
      if (left < 0) return fault;
    }
    return 'none';
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = Buffer.concat(await request.toArray());
    const fault = thrown();
    if (fault !== 'none') faults[fault] = (faults[fault] ?? 0) + 1;
    const messageId = request.method === 'POST' ? String(JSON.parse(body.toString()).messageId) : undefined;
    if (messageId !== undefined) calls.set(messageId, (calls.get(messageId) ?? 0) + 1);
    if (fault === 'slow') await new Promise((resolve) => setTimeout(resolve, 200 + dice.share() * 1_800));
    if (fault === 'later') return void response.writeHead(503).end('{}');
    if (fault === 'cut-before') return void request.socket.destroy();
    if (fault === 'hang-before') return;
    const answer = await fetch(`${registry.url}${request.url}`, {
      method: request.method ?? 'GET',
      headers: { 'content-type': 'application/json' },
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    const text = await answer.text();
    if (fault === 'cut-after') return void request.socket.destroy();
    if (fault === 'hang-after') return;
    if (fault === 'error-after') return void response.writeHead(500).end('{}');
    if (messageId !== undefined && answer.status === 200) answeredAt.push(Date.now());
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
  };
  const server = createServer((request, response) => {
    // A caller that was killed took its connection with it.
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answeredAt,
    faults,
    effects: () => {
      const db = new DatabaseSync(file, { readOnly: true });
      const rows = db.prepare("SELECT package_id, message_id FROM packages WHERE message_id <> 'seed'").all();
      db.close();
      return new Map(rows.map((row) => [String(row.package_id), String(row.message_id)]));
    },
    calm: () => {
      isCalm = true;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await registry.close();
    },
  };
}
