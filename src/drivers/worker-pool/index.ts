/**
 * Driver of Workers on node:worker_threads: bounded queue, deadlines, replacement of threads that overrun or die.
 * May import: ports. Start at createWorkerPool; the thread's side is serveJobs.
 */
export { createWorkerPool, type PoolOptions } from './pool.js';
export { serveJobs } from './serve-jobs.js';
