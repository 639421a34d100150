/** Bytes that are not what they should be. `why` is English, for the operator: it may quote the library. */
export interface Unreadable {
  readonly unreadable: string;
}

export function isUnreadable(value: object): value is Unreadable {
  return 'unreadable' in value;
}

/**
 * Runs a reader of untrusted bytes. The ASN.1 library and the readers here throw on malformed input: that is the input's
 * fault, so it becomes a value at this one place.
 */
export function attempt<T>(read: () => T): T | Unreadable {
  try {
    return read();
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message.slice(0, 200) : 'malformed' };
  }
}
