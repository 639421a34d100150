import { connect, type Socket } from 'node:net';

export interface LoadResult {
  readonly seconds: number;
  /** Milliseconds from the first byte sent to the last received, sorted ascending. */
  readonly latencies: readonly number[];
  readonly refused: number;
}

interface Message {
  readonly contentType: string;
  readonly body: Uint8Array;
}

/**
 * Sends every message once over `connections` kept-alive connections, as fast as they are answered. Bare sockets, requests
 * written beforehand: the load shares the machine with what it measures and must cost next to nothing.
 */
export async function load(url: string, messages: readonly Message[], connections: number): Promise<LoadResult> {
  const { hostname, port, host } = new URL(url);
  const requests = messages.map(({ contentType, body }) =>
    Buffer.concat([
      Buffer.from(
        `POST /smev/v1.2/ws HTTP/1.1\r\nHost: ${host}\r\nContent-Type: ${contentType}\r\nContent-Length: ${body.length}\r\n\r\n`,
      ),
      body,
    ]),
  );
  const latencies: number[] = [];
  let next = 0;
  let refused = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(Number(port), hostname);
      socket.setNoDelay(true);
      while (next < requests.length) {
        const at = performance.now();
        socket.write(requests[next++]!);
        if ((await answer(socket)) !== 200) refused++;
        latencies.push(performance.now() - at);
      }
      socket.destroy();
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  return { seconds, latencies: latencies.sort((a, b) => a - b), refused };
}

/** The status of one whole answer with a Content-Length. */
function answer(socket: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    let size = 0;
    let end = Number.POSITIVE_INFINITY;
    const settle = (status: number | Error): void => {
      socket.off('data', read);
      socket.off('close', cut);
      if (typeof status === 'number') resolve(status);
      else reject(status);
    };
    const cut = (): void => settle(new Error('the gateway closed the connection'));
    const read = (chunk: Buffer): void => {
      size += chunk.length;
      if (end === Number.POSITIVE_INFINITY) {
        text += chunk.toString('latin1');
        const head = text.indexOf('\r\n\r\n');
        if (head >= 0) end = head + 4 + Number(/content-length: *(\d+)/i.exec(text)?.[1] ?? 0);
      }
      if (size >= end) settle(Number(text.slice(9, 12)));
    };
    socket.on('data', read);
    socket.once('close', cut);
  });
}
