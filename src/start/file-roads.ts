import { join } from 'node:path';
import type { Config } from '../config/index.js';
import { startFtp } from '../entrypoints/ftp/index.js';
import type { Clock, FileStore, KeyVault, Log } from '../ports/index.js';
import { replaceFile } from './data-files.js';
import { StartRefused } from './start-refused.js';

interface FtpRoad {
  readonly url: string;
  close(): Promise<void>;
}

/** Where files lie: apart from the data where several gateways share them. */
export function filesFolder(config: Config): string {
  return config.files ?? join(config.data, 'files');
}

/** The FTP road to the file store, where GATEWAY_FTP_PORT asks for one. Its address stands in `gateway.ftp-url` beside `gateway.url`. */
export async function ftpRoad(
  config: Config,
  parts: { readonly files: FileStore; readonly vault: KeyVault; readonly clock: Clock; readonly log: Log },
): Promise<FtpRoad | undefined> {
  if (config.ftpPort === undefined) return undefined;
  const { host, ftpPort: port, ftpPassive } = config;
  const server = await startFtp({ ...parts, host, port, ...(ftpPassive && { passive: ftpPassive }) }).catch(
    (error: NodeJS.ErrnoException) => {
      throw new StartRefused(
        `Порт FTP ${port} на ${host} занять нельзя (${error.code}). Задайте другой: GATEWAY_FTP_PORT=2121 (0 — любой свободный).`,
        `The FTP port ${port} on ${host} cannot be taken (${error.code}). Set another: GATEWAY_FTP_PORT=2121 (0 takes any free one).`,
      );
    },
  );
  const url = `ftp://${host.includes(':') ? `[${host}]` : host}:${server.port}`;
  replaceFile(join(config.data, 'gateway.ftp-url'), `${url}\n`, 0o644);
  return { url, close: () => server.close() };
}
