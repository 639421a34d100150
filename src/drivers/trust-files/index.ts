/**
 * The trust folder on disk: roots, intermediates, revocation lists and OCSP answers an operator or a script puts there.
 * May import: nothing of the gateway. Start at readTrustFolder.
 */
export * from './read-trust-folder.js';
