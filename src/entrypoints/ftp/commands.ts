import type { Socket } from 'node:net';
import { fileOpenedBy, isUploader } from '../../pipeline/index.js';
import { type FileRefused, isFileRefused, releaseOctets, type StoredFile } from '../../ports/index.js';
import type { Session } from './session.js';
import { isUuid, textOf, type Way, wayTo } from './way.js';

interface Command {
  /** Before signing in. */
  readonly open?: true;
  /** `restart`: the REST just before, bytes. */
  answer(session: Session, argument: string, restart: number): Promise<void>;
}

const NO_FILE = 'Файла нет / No such file';
const NO_RIGHT = 'Не разрешено / Not permitted';
const MOST_FAILURES = 3;
/** What REST is for, and what ends it (RFC 3659 §5.3); clients put EPSV and TYPE between. */
const TRANSFERS = new Set(['STOR', 'APPE', 'RETR', 'LIST', 'NLST']);

const done: Command['answer'] = async (session) => session.reply(200, 'OK');
const refused: Command['answer'] = async (session) => session.reply(502, 'Только пассивный режим / Passive mode only');

/** Everything served. PORT and EPRT are not: a server that connects where it is told to is a tool against others (RFC 2577 §2). */
const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['USER', { open: true, answer: takeUser }],
  ['PASS', { open: true, answer: takePassword }],
  ['QUIT', { open: true, answer: async (session) => session.end('221 До свидания / Bye') }],
  ['NOOP', { open: true, answer: done }],
  ['SYST', { open: true, answer: async (session) => session.reply(215, 'UNIX Type: L8') }],
  [
    'FEAT',
    { open: true, answer: async (session) => session.reply(211, 'Features', ['UTF8', 'SIZE', 'REST STREAM', 'EPSV']) },
  ],
  ['OPTS', { open: true, answer: done }],
  [
    'TYPE',
    { answer: async (session, type) => (/^[IA]/i.test(type) ? done(session, type, 0) : session.reply(504, 'TYPE I')) },
  ],
  [
    'MODE',
    { answer: async (session, mode) => (/^S$/i.test(mode) ? done(session, mode, 0) : session.reply(504, 'MODE S')) },
  ],
  [
    'STRU',
    { answer: async (session, form) => (/^F$/i.test(form) ? done(session, form, 0) : session.reply(504, 'STRU F')) },
  ],
  ['ALLO', { answer: done }],
  ['PWD', { answer: async (session) => session.reply(257, `"${textOf(session.cwd)}"`) }],
  ['XPWD', { answer: async (session) => session.reply(257, `"${textOf(session.cwd)}"`) }],
  ['CWD', { answer: changeFolder }],
  ['CDUP', { answer: async (session) => goTo(session, { steps: [] }) }],
  ['MKD', { answer: makeFolder }],
  ['XMKD', { answer: makeFolder }],
  ['PASV', { answer: beReachedByFour }],
  ['EPSV', { answer: beReached }],
  ['PORT', { answer: refused }],
  ['EPRT', { answer: refused }],
  ['REST', { answer: takeRestart }],
  ['STOR', { answer: async (session, path, restart) => store(session, path, restart) }],
  ['APPE', { answer: async (session, path) => store(session, path, 'end') }],
  ['RETR', { answer: retrieve }],
  ['SIZE', { answer: tellSize }],
  ['LIST', { answer: async (session, path) => list(session, path, true) }],
  ['NLST', { answer: async (session, path) => list(session, path, false) }],
  ['ABOR', { answer: async (session) => session.reply(226, 'Прервано / Aborted') }],
]);

/** Answers one line; of what is not signed in only what signs in is heard. */
export async function answerLine(session: Session, line: string): Promise<void> {
  const [, given = '', argument = ''] = /^([A-Za-z]{3,4})(?: (.*))?$/s.exec(line) ?? [];
  const verb = given.toUpperCase();
  const command = COMMANDS.get(verb);
  if (line.includes('\ufffd')) return session.reply(501, 'Имена — в UTF-8 / Names are in UTF-8');
  if (command === undefined) return session.reply(502, 'Такой команды нет / No such command');
  if (command.open !== true && session.login === undefined)
    return session.reply(530, 'Сначала USER и PASS / USER and PASS first');
  const { restart } = session;
  if (TRANSFERS.has(verb)) session.restart = 0;
  await command.answer(session, argument, restart);
}

async function takeUser(session: Session, name: string): Promise<void> {
  session.login = undefined;
  session.userName = name;
  session.reply(331, 'PASS');
}

async function takePassword(session: Session, password: string): Promise<void> {
  const { vault, clock } = session.parts;
  const access = { userName: session.userName ?? '', password };
  const uuid = isUploader(access) ? undefined : fileOpenedBy(access, clock.now(), vault);
  if (uuid === undefined && !isUploader(access)) {
    session.failures++;
    if (session.failures >= MOST_FAILURES) return session.end('421 Вход не выполнен / Not signed in');
    return session.reply(
      530,
      'Имя или пароль неверны, или их срок вышел / Wrong user or password, or their term is over',
    );
  }
  session.login = uuid === undefined ? { uploads: true } : { reads: uuid };
  session.cwd = { steps: [] };
  session.reply(230, 'OK');
}

async function changeFolder(session: Session, path: string): Promise<void> {
  const way = path === '..' ? { steps: [] } : wayTo(session.cwd, path);
  return goTo(session, way);
}

/** Every uuid is a folder: whether something lies in it is told to nobody. */
async function goTo(session: Session, way: Way | undefined): Promise<void> {
  const login = session.login!;
  const folder = way?.steps[0]?.toLowerCase();
  const exists = way !== undefined && way.steps.length <= 1 && (folder === undefined || isUuid(folder));
  if (!exists || (folder !== undefined && 'reads' in login && login.reads !== folder))
    return session.reply(
      550,
      'Каталога нет; каталог называется UUID вложения / No such folder; a folder is the UUID of an attachment',
    );
  session.cwd = way;
  session.reply(250, textOf(way));
}

async function makeFolder(session: Session, path: string): Promise<void> {
  const way = wayTo(session.cwd, path);
  if (!('uploads' in session.login!)) return session.reply(550, NO_RIGHT);
  if (way?.steps.length !== 1 || !isUuid(way.steps[0]))
    return session.reply(553, 'Каталог называется UUID вложения / A folder is the UUID of an attachment');
  session.reply(257, `"${textOf(way)}"`);
}

async function beReachedByFour(session: Session): Promise<void> {
  const { localAddress } = session;
  if (!/^[\d.]+$/.test(localAddress)) return session.reply(425, 'EPSV');
  const data = await session.listen();
  if (data === undefined) return session.reply(421, 'Нет свободного порта / No free port');
  session.reply(227, `(${localAddress.replaceAll('.', ',')},${data.port >> 8},${data.port & 255})`);
}

async function beReached(session: Session, argument: string): Promise<void> {
  if (argument.toUpperCase() === 'ALL') return done(session, argument, 0);
  const data = await session.listen();
  if (data === undefined) return session.reply(421, 'Нет свободного порта / No free port');
  session.reply(229, `(|||${data.port}|)`);
}

async function takeRestart(session: Session, argument: string): Promise<void> {
  if (!/^\d{1,15}$/.test(argument)) return session.reply(501, 'REST 0…');
  session.restart = Number(argument);
  session.reply(350, argument);
}

async function store(session: Session, path: string, from: number | 'end'): Promise<void> {
  const [uuid, name, ...deeper] = wayTo(session.cwd, path)?.steps ?? [];
  if (!('uploads' in session.login!)) return session.reply(550, NO_RIGHT);
  if (!isUuid(uuid) || name === undefined || deeper.length > 0)
    return session.reply(553, 'Путь: UUID вложения/имя файла / The way is UUID of the attachment/name of the file');
  if (!session.hasData) return session.reply(425, 'Сначала EPSV или PASV / EPSV or PASV first');
  const upload = await session.parts.files.upload({ uuid, name }, from);
  if (isFileRefused(upload)) {
    session.closeData();
    return session.refuse(upload);
  }
  try {
    await session.transfer((socket) =>
      receive(
        socket,
        (octets) => upload.write(octets),
        () => upload.end(),
      ),
    );
  } finally {
    await upload.end();
  }
}

/** Ends durable before it is answered, however it ended. */
async function receive(
  socket: Socket,
  write: (octets: Buffer) => Promise<FileRefused | undefined>,
  end: () => Promise<StoredFile | FileRefused>,
): Promise<FileRefused | boolean> {
  let stopped: FileRefused | undefined;
  let whole = false;
  try {
    for await (const octets of socket) {
      stopped = await write(octets as Buffer);
      releaseOctets(octets as Buffer);
      if (stopped !== undefined) break;
    }
    whole = true;
  } catch {
    // The connection broke off.
  }
  const ended = await end();
  if (stopped !== undefined) return stopped;
  return isFileRefused(ended) ? ended : whole;
}

/** A reader's one file, by its name or by what FSAttachment calls it where the sender gave no name: `<uuid>…`. */
async function readable(session: Session, path: string): Promise<StoredFile | undefined> {
  const login = session.login!;
  const way = wayTo(session.cwd, path);
  const name = way?.steps.at(-1)?.normalize('NFC');
  if (way === undefined || name === undefined) return undefined;
  const [folder] = way.steps;
  const uuid = 'reads' in login ? login.reads : folder;
  if (!isUuid(uuid) || (way.steps.length === 2 && folder?.toLowerCase() !== uuid.toLowerCase())) return undefined;
  const file = await session.parts.files.find(uuid);
  if (file === undefined) return undefined;
  if ('reads' in login)
    return file.claim !== undefined && (name === file.name || name.toLowerCase().startsWith(uuid)) ? file : undefined;
  return way.steps.length === 2 && name === file.name ? file : undefined;
}

async function retrieve(session: Session, path: string, restart: number): Promise<void> {
  if (!('reads' in session.login!)) return session.reply(550, NO_RIGHT);
  const file = await readable(session, path);
  if (file === undefined) return session.reply(550, NO_FILE);
  if (restart > file.size) return session.reply(554, `REST ≤ ${file.size}`);
  await session.transfer((socket) => send(socket, session.parts.files.read(file.uuid, restart)));
}

async function send(socket: Socket, pieces: AsyncIterable<Uint8Array>): Promise<boolean> {
  socket.resume();
  for await (const piece of pieces) {
    if (socket.destroyed) return false;
    await new Promise<void>((resolve) => {
      const go = () => {
        socket.off('close', go);
        resolve();
      };
      socket.once('close', go);
      socket.write(piece, go);
    });
    releaseOctets(piece);
  }
  if (socket.destroyed) return false;
  await new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
    socket.end(() => resolve());
  });
  return true;
}

async function tellSize(session: Session, path: string): Promise<void> {
  const file = await readable(session, path);
  if (file === undefined) session.reply(550, NO_FILE);
  else session.reply(213, String(file.size));
}

/** The root is empty to uploaders; in a folder they know, and to readers, the one file. */
async function list(session: Session, given: string, long: boolean): Promise<void> {
  const login = session.login!;
  const way = wayTo(session.cwd, given.replace(/^-\w+ ?/, ''));
  const uuid = 'reads' in login ? login.reads : way?.steps[0];
  const file = isUuid(uuid) ? await session.parts.files.find(uuid) : undefined;
  const when = new Date(file?.changedAt ?? 0).toDateString().slice(4);
  const line = file && (long ? `-rw------- 1 smev smev ${file.size} ${when} ${file.name}` : file.name);
  const pieces = line === undefined ? [] : [Buffer.from(`${line}\r\n`)];
  await session.transfer((socket) =>
    send(
      socket,
      (async function* () {
        yield* pieces;
      })(),
    ),
  );
}
