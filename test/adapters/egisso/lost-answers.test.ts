import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import { egissoAdapter } from '../../../adapters/egisso/index.js';
import { carried, factXml, messageId, packageXml, uuid } from './documents.js';

const NEVER = new AbortController().signal;
const SENT = carried(messageId(1), packageXml(uuid(1), factXml({ uuid: uuid(2) })));

/** Real sockets on loopback: what is sent and then lost. (nock 15.0.2 cannot do it: an aborted fetch ends in an assertion of undici.) */
describe('EGISSO adapter and an answer that is lost', () => {
  let server: Server;
  let url: string;
  let onRequest: (socket: Socket) => void;
  const sockets = new Set<Socket>();

  before(async () => {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('data', () => onRequest(socket));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  });
  after(async () => {
    server.close();
    await once(server, 'close');
  });

  const deliver = (timeout: number, signal = NEVER) =>
    egissoAdapter({ url, partner: 'EGISSO', timeout }).deliver(SENT, signal);
  const half = (socket: Socket) =>
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"format":');

  it('silence until the deadline is in doubt', async () => {
    onRequest = () => {};
    expect(await deliver(60)).to.deep.equal({ kind: 'in-doubt', cause: 'реестр не ответил: TimeoutError' });
  });

  it('half an answer and then silence is in doubt', async () => {
    onRequest = half;
    expect(await deliver(60)).to.include({ kind: 'in-doubt' });
  });

  it('half an answer and then a cut is in doubt', async () => {
    onRequest = (socket) => {
      half(socket);
      socket.end();
    };
    expect(await deliver(5_000)).to.include({ kind: 'in-doubt' });
  });

  it('a connection reset after the request is in doubt', async () => {
    onRequest = (socket) => socket.resetAndDestroy();
    expect(await deliver(5_000)).to.include({ kind: 'in-doubt' });
  });

  it('being told to stop while waiting is in doubt, at once', async () => {
    const stop = new AbortController();
    onRequest = () => stop.abort();
    expect(await deliver(60_000, stop.signal)).to.deep.equal({
      kind: 'in-doubt',
      cause: 'реестр не ответил: AbortError',
    });
  });

  it('a question that gets no answer leaves the doubt', async () => {
    onRequest = (socket) => socket.destroy();
    const adapter = egissoAdapter({ url, partner: 'EGISSO', timeout: 5_000 });
    expect(await adapter.ask(messageId(1), NEVER)).to.include({ kind: 'in-doubt' });
  });

  it('a closed port is later: nothing was sent', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');
    const adapter = egissoAdapter({ url: `http://127.0.0.1:${port}`, partner: 'EGISSO' });
    expect(await adapter.deliver(SENT, NEVER)).to.deep.equal({
      kind: 'later',
      cause: 'реестр не ответил: ECONNREFUSED',
    });
  });
});
