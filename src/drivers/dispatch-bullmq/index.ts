/**
 * Driver of Dispatcher on BullMQ and Redis: a queue for each partner, shared by any number of processes.
 * May import: ports, message, faults. Start at bullmq-dispatcher.ts.
 */
export * from './bullmq-dispatcher.js';
