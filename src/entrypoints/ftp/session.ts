import type { Socket } from 'node:net';
import type { FileRefused } from '../../ports/index.js';
import { type DataConnection, listenForData } from './data-connection.js';
import type { FtpParts } from './parts.js';
import type { Way } from './way.js';

const LONGEST_LINE = 1_024;
const MOST_WAITING = 32;
const TOO_LONG = '500 Слишком длинно / Too long';

/** Who is signed in: anybody who may upload, or the reader of one file. */
export type Login = { readonly uploads: true } | { readonly reads: string };

/** Answers one line of a client: the table of commands. */
export type AnswerLine = (session: Session, line: string) => Promise<void>;

/** One control connection. Commands are answered one after another; only ABOR is heard during a transfer. */
export class Session {
  readonly parts: FtpParts;
  userName: string | undefined;
  login: Login | undefined;
  cwd: Way = { steps: [] };
  /** Of REST, for the next transfer. */
  restart = 0;
  failures = 0;
  readonly #socket: Socket;
  readonly #patience: number;
  readonly #answerLine: AnswerLine;
  readonly #lines: string[] = [];
  #rest: Buffer = Buffer.alloc(0);
  #running = false;
  #data: DataConnection | undefined;
  #aborted = false;

  constructor(socket: Socket, parts: FtpParts, answerLine: AnswerLine) {
    this.#socket = socket;
    this.parts = parts;
    this.#answerLine = answerLine;
    this.#patience = parts.patience ?? 60_000;
    socket.setNoDelay(true);
    socket.setTimeout(this.#patience);
    socket.on('timeout', () => this.end('421 Время ожидания вышло / Timed out'));
    socket.on('error', () => undefined);
    socket.on('close', () => this.closeData());
    socket.on('data', (bytes: Buffer) => this.#take(bytes));
    this.reply(220, 'smev-gateway');
  }

  reply(code: number, text: string, lines: readonly string[] = []): void {
    if (this.#socket.destroyed) return;
    const more = lines.map((line) => ` ${line}\r\n`).join('');
    const word = lines.length === 0 ? `${code} ${text}\r\n` : `${code}-${text}\r\n${more}${code} End\r\n`;
    this.#socket.write(word);
    // A client that sends and never reads holds no more than this.
    if (this.#socket.writableLength > 1_048_576) this.#socket.destroy();
  }

  refuse(refused: FileRefused): void {
    const codes = { absent: 550, busy: 450, claimed: 550, foreign: 550, changed: 450, gap: 554, name: 553 } as const;
    const room = { 'too-large': 552, full: 452 } as const;
    this.reply({ ...codes, ...room }[refused.refused], `${refused.ru} / ${refused.en}`);
  }

  end(word?: string): void {
    this.closeData();
    if (word !== undefined && !this.#socket.destroyed) this.#socket.end(`${word}\r\n`);
    this.#socket.destroySoon();
  }

  /** The address the client reached, for PASV. */
  get localAddress(): string {
    return (this.#socket.localAddress ?? '').replace(/^::ffff:/, '');
  }

  async listen(): Promise<DataConnection | undefined> {
    this.closeData();
    const { host, passive } = this.parts;
    this.#data = await listenForData(host, this.#socket.remoteAddress ?? '', passive);
    if (this.#socket.destroyed) this.closeData();
    return this.#data;
  }

  closeData(): void {
    this.#data?.close();
    this.#data = undefined;
  }

  get hasData(): boolean {
    return this.#data !== undefined;
  }

  /**
   * Runs one transfer over the data connection made ready before, and answers it. `carry` resolves to a refusal, or to true when the
   * transfer is whole; false is a connection that broke off.
   */
  async transfer(carry: (socket: Socket) => Promise<FileRefused | boolean>): Promise<void> {
    const data = this.#data;
    if (data === undefined) return this.reply(425, 'Сначала EPSV или PASV / EPSV or PASV first');
    this.#aborted = false;
    this.reply(150, 'Передавайте / Go on');
    this.#socket.setTimeout(0);
    const socket = await data.socket(Math.min(this.#patience, 30_000));
    if (socket === undefined) this.reply(425, 'Соединения данных нет / No data connection');
    else {
      socket.setTimeout(this.#patience, () => socket.destroy());
      const done = await carry(socket);
      if (typeof done === 'object') this.refuse(done);
      else if (done && !this.#aborted) this.reply(226, 'Передано / Done');
      else this.reply(426, 'Прервано; что пришло, сохранено / Broken off; what came is kept');
    }
    if (this.#data === data) this.closeData();
    this.#socket.setTimeout(this.#patience);
  }

  #take(bytes: Buffer): void {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    for (;;) {
      const end = this.#rest.indexOf(10);
      if (end < 0) break;
      const line = this.#rest.subarray(0, end);
      this.#rest = this.#rest.subarray(end + 1);
      if (line.length > LONGEST_LINE || this.#lines.length >= MOST_WAITING) {
        this.end(TOO_LONG);
        return;
      }
      this.#lines.push(decode(line));
      if (/^ABOR\b/i.test(this.#lines.at(-1)!) && this.#running) this.#abort();
    }
    if (this.#rest.length > LONGEST_LINE) this.end(TOO_LONG);
    else if (!this.#running) void this.#run();
  }

  #abort(): void {
    this.#aborted = true;
    this.closeData();
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let line = this.#lines.shift(); line !== undefined; line = this.#lines.shift()) {
      try {
        await this.#answerLine(this, line);
      } catch (error) {
        this.parts.log.error(
          { error: error instanceof Error ? error.message : String(error) },
          'an FTP command failed',
        );
        this.reply(451, 'Ошибка шлюза / The gateway failed');
      }
      if (this.#socket.destroyed) return;
    }
    this.#running = false;
  }
}

/** Telnet commands (RFC 959 §4.1.3 sends them before ABOR) are left out. */
function decode(line: Buffer): string {
  const end = line.at(-1) === 13 ? line.length - 1 : line.length;
  const bytes = line.subarray(0, end);
  const marks = bytes.includes(255) ? bytes.filter((b) => b < 0xf0) : bytes;
  return Buffer.from(marks).toString('utf8');
}
