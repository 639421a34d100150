/**
 * What the gateway asks of technology and partners, as promises; drivers and adapters keep them.
 * May import: message, faults. One small file a port; its comment states what types cannot say.
 */
export * from './clock.js';
export * from './crypto-provider.js';
export * from './dispatcher.js';
export * from './file-store.js';
export * from './key-vault.js';
export * from './log.js';
export * from './migrations.js';
export * from './pack-bytes.js';
export * from './partner-adapter.js';
export * from './release-octets.js';
export * from './second-opinion.js';
export * from './sequencer.js';
export * from './store.js';
export * from './store-rows.js';
export * from './workers.js';
