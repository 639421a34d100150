import type { IncomingMessage } from 'node:http';

/** tooLarge: the limit was passed, bytes declared or come so far; cut: the client went away before the end, nothing is done with what came. */
export type Body = Uint8Array<ArrayBuffer> | { readonly tooLarge: number } | 'cut';

/** The whole body in a buffer of its own, so that it can be transferred to a worker. Never holds more than `limit`. */
export function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  const declared = Number(request.headers['content-length'] ?? 'NaN');
  if (declared > limit) return Promise.resolve({ tooLarge: declared });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        request.removeAllListeners('data');
        request.pause();
        resolve({ tooLarge: size });
      } else chunks.push(chunk);
    });
    request.once('end', () => resolve(join(chunks, size)));
    request.once('error', () => resolve('cut'));
    request.once('close', () => {
      if (!request.complete) resolve('cut');
    });
  });
}

function join(chunks: readonly Buffer[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
