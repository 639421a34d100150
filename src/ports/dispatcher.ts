/**
 * Wakes the delivery engine for push deliveries: a signal, never the truth. A lost signal is made good by
 * `reconcile`, a doubled one is harmless: the handler re-reads the delivery and may find nothing left to do.
 */
export interface Dispatcher {
  /** Ask for `handle(deliveryId)` at or after `at` (ms since 1970). Idempotent by id: a later call moves the time. */
  schedule(deliveryId: number, partner: string, at: number): Promise<void>;
  /** Begin calling `handle`, at most `concurrency` at once for each partner, each time after `gate` let it pass. */
  start(handle: Handle, gate?: Gate): Promise<void>;
  /** Stop taking new work and wait for what runs. */
  close(): Promise<void>;
}

export type Handle = (deliveryId: number, partner: string) => Promise<void>;

/**
 * Asked once before each call: undefined lets one call of `handle` pass, which counts; else when to ask again (ms since 1970).
 * Those of the partner keep their places meanwhile.
 */
export type Gate = (partner: string) => number | undefined;
