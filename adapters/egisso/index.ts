/**
 * EGISSO, the registry of social support: maps 10.06.S packages (carried by 10.10.I) and 10.13.I requests to the registry's HTTP interface and back.
 * May import: ports, message.
 * Start at egisso-adapter.ts; what travels where is told in README.md.
 */
export { type EgissoOptions, egissoAdapter } from './egisso-adapter.js';
