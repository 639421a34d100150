/**
 * What adapters share: validated XML to objects and back, and calls of a partner's HTTP interface, judged by what may have happened there.
 * May import: ports, message.
 * Start at partner-client.ts; adapters/pension-fund uses all of it.
 */
export { asked, delivered } from './partner-answer.js';
export { type Call, type PartnerClient, type PartnerClientOptions, partnerClient } from './partner-client.js';
export { child, dayIn, every, flagIn, type Node, readXml, rootOf, textIn, textsIn, tokenIn } from './read-xml.js';
export { leaf, type Written, writeXml } from './write-xml.js';
