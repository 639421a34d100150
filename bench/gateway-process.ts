/** The gateway under load, in a process of its own: real store, writer and workers; the recipient is a pull participant without a poller. */
import { isRefused, readConfig } from '../src/config/index.js';
import { startGateway } from '../src/gateway.js';
import { RECIPIENT, ROUTED } from './messages.js';

const ftp = process.argv[3] === 'ftp' ? { GATEWAY_FTP_PORT: '0' } : {};
const { DATABASE_URL } = process.env;
const onPostgres = DATABASE_URL === undefined ? {} : { DATABASE_URL };
const config = readConfig({
  GATEWAY_DATA: process.argv[2],
  GATEWAY_PORT: '0',
  LOG_LEVEL: 'error',
  ...ftp,
  ...onPostgres,
});
if (isRefused(config)) throw new Error(config.problems.join('\n'));
const silent = {
  info: () => {},
  warn: () => {},
  error: (fields: object, message: string) => console.error(message, fields),
};
const gateway = await startGateway(config, silent, {
  snapshot: (s) => ({
    ...s,
    participants: s.participants.map((p) => ({ ...p, capacity: 1e9 })),
    routes: s.routes.map((r) => (r.format === ROUTED ? { ...r, recipient: RECIPIENT } : r)),
  }),
});
process.on('message', (question) => {
  if (question === 'usage') process.send?.({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss() });
  if (question === 'stop') void gateway.close().then(() => process.exit(0));
});
process.send?.({ url: gateway.url, ftpUrl: gateway.ftpUrl, certificates: config.certificates });
