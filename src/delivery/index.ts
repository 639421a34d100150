/**
 * States of a delivery and what moves it: retry policy; failure groups and replay plans come with their issue.
 * May import: xml, ports, faults, message. Start at retry.ts; the states themselves stand in message/states.
 */
export * from './retry.js';
