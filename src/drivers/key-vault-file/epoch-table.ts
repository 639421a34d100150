/** Epoch keys alive at once: one is current, the others wait for their bodies to be rewrapped. */
const SLOTS = 256;
const KEY_BYTES = 32;

/**
 * Epoch keys in memory that every thread shares, so that destroying one destroys it everywhere at once and
 * beginning one is seen everywhere at once. Only the thread that owns the vault writes.
 */
export interface EpochTable {
  /** 0 = none yet. */
  current(): number;
  /** A copy for immediate use, or undefined when there is no such key. */
  get(id: number): Buffer | undefined;
  put(id: number, key: Uint8Array): void;
  setCurrent(id: number): void;
  erase(id: number): void;
  readonly memory: SharedArrayBuffer;
}

export function epochTable(memory = new SharedArrayBuffer((1 + SLOTS) * 4 + SLOTS * KEY_BYTES)): EpochTable {
  // ids[0] is the current epoch, ids[1 + slot] the epoch in a slot, 0 = free.
  const ids = new Int32Array(memory, 0, 1 + SLOTS);
  const keys = new Uint8Array(memory, ids.byteLength);
  const slotOf = (id: number): number => ids.indexOf(id, 1) - 1;
  const place = (slot: number): Uint8Array => keys.subarray(slot * KEY_BYTES, (slot + 1) * KEY_BYTES);
  return {
    memory,
    current: () => Atomics.load(ids, 0),
    get: (id) => {
      const slot = id > 0 ? slotOf(id) : -1;
      if (slot < 0) return undefined;
      const key = Buffer.from(Uint8Array.from(place(slot)).buffer);
      // Erased while it was copied: what was read may be torn, and must not be used.
      return Atomics.load(ids, slot + 1) === id ? key : undefined;
    },
    put: (id, key) => {
      const slot = slotOf(0);
      if (slot < 0) throw new Error(`more than ${SLOTS} epoch keys: destroy those whose bodies are rewrapped`);
      place(slot).set(key);
      Atomics.store(ids, slot + 1, id);
    },
    setCurrent: (id) => {
      Atomics.store(ids, 0, id);
    },
    erase: (id) => {
      const slot = slotOf(id);
      if (slot < 0) return;
      Atomics.store(ids, slot + 1, 0);
      place(slot).fill(0);
    },
  };
}
