import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/**
 * The listening end of one data connection. Only the address of the control connection is let in: whoever else finds the port is
 * cut off and the right one may still come (RFC 2577 §3). One connection, and the port is closed.
 */
export class DataConnection {
  readonly port: number;
  readonly #server: Server;
  readonly #came: Promise<Socket | undefined>;
  #give: (socket: Socket | undefined) => void = () => undefined;
  #socket: Socket | undefined;

  constructor(server: Server, peer: string) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    this.#came = new Promise((resolve) => {
      this.#give = resolve;
    });
    server.on('connection', (socket) => {
      socket.on('error', () => undefined);
      if (this.#socket !== undefined || plain(socket.remoteAddress) !== plain(peer)) {
        socket.destroy();
        return;
      }
      this.#socket = socket;
      server.close();
      this.#give(socket);
    });
  }

  /** The client's connection; undefined when it does not come in time. */
  async socket(patience: number): Promise<Socket | undefined> {
    const timer = setTimeout(() => this.#give(undefined), patience);
    const socket = await this.#came;
    clearTimeout(timer);
    return socket;
  }

  close(): void {
    this.#server.close();
    this.#give(undefined);
    this.#socket?.destroy();
  }
}

/** Undefined when no port of the range is free. */
export async function listenForData(
  host: string,
  peer: string,
  range?: readonly [number, number],
): Promise<DataConnection | undefined> {
  const [first, last] = range ?? [0, 0];
  const many = last - first + 1;
  const start = Math.floor(Math.random() * many);
  for (let i = 0; i < many; i++) {
    const server = createServer({ pauseOnConnect: true });
    const port = first + ((start + i) % many);
    const listens = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, host, 8, () => resolve(true));
    });
    if (!listens) continue;
    server.on('error', () => undefined);
    return new DataConnection(server, peer);
  }
  return undefined;
}

/** An IPv4 address inside an IPv6 socket is the same peer. */
function plain(address = ''): string {
  return address.replace(/^::ffff:/, '');
}
