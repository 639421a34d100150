/** Who sends what to whom: one road to a partner that is called, one to a participant that polls and answers. */
export const OWN_FORMAT = '{urn://egisso-ru/msg/10.10.I/1.0.3}request';
export const PULLED_FORMAT = '{urn://egisso-ru/msg/10.13.I/2.0.0}requestPackage';
/** Sends packages of facts, which the partner loads. */
export const SUPPLIER = 'REG001';
/** Asks the fund. */
export const CONSUMER = 'FED001';
/** Polls, answers, acknowledges. */
export const FUND = 'PFR';
