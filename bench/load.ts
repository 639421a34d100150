import { Agent, request } from 'node:http';

export interface LoadResult {
  readonly seconds: number;
  /** Milliseconds from the first byte sent to the last received, sorted ascending. */
  readonly latencies: readonly number[];
  readonly refused: number;
}

/** Sends every message once over `connections` kept-alive connections, as fast as they are answered. */
export async function load(
  url: string,
  messages: readonly { contentType: string; body: Uint8Array }[],
  connections: number,
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let next = 0;
  let refused = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < messages.length) {
        const message = messages[next++]!;
        const at = performance.now();
        if ((await post(`${url}/smev/v1.2/ws`, message, agent)) !== 200) refused++;
        latencies.push(performance.now() - at);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return { seconds, latencies: latencies.sort((a, b) => a - b), refused };
}

function post(url: string, message: { contentType: string; body: Uint8Array }, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      {
        method: 'POST',
        agent,
        headers: { 'Content-Type': message.contentType, 'Content-Length': message.body.length },
      },
      (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
      },
    );
    call.once('error', reject);
    call.end(message.body);
  });
}
