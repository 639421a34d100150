/**
 * What moves a delivery: the state machine, retries, the gate in front of each partner.
 * May import: xml, ports, faults, message. Start at machine.ts; the states themselves stand in message/states.
 */
export * from './deadline.js';
export * from './machine.js';
export * from './maintenance.js';
export * from './partner-gate.js';
export * from './production-calendar.js';
export * from './replay/index.js';
export * from './retry.js';
