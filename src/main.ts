/** `npm start`: configuration, start, one line `ready URL`, clean stop. Exit codes: 0 stopped, 2 refused to start, 70 a bug or an unknown outcome. */
import { pino } from 'pino';
import { environment, isRefused, readConfig } from './config/index.js';
import { startGateway } from './gateway.js';
import { StartRefused } from './start/start-refused.js';

const STOP_WITHIN = 10_000;

const config = readConfig(environment());
if (isRefused(config)) {
  for (const problem of config.problems) console.error(problem);
  process.exit(2);
}
for (const warning of config.warnings) console.error(warning);
const log = pino({ level: config.logLevel, base: null }, pino.destination(2));

try {
  const gateway = await startGateway(config, log);
  let stopping = false;
  const stop = (): void => {
    // npm and the terminal may both deliver the signal: the second one is the same wish.
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(70), STOP_WITHIN).unref();
    gateway.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error: String(error) }, 'the stop was not clean');
        process.exit(70);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // Whoever waits for `ready` may signal at once: the handlers stand before it is printed.
  console.log(`SOAP     ${gateway.url}/smev/v1.2/ws?wsdl   (v1.1, v1.3 likewise)`);
  console.log(`API      ${gateway.url}/api/v1   (token: ${config.data}/operator.token)`);
  console.log(`journal  ${gateway.url}/journal/checkpoint   (key: ${gateway.verifierKey})`);
  const ftp = gateway.ftpUrl === undefined ? '' : ` and ${gateway.ftpUrl}`;
  console.log(`files    ${gateway.url}/files/UUID/NAME${ftp}   (anonymous / smev)`);
  const partners = [...gateway.partnerUrls].map(([mnemonic, url]) => `${mnemonic} at ${url}`);
  if (partners.length > 0) console.log(`sandbox  ${partners.join(', ')}, keys in ${config.certificates}`);
  console.log(`ready ${gateway.url}`);
} catch (error) {
  if (error instanceof StartRefused) {
    console.error(config.language === 'ru' ? error.ru : error.message);
    process.exit(2);
  }
  log.error({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'the start failed');
  process.exit(70);
}
