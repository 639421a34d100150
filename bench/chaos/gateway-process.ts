/** One of the gateways under chaos: as `main.js`, but with short terms, so that minutes show what takes hours in earnest. */
import { egissoAdapter } from '../../adapters/egisso/index.js';
import { environment, isRefused, readConfig } from '../../src/config/index.js';
import { startGateway } from '../../src/gateway.js';
import { OWN_FORMAT, PULLED_FORMAT } from './roles.js';

/** How long a message is held for its reader: one whose answer a kill cut off is handed out again this soon, ms. */
const LEASE = 6_000;
/** Patience with one call of the partner, ms. */
const PATIENCE = 3_000;

const config = readConfig(environment());
if (isRefused(config)) throw new Error(config.problems.join('\n'));
const tell = (level: string) => (fields: object, message: string) =>
  console.error(`${new Date().toISOString()} ${level} ${message} ${JSON.stringify(fields)}`);
const gateway = await startGateway(
  config,
  { info: tell('info'), warn: tell('warn'), error: tell('error') },
  {
    lease: LEASE,
    threads: 1,
    ...(config.egissoUrl !== undefined && {
      adapters: new Map([['EGISSO', egissoAdapter({ url: config.egissoUrl, partner: 'EGISSO', timeout: PATIENCE })]]),
    }),
    snapshot: (s) => ({
      ...s,
      // The sandbox pushes to the fund; here it polls.
      participants: s.participants.map((p) => ({
        ...p,
        capacity: 1_000_000,
        ...(p.mnemonic === 'PFR' && { mode: 'pull' }),
      })),
      routes: s.routes.map((r) => ({
        ...r,
        recipient: r.format === PULLED_FORMAT ? 'PFR' : r.format === OWN_FORMAT ? 'EGISSO' : r.recipient,
      })),
    }),
  },
);
process.on('message', (word) => {
  if (word === 'stop') void gateway.close().then(() => process.exit(0));
});
// Whoever started it is gone: nothing is left behind.
process.on('disconnect', () => process.exit(1));
process.send?.({ url: gateway.url });
