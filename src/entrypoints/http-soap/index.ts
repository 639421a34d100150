/**
 * POST /smev/v1.x/ws on bare node:http (Express costs eight times as much a request), and the contract at ?wsdl, ?xsd=NAME.
 * May import: pipeline and the rooms below it. Start at createSoapHandler.
 */

export { type Contract, loadContract } from './contract.js';
export { createSoapHandler, type SoapParts } from './handler.js';
