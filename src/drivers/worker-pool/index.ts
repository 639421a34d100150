/**
 * Driver of Workers on node:worker_threads: bounded queue, deadlines, replacement of threads that overrun or die.
 * May import: ports. Start at createWorkerPool; the thread's side is serveJobs and askMain.
 */
export { createWorkerPool, type PoolOptions, type WorkerPool } from './pool.js';
export { askMain, serveJobs } from './serve-jobs.js';
