import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** What becomes of the next COMMIT of a session that commits. */
export type Cut =
  /** It never reaches the server: failed and not written. */
  | 'before'
  /** The server does it, its answer never comes back: failed but written. */
  | 'after'
  /** It lies in the network: arrives only after the client has come back on another connection. */
  | 'late';

const COMMIT = Buffer.from('COMMIT\0');

/** A road to the server that can be cut at COMMIT, or everywhere. */
export class CuttingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #cut: Cut | undefined;
  #open = true;

  private constructor(port: number) {
    this.#server = createServer((client) => this.#carry(client, port));
  }

  static async to(port: number): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(port);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  /** The server's address by this road. */
  urlOf(url: string): string {
    const through = new URL(url);
    through.port = String((this.#server.address() as AddressInfo).port);
    return through.href;
  }

  cutNext(cut: Cut): void {
    this.#cut = cut;
  }

  /** Whether the cut was made. */
  get done(): boolean {
    return this.#cut === undefined;
  }

  /** Closes the road, or opens it again. */
  set open(open: boolean) {
    this.#open = open;
    if (!open) for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.open = false;
    this.#server.close();
    await once(this.#server, 'close');
  }

  #carry(client: Socket, port: number): void {
    if (!this.#open) return void client.destroy();
    const server = connect(port, '127.0.0.1');
    let commits: boolean | undefined;
    let mute = false;
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
    }
    client.on('data', (chunk) => {
      commits ??= chunk.includes('smev-gateway commits');
      const cut = commits && chunk.includes(COMMIT) ? this.#cut : undefined;
      if (cut === undefined) return void server.write(chunk);
      this.#cut = undefined;
      if (cut === 'after') {
        mute = true;
        server.write(chunk);
        server.once('data', () => client.destroy());
      } else if (cut === 'late') {
        client.destroy();
        setTimeout(() => server.write(chunk), 700);
        mute = true;
      } else client.destroy();
    });
    server.on('data', (chunk) => {
      if (!mute) client.write(chunk);
    });
    client.on('close', () => {
      if (!mute) server.destroy();
      else setTimeout(() => server.destroy(), 1_500);
    });
    server.on('close', () => client.destroy());
  }
}
