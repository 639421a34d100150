import { type AddressInfo, createServer, type Socket } from 'node:net';
import { answerLine } from './commands.js';
import type { FtpParts } from './parts.js';
import { Session } from './session.js';

export interface FtpServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens; rejects when it cannot. */
export async function startFtp(parts: FtpParts): Promise<FtpServer> {
  const most = parts.connections ?? 256;
  const sessions = new Map<Session, string>();
  const server = createServer({ allowHalfOpen: false }, (socket: Socket) => {
    const from = socket.remoteAddress ?? '';
    const ofOne = [...sessions.values()].filter((address) => address === from).length;
    if (sessions.size >= most || ofOne >= Math.max(1, most / 8)) {
      socket.on('error', () => undefined);
      socket.end('421 Слишком много подключений / Too many connections\r\n');
      return;
    }
    const session = new Session(socket, parts, answerLine);
    sessions.set(session, from);
    socket.once('close', () => sessions.delete(session));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(parts.port, parts.host, resolve);
  });
  server.removeAllListeners('error').on('error', (error) => parts.log.error({ error: String(error) }, 'FTP'));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const session of sessions.keys()) session.end();
      await closed;
    },
  };
}
