/**
 * Driver of KeyVault on files: a 0700 folder of 0600 files, each created whole or not at all.
 * May import: ports, message, faults. Start at file-key-vault.ts; epoch-table.ts is how threads share keys that can vanish.
 */
export * from './file-key-vault.js';
