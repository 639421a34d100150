/** HTTP as badly as a test wants it: bytes on a socket, the answer as text. */
import { connect, type Socket } from 'node:net';

export interface RawSocket {
  readonly socket: Socket;
  write(text: string | Uint8Array): Promise<void>;
  /** What came until the server ended the connection, or until `enough` is in it. */
  answer(enough?: string): Promise<string>;
  /** Cuts the connection without a word. */
  kill(): void;
}

export async function rawSocket(url: string): Promise<RawSocket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const chunks: Buffer[] = [];
  let ended = false;
  let changed = (): void => undefined;
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    changed();
  });
  // A reset after the answer is how a server ends a connection whose body it did not read.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    ended = true;
    changed();
  });
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  const text = () => Buffer.concat(chunks).toString();
  return {
    socket,
    write: (bytes) =>
      new Promise((resolve) => {
        socket.write(bytes, () => resolve());
      }),
    answer: async (enough) => {
      while (!ended && !(enough !== undefined && text().includes(enough))) {
        await new Promise<void>((resolve) => {
          changed = resolve;
        });
      }
      return text();
    },
    kill: () => socket.resetAndDestroy(),
  };
}

/** The head of a POST to an endpoint; `length` is what Content-Length claims. */
export function postHead(
  length: number | 'chunked',
  more = 'Content-Type: text/xml; charset=utf-8\r\n',
  version = '1.2',
): string {
  const size = length === 'chunked' ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`;
  return `POST /smev/v${version}/ws HTTP/1.1\r\nHost: gateway\r\n${more}${size}\r\n\r\n`;
}
