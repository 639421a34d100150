/**
 * The environment as one frozen object; the only room that reads process.env, and only when asked.
 * May import: nothing of the gateway. Start at OPTIONS (options.ts), then readConfig.
 */
export * from './documentation.js';
export * from './environment.js';
export * from './project-root.js';
export * from './read-config.js';
