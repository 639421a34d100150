/**
 * Driver of Dispatcher inside the process: timers, and a queue for each partner.
 * May import: ports, message, faults. Start at embedded-dispatcher.ts.
 */
export * from './embedded-dispatcher.js';
