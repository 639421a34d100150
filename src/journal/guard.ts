import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Checkpoint, verifyNote } from './checkpoint.js';

/**
 * The roll-back guard: the newest checkpoint in a file of its own, outside the database. It is written after the
 * commit and before the checkpoint is shown to anybody, and before the first commit for the empty journal, so at any
 * moment, and after a crash at any point: what was shown ≤ guard ≤ store. A store behind its guard was put back.
 * Both put back together is seen only by witnesses and by those who hold receipts.
 */

/** The guard's note, or undefined when there is no file. */
export function readGuard(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw problem;
  }
}

/** Replaces the guard; when it returns, the new one survives power loss. A crash inside leaves the old one (and perhaps a stray .tmp). */
export function writeGuard(path: string, note: string): void {
  const temporary = `${path}.tmp`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeFileSync(file, note);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
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
  if (guardNote === undefined) return storeSize === 0 ? 'ok' : missing(storeSize);
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
