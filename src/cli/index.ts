/**
 * The command line: verbs over the JSON API and the SOAP client, and a few that work offline.
 * May import: everything (it belongs to the composition root cli.ts). Start at program.ts; one verb a file in commands/.
 */
export { runCommandLine } from './program.js';
export type { Terminal } from './terminal.js';
