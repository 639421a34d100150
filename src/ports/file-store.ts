/**
 * Files beside the messages (the standard's «файловое хранилище»): one file under each attachment uuid. It is written by whoever knows
 * the uuid, piece by piece, until a message that passed its checks claims it; from then on it never changes and only readers
 * with access to it get it. Octets are kept sealed; names never reach the disk in clear.
 * Expected failures are values. What came before an interruption stays: the next upload goes on at `size`, after a restart too.
 */
export interface FileStore {
  /** Begins to write at byte `from`: 0 begins anew, 'end' and `size` go on. One upload of a uuid at a time. */
  upload(place: FilePlace, from: number | 'end'): Promise<FileUpload | FileRefused>;
  /** What is there; undefined where nothing is, or its key was destroyed. */
  find(uuid: string): Promise<StoredFile | undefined>;
  /** Octets [from, until) in pieces, none held longer than its turn; throws while read where they are damaged. */
  read(uuid: string, from?: number, until?: number): AsyncIterable<Uint8Array>;
  /** Makes the file a message's: it must still be `size` long, and nobody may be writing. Idempotent for the same owner; durable when it resolves. */
  claim(uuid: string, claim: FileClaim): Promise<FileRefused | undefined>;
  /** Nothing waits for the file any more since `at`: removed when its term is over. Idempotent, the first time counts. */
  settle(uuid: string, at: number): Promise<void>;
  /** Everything that is there, in no order. */
  list(): AsyncIterable<StoredFile>;
  /** Idempotent. */
  remove(uuid: string): Promise<void>;
  /** Ends uploads; what came stays. */
  close(): Promise<void>;
}

export interface FilePlace {
  /** Lower or upper case. */
  readonly uuid: string;
  /** As the sender calls the file: no path. */
  readonly name: string;
}

export interface FileClaim {
  /** Mnemonic of the sender whose message it is. */
  readonly owner: string;
  readonly messageId: string;
  readonly size: number;
  /** ms since 1970. */
  readonly at: number;
}

export interface StoredFile extends FilePlace {
  /** Bytes that may be read. While it is being written: those that are safe on disk. */
  readonly size: number;
  /** Being written right now. */
  readonly writing: boolean;
  /** When it was written last, ms since 1970. */
  readonly changedAt: number;
  readonly claim?: FileClaim;
  /** See `settle`. */
  readonly settledAt?: number;
}

export interface FileUpload {
  /** Where it begins: bytes before are kept. */
  readonly from: number;
  /** Waits for the disk: whoever writes waits too. After a refusal nothing more is taken. */
  write(octets: Uint8Array): Promise<FileRefused | undefined>;
  /** Makes what came durable; call it however the upload ended. */
  end(): Promise<StoredFile | FileRefused>;
}

/**
 * absent: no such file · busy: somebody writes it now, or too many upload at once · claimed: a message has it, it does not change any more ·
 * foreign: another participant's message has it · changed: not as long as said · gap: `from` is beyond the end · name: the name is
 * no name of a file, or not that of the file that is there · too-large: beyond the bound of one file · full: no room
 */
export interface FileRefused {
  readonly refused: 'absent' | 'busy' | 'claimed' | 'foreign' | 'changed' | 'gap' | 'name' | 'too-large' | 'full';
  /** For the one who uploads; Russian and English. */
  readonly ru: string;
  readonly en: string;
}

export function isFileRefused(answer: object | undefined): answer is FileRefused {
  return answer !== undefined && 'refused' in answer;
}
