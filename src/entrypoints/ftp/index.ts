/**
 * FTP to the file store (RFC 959, 2428, 3659; the operator's conventions): the few commands its clients use, passive mode only.
 * May import: pipeline, ports. Plain text: for loopback, or a protected channel that ends at this machine (docs/adr/0014).
 * Start at ftp-server.ts, then session.ts.
 */
export { type FtpServer, startFtp } from './ftp-server.js';
export type { FtpParts } from './parts.js';
