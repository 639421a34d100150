import { hash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { type Checkpoint, verifyNote } from './checkpoint.js';

/**
 * The roll-back guard: the newest checkpoint in a file of its own, outside the database. It is written after the
 * commit and before the checkpoint is shown to anybody, and before the first commit for the empty journal, so at any
 * moment, and after a crash at any point: what was shown ≤ guard ≤ store. A store behind its guard was put back.
 * Both put back together is seen only by witnesses and by those who hold receipts.
 *
 * The file is two slots of fixed size, written in turn and synced at once: the other slot is whole whatever happens to
 * the one being written. A slot is a line with the SHA-256 of the note, the note, and line feeds up to its size. One
 * sync of a file that never grows costs a third of replacing it by rename.
 */
const SLOT_SIZE = 2048;

/** The newest whole note, or undefined when there is no file. A file without a whole note gives '': it verifies as nothing. */
export function readGuard(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  const [first, second] = [readSlot(bytes, 0), readSlot(bytes, 1)];
  if (first === undefined || second === undefined) return first ?? second ?? '';
  return sizeIn(second) > sizeIn(first) ? second : first;
}

/** The guard as its one writer holds it. */
export interface GuardWriter {
  /** When it returns, the note survives power loss. A crash inside leaves the one before. */
  write(note: string): void;
  close(): void;
}

/** Opens the guard, making it when missing. One writer a file: the data folder's lock sees to that. */
export function openGuard(path: string): GuardWriter {
  if (!existsSync(path)) createGuard(path);
  const bytes = readFileSync(path);
  const [first, second] = [readSlot(bytes, 0), readSlot(bytes, 1)];
  const newest = first === undefined ? 1 : second === undefined || sizeIn(first) >= sizeIn(second) ? 0 : 1;
  const file = openSync(path, 'r+');
  let next = 1 - newest;
  return {
    write: (note) => {
      writeSync(file, slotOf(note), 0, SLOT_SIZE, next * SLOT_SIZE);
      fdatasyncSync(file);
      next = 1 - next;
    },
    close: () => closeSync(file),
  };
}

function slotOf(note: string): Buffer {
  const slot = Buffer.alloc(SLOT_SIZE, '\n');
  if (slot.length <= slot.write(`${hash('sha256', note)}\n${note}`))
    throw new RangeError('a checkpoint longer than a guard slot');
  return slot;
}

function readSlot(file: Buffer, index: number): string | undefined {
  const slot = file.subarray(index * SLOT_SIZE, (index + 1) * SLOT_SIZE).toString();
  const [digest = '', ...rest] = slot.split('\n');
  const note = `${rest.join('\n').trimEnd()}\n`;
  return hash('sha256', note) === digest ? note : undefined;
}

/** Second line of a checkpoint (C2SP tlog-checkpoint): the tree's size. */
function sizeIn(note: string): number {
  return Number(note.split('\n')[1]);
}

/** Empty slots, durable with their name before the file is used. */
function createGuard(path: string): void {
  const fresh = `${path}.new`;
  writeFileSync(fresh, Buffer.alloc(2 * SLOT_SIZE, '\n'), { mode: 0o600, flush: true });
  renameSync(fresh, path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** Why the gateway must not start, in both languages, with what to do. */
export interface StartRefusal {
  readonly ru: string;
  readonly en: string;
}

/**
 * May the gateway go on writing this journal? `consistencyCheck` says whether the store's tree, at the guard's size, has
 * the guard's root; it is asked only when the store is not behind. `vkey` is the journal's own verifier key.
 */
export async function judgeStart(
  guardNote: string | undefined,
  storeSize: number,
  consistencyCheck: (guard: Checkpoint) => boolean | Promise<boolean>,
  vkey: string,
): Promise<'ok' | StartRefusal> {
  // A crash before the first record leaves slots without a note beside an empty store.
  if (storeSize === 0 && (guardNote === undefined || guardNote === '')) return 'ok';
  if (guardNote === undefined) return missing(storeSize);
  const guard = verifyNote(guardNote, [vkey]);
  if ('wrong' in guard) return unreadable(guard.wrong);
  if (storeSize < guard.size) return behind(guard.size, storeSize);
  return (await consistencyCheck(guard)) ? 'ok' : forked(guard.size);
}

function behind(guard: number, store: number): StartRefusal {
  return {
    ru: `Журнал отстаёт от checkpoint.last: в хранилище ${store} записей, выдана контрольная точка на ${guard}. Хранилище откатили (старая резервная копия или снимок). ${RESTORE.ru}`,
    en: `The journal is behind checkpoint.last: the store holds ${store} records, a checkpoint of ${guard} was handed out. The store was rolled back (an old back-up or snapshot). ${RESTORE.en}`,
  };
}

function forked(size: number): StartRefusal {
  return {
    ru: `Журнал расходится с checkpoint.last: на размере ${size} корень дерева другой. Записи переписаны или хранилище чужое. ${RESTORE.ru}`,
    en: `The journal contradicts checkpoint.last: at size ${size} the tree has another root. Records were rewritten, or this is another journal's store. ${RESTORE.en}`,
  };
}

function unreadable(wrong: string): StartRefusal {
  return {
    ru: `Файл checkpoint.last не подтверждён ключом журнала (${wrong}). Файл испорчен, либо ключи и данные от разных установок. ${RESTORE.ru}`,
    en: `checkpoint.last is not confirmed by the journal's key (${wrong}). The file is damaged, or keys and data belong to different installations. ${RESTORE.en}`,
  };
}

function missing(store: number): StartRefusal {
  return {
    ru: `Нет файла checkpoint.last, а в хранилище ${store} записей: нечем проверить, что журнал не откатили. ${RESTORE.ru}`,
    en: `checkpoint.last is missing while the store holds ${store} records: nothing shows that the journal was not rolled back. ${RESTORE.en}`,
  };
}

const RESTORE: StartRefusal = {
  ru: [
    'Порядок восстановления: 1) ничего не удаляйте, сохраните копию данных и checkpoint.last;',
    '2) верните самое новое хранилище (или его реплику) вместе с его checkpoint.last и ключами и запустите снова;',
    '3) если более нового хранилища нет, проверьте имеющееся командой «gateway journal verify», сверьте его с контрольными точками свидетелей и расписками участников',
    'и выполните «gateway restore»: потеря записей будет названа, новый журнал начнётся под новым именем (GATEWAY_JOURNAL_ORIGIN).',
  ].join(' '),
  en: [
    'To restore: 1) delete nothing, keep a copy of the data and of checkpoint.last;',
    '2) put back the newest store (or its replica) together with its checkpoint.last and keys, and start again;',
    "3) if there is no newer store, check this one with 'gateway journal verify', compare it with witnesses' checkpoints and participants' receipts,",
    "and run 'gateway restore': it names the records lost, and a new journal begins under a new name (GATEWAY_JOURNAL_ORIGIN).",
  ].join(' '),
};
