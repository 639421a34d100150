/**
 * The Pension Fund: maps questions about SNILS, work and payments to the fund's HTTP interface, and its answers back.
 * May import: ports, message, adapters/kit.
 * Start at pension-fund-adapter.ts; what travels where is told in README.md.
 */
export { type PensionFundOptions, pensionFundAdapter } from './pension-fund-adapter.js';
