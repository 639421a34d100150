import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { Config } from '../config/index.js';
import { StartRefused } from './start-refused.js';

/** The server, listening; every refusal says the fix. */
export async function listen(config: Config, handler: RequestListener): Promise<Server> {
  const patience = { requestTimeout: 60_000, headersTimeout: 15_000, keepAliveTimeout: 30_000 };
  const server =
    config.tls === undefined
      ? createServer(patience, handler)
      : createTlsServer({ ...patience, ...tlsFiles(config.tls) }, handler);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refusedPort(error, config)));
    server.listen(config.port, config.host, () => resolve(server));
  });
}

/** Read and tried before anything listens: a wrong file is a refused start that names it. */
function tlsFiles({ certFile, keyFile }: NonNullable<Config['tls']>): { cert: Buffer; key: Buffer } {
  try {
    const files = { cert: readFileSync(certFile), key: readFileSync(keyFile) };
    createSecureContext(files);
    return files;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartRefused(
      `TLS не включается: GATEWAY_TLS_CERT=${certFile}, GATEWAY_TLS_KEY=${keyFile}: ${why}. Укажите PEM-файлы цепочки и её ключа, доступные этому пользователю.`,
      `TLS cannot be turned on: GATEWAY_TLS_CERT=${certFile}, GATEWAY_TLS_KEY=${keyFile}: ${why}. Name PEM files of the chain and its key that this user can read.`,
    );
  }
}

function refusedPort(error: NodeJS.ErrnoException, { host, port }: Config): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartRefused(
      `Порт ${port} на ${host} занят другой программой. Остановите её или задайте другой: GATEWAY_PORT=8081 (0 — любой свободный).`,
      `Port ${port} on ${host} is taken by another program. Stop it or set another: GATEWAY_PORT=8081 (0 takes any free one).`,
    );
  }
  if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL') {
    return new StartRefused(
      `Нельзя слушать ${host}:${port} (${error.code}). Задайте GATEWAY_HOST и GATEWAY_PORT, доступные этому пользователю.`,
      `Cannot listen on ${host}:${port} (${error.code}). Set GATEWAY_HOST and GATEWAY_PORT this user may use.`,
    );
  }
  return error;
}

/** No new connections; those that answer finish, idle ones end, stuck ones are cut. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), 5_000);
  await closed;
  clearTimeout(cut);
}
