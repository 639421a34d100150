import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { fileAccess } from '../../../src/pipeline/index.js';
import { contentOf, octets } from '../../contracts/file-store-contract.js';
import { type FtpWorld, ftpWorld, has, run, Talk } from './ftp-world.js';

const BYTES = octets(1_500_000);

describe('FTP to the file store', () => {
  let world: FtpWorld;
  const talks: Talk[] = [];
  before(async () => {
    world = await ftpWorld();
  });
  after(() => world.close());
  afterEach(() => {
    for (const talk of talks.splice(0)) talk.socket.destroy();
  });
  const talk = async (userName?: string, password?: string) => {
    const one = new Talk(world.port);
    talks.push(one);
    await one.signIn(userName, password);
    return one;
  };
  const dataTo = async (port: number): Promise<Socket> => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('connect', resolve));
    return socket;
  };
  const closed = (socket: Socket) => (socket.closed ? Promise.resolve() : new Promise((r) => socket.once('close', r)));
  const stored = async (bytes: Uint8Array, name = 'факты.xml') => {
    const uuid = randomUUID();
    const one = await talk();
    const data = await dataTo(await one.passive());
    expect(await one.say(`STOR /${uuid}/${name}`)).to.match(/^150/);
    data.end(bytes);
    expect(await one.answer()).to.match(/^226/);
    return uuid;
  };
  const claimed = async (bytes: Uint8Array) => {
    const uuid = await stored(bytes);
    await world.files.claim(uuid, { owner: 'REG001', messageId: randomUUID(), size: bytes.length, at: Date.now() });
    return { uuid, ...fileAccess(uuid, Date.now(), world.vault) };
  };

  it('takes a file from anonymous/smev into the folder named by its uuid', async () => {
    const uuid = await stored(BYTES);
    expect((await contentOf(world.files, uuid)).equals(BYTES)).to.equal(true);
    expect((await world.files.find(uuid))?.name).to.equal('факты.xml');
  });

  it('MKD and CWD before STOR, as the operator’s client does', async () => {
    const uuid = randomUUID();
    const one = await talk();
    expect(await one.say(`MKD ${uuid}`)).to.equal(`257 "/${uuid}"`);
    expect(await one.say(`CWD ${uuid}`)).to.match(/^250/);
    expect(await one.say('TYPE I')).to.match(/^200/);
    const data = await dataTo(await one.passive());
    expect(await one.say('STOR a.zip')).to.match(/^150/);
    data.end('zip');
    expect(await one.answer()).to.match(/^226/);
    expect(await one.say('SIZE a.zip')).to.equal('213 3');
  });

  it('a broken transfer keeps what came, and REST or APPE goes on there', async () => {
    const uuid = randomUUID();
    const one = await talk();
    const data = await dataTo(await one.passive());
    await one.say(`STOR /${uuid}/f`);
    await new Promise<void>((resolve) => data.write(BYTES.subarray(0, 300_001), () => resolve()));
    while (((await world.files.find(uuid))?.size ?? 0) < 300_001) await new Promise((r) => setImmediate(r));
    data.resetAndDestroy();
    expect(await one.answer()).to.match(/^426/);
    expect(await one.say(`SIZE /${uuid}/f`)).to.equal('213 300001');
    expect(await one.say('REST 300000')).to.match(/^350/);
    await dataTo(await one.passive());
    expect(await one.say(`STOR /${uuid}/f`), 'not at its end; EPSV between does not matter').to.match(/^554/);
  });

  it('REST before or after the data connection was made ready, then APPE', async () => {
    const uuid = await stored(BYTES.subarray(0, 300_001), 'f');
    const one = await talk();
    let data = await dataTo(await one.passive());
    expect(await one.say('REST 300000')).to.match(/^350/);
    expect(await one.say(`STOR /${uuid}/f`)).to.match(/^554.*300001/);
    data = await dataTo(await one.passive());
    await one.say('REST 300001');
    expect(await one.say(`STOR /${uuid}/f`)).to.match(/^150/);
    data.end(BYTES.subarray(300_001, 900_000));
    expect(await one.answer()).to.match(/^226/);
    data = await dataTo(await one.passive());
    expect(await one.say(`APPE /${uuid}/f`)).to.match(/^150/);
    data.end(BYTES.subarray(900_000));
    expect(await one.answer()).to.match(/^226/);
    expect((await contentOf(world.files, uuid)).equals(BYTES)).to.equal(true);
  });

  it('ABOR ends a transfer at once and keeps what came', async () => {
    const uuid = randomUUID();
    const one = await talk();
    const data = await dataTo(await one.passive());
    await one.say(`STOR /${uuid}/f`);
    data.write(BYTES.subarray(0, 70_000));
    while (((await world.files.find(uuid))?.size ?? 0) < 70_000) await new Promise((r) => setImmediate(r));
    one.socket.write(Buffer.from('\xff\xf4\xff\xf2ABOR\r\n', 'latin1'));
    expect(await one.answer()).to.match(/^426/);
    expect(await one.answer()).to.match(/^226/);
    expect((await world.files.find(uuid))?.size).to.equal(70_000);
  });

  it('a second upload of one uuid at once is put off', async () => {
    const uuid = randomUUID();
    const [one, two] = [await talk(), await talk()];
    const data = await dataTo(await one.passive());
    await one.say(`STOR /${uuid}/f`);
    await dataTo(await two.passive());
    expect(await two.say(`STOR /${uuid}/f`)).to.match(/^450/);
    data.end('x');
    expect(await one.answer()).to.match(/^226/);
  });

  it('two connections cannot share one data port, nor can another address take it', async () => {
    const one = await talk();
    const port = await one.passive();
    const thief = connect({ port, host: '127.0.0.1', localAddress: '127.0.0.2' });
    thief.on('error', () => undefined);
    await closed(thief);
    const data = await dataTo(port);
    const uuid = randomUUID();
    expect(await one.say(`STOR /${uuid}/f`)).to.match(/^150/);
    data.end('mine');
    expect(await one.answer()).to.match(/^226/);
    expect((await contentOf(world.files, uuid)).toString()).to.equal('mine');
  });

  it('ways out, odd names and deep ways are refused', async () => {
    const one = await talk();
    const uuid = randomUUID();
    const wrong = [
      '/etc/passwd',
      '../x',
      `/${uuid}/../x`,
      `/${uuid}/a/b`,
      `/${uuid}/..`,
      `/${uuid}/`,
      `${uuid}`,
      `/${uuid}//a`,
      `/${uuid}/a\\b`,
      `/${uuid}/.ssh`,
      `/${uuid}/NUL`,
      `/x/../${uuid}/a`,
      `/${uuid}/\u202Elmx.exe`,
      `/${uuid}/a\0b`,
    ];
    for (const path of wrong) {
      await one.passive();
      expect(await one.say(`STOR ${path}`), JSON.stringify(path)).to.match(/^55[03]/);
    }
    for (const path of ['..', '/..', `/${uuid}/..`, '/etc', '~', '.\\..']) {
      const said = await one.say(`CWD ${path}`);
      if (/^250/.test(said)) expect(said, path).to.equal('250 /');
      else expect(said, path).to.match(/^550/);
    }
    expect(await one.say('MKD notes')).to.match(/^553/);
    one.socket.write(Buffer.from(`STOR /${uuid}/\xe9\xff.xml\r\n`, 'latin1'));
    expect(await one.answer()).to.match(/^501/);
    expect(await world.files.find(uuid)).to.equal(undefined);
  });

  it('a line feed inside a name is the end of the command, so the rest is another command', async () => {
    const one = await talk();
    one.socket.write(`MKD ${randomUUID()}\nDELE x\r\n`);
    expect(await one.answer()).to.match(/^257/);
    expect(await one.answer()).to.match(/^502/);
  });

  it('connects nowhere: PORT and EPRT are refused', async () => {
    const one = await talk();
    expect(await one.say('PORT 10,0,0,1,0,25')).to.match(/^502/);
    expect(await one.say('EPRT |1|10.0.0.1|25|')).to.match(/^502/);
  });

  it('nothing before signing in, and three wrong passwords end the connection', async () => {
    const one = new Talk(world.port);
    talks.push(one);
    await one.answer();
    expect(await one.say('EPSV')).to.match(/^530/);
    for (const code of [530, 530, 421]) {
      await one.say('USER anonymous');
      expect(await one.say('PASS guess')).to.match(new RegExp(`^${code}`));
    }
    expect(await one.answer()).to.equal('closed');
  });

  it('anonymous reads nothing, lists no uuids', async () => {
    const { uuid } = await claimed(Buffer.from('secret'));
    const one = await talk();
    await dataTo(await one.passive());
    expect(await one.say(`RETR /${uuid}/факты.xml`)).to.match(/^550/);
    const data = await dataTo(await one.passive());
    let listed = '';
    data.on('data', (b) => {
      listed += b.toString();
    });
    expect(await one.say('NLST /')).to.match(/^150/);
    expect(await one.answer()).to.match(/^226/);
    expect(listed).to.equal('');
  });

  it('a reader gets its one file, whole or from an offset, and no other; it writes nothing', async () => {
    const mine = await claimed(BYTES);
    const other = await claimed(Buffer.from('other'));
    const one = await talk(mine.userName, mine.password);
    for (const path of ['/факты.xml', `/${mine.uuid}/факты.xml`, `/${mine.uuid}.xml`, mine.uuid]) {
      const data = await dataTo(await one.passive());
      const pieces: Buffer[] = [];
      data.on('data', (b: Buffer) => pieces.push(b));
      await one.say('REST 1000000');
      expect(await one.say(`RETR ${path}`), path).to.match(/^150/);
      expect(await one.answer()).to.match(/^226/);
      await closed(data);
      expect(Buffer.concat(pieces).equals(BYTES.subarray(1_000_000)), path).to.equal(true);
    }
    await dataTo(await one.passive());
    for (const path of [`/${other.uuid}/факты.xml`, `/${other.uuid}`, '/x', '..'])
      expect(await one.say(`RETR ${path}`), path).to.match(/^550/);
    expect(await one.say(`CWD /${other.uuid}`)).to.match(/^550/);
    expect(await one.say(`STOR /${mine.uuid}/факты.xml`)).to.match(/^550/);
    const again = await talk();
    await again.passive();
    expect(await again.say(`STOR /${mine.uuid}/факты.xml`), 'claimed').to.match(/^550/);
  });

  it('credentials are over after their term, and those of a file that no message has open nothing', async () => {
    const { uuid } = await claimed(Buffer.from('x'));
    const old = fileAccess(uuid, Date.now() - 25 * 3_600_000, world.vault);
    const one = new Talk(world.port);
    talks.push(one);
    expect(await one.signIn(old.userName, old.password)).to.match(/^530/);
    const forged = { ...fileAccess(uuid, Date.now(), world.vault), password: 'a'.repeat(30) };
    await one.say(`USER ${forged.userName}`);
    expect(await one.say(`PASS ${forged.password}`)).to.match(/^530/);
    const free = await stored(Buffer.from('free'));
    const early = fileAccess(free, Date.now(), world.vault);
    const two = await talk(early.userName, early.password);
    await two.passive();
    expect(await two.say('RETR /факты.xml')).to.match(/^550/);
  });

  it('a line without end, and too many commands at once, end the connection', async () => {
    const one = await talk();
    one.socket.write('A'.repeat(2_000));
    expect(await one.answer()).to.match(/^500/);
    expect(await one.answer()).to.equal('closed');
    const two = await talk();
    two.socket.write('NOOP\r\n'.repeat(2_000));
    for (let said = ''; said !== 'closed'; ) said = await two.answer();
  });

  it('no line a stranger may write ends the server or gets a file (seed 20)', async () => {
    const words = [
      'USER anonymous',
      'PASS smev',
      'STOR',
      'RETR',
      'APPE',
      'REST',
      'LIST',
      'NLST -la',
      'SIZE',
      'CWD',
      'MKD',
      'EPSV',
      'PASV',
      'TYPE',
      'ABOR',
      'CDUP',
      'FEAT',
      'OPTS UTF8',
      'ALLO',
    ];
    const ways = [
      '',
      ' ',
      ' /',
      ' ..',
      ' /../..',
      ' \u0000',
      ' %s%n',
      ` /${randomUUID()}/a`,
      ` ${'a'.repeat(500)}`,
      ' 9'.repeat(9),
      ' -1',
      ' /факты',
      ' \ud83d\ude00/x',
    ];
    const noise = octets(40_000, 20);
    let at = 0;
    const pick = <T>(of: readonly T[]): T => of[noise[at++ % noise.length]! % of.length]!;
    for (let round = 0; round < 20; round++) {
      const one = await talk();
      for (let i = 0; i < 25; i++) one.socket.write(`${pick(words)}${pick(ways)}\r\n`);
      one.socket.write(noise.subarray(round * 100, round * 100 + 80));
      await one.say('QUIT');
      one.socket.destroy();
    }
    const last = await talk();
    expect(await last.say('NOOP'), 'it serves on').to.match(/^200/);
    const listed = [];
    for await (const file of world.files.list()) if (file.writing) listed.push(file.uuid);
    expect(listed, 'no upload hangs').to.deep.equal([]);
  });

  it('too large a file is refused while it comes', async () => {
    const uuid = randomUUID();
    const one = await talk();
    const data = await dataTo(await one.passive());
    await one.say(`STOR /${uuid}/f`);
    data.end(Buffer.alloc(5_000_000));
    expect(await one.answer()).to.match(/^552/);
  });

  it('curl uploads with Cyrillic names, goes on after a part, downloads by range', async function () {
    if (!has('curl')) {
      this.test!.title += ' (skipped: needs curl)';
      this.skip();
    }
    const file = join(world.folder, 'curl.xml');
    const uuid = randomUUID();
    const url = `ftp://anonymous:smev@127.0.0.1:${world.port}/${uuid}/факты.xml`;
    writeFileSync(file, BYTES.subarray(0, 400_000));
    expect(await run('curl', ['-sS', '--ftp-create-dirs', '-T', file, url])).to.deep.equal({ code: 0, out: '' });
    writeFileSync(file, BYTES);
    expect(await run('curl', ['-sS', '-C', '-', '-T', file, url])).to.deep.equal({ code: 0, out: '' });
    expect((await contentOf(world.files, uuid)).equals(BYTES)).to.equal(true);
    await world.files.claim(uuid, { owner: 'R', messageId: randomUUID(), size: BYTES.length, at: 1 });
    const { userName, password } = fileAccess(uuid, Date.now(), world.vault);
    const got = join(world.folder, 'got.xml');
    const from = `ftp://127.0.0.1:${world.port}/${uuid}/факты.xml`;
    const sign = ['-sS', '-u', `${userName}:${password}`, '-o', got];
    expect((await run('curl', [...sign, from])).code).to.equal(0);
    expect(readFileSync(got).equals(BYTES)).to.equal(true);
    expect((await run('curl', [...sign, '--disable-epsv', '-r', '65000-', from])).code).to.equal(0);
    expect(readFileSync(got).equals(BYTES.subarray(65_000))).to.equal(true);
  });

  it('lftp uploads, goes on after a part, downloads', async function () {
    if (!has('lftp')) {
      this.test!.title += ' (skipped: needs lftp)';
      this.skip();
    }
    const file = join(world.folder, 'lftp.xml');
    const got = join(world.folder, 'lftp-got.xml');
    const uuid = randomUUID();
    const lftp = (user: string, commands: string) =>
      run('lftp', [
        '--norc',
        '-u',
        user,
        '-e',
        `set net:max-retries 1; ${commands}; bye`,
        `ftp://127.0.0.1:${world.port}`,
      ]);
    writeFileSync(file, BYTES.subarray(0, 400_000));
    const first = await lftp('anonymous,smev', `mkdir -f ${uuid}; cd ${uuid}; put ${file} -o "факты 2026.xml"`);
    expect(first.code, first.out).to.equal(0);
    writeFileSync(file, BYTES);
    const more = await lftp('anonymous,smev', `cd ${uuid}; put -c ${file} -o "факты 2026.xml"`);
    expect(more.code, more.out).to.equal(0);
    expect((await contentOf(world.files, uuid)).equals(BYTES)).to.equal(true);
    await world.files.claim(uuid, { owner: 'R', messageId: randomUUID(), size: BYTES.length, at: 1 });
    const { userName, password } = fileAccess(uuid, Date.now(), world.vault);
    const read = await lftp(`${userName},${password}`, `get "факты 2026.xml" -o ${got}`);
    expect(read.code, read.out).to.equal(0);
    expect(readFileSync(got).equals(BYTES)).to.equal(true);
  });
});

describe('FTP under pressure', () => {
  it('says no to connections beyond the bound and to clients that say nothing', async () => {
    const world = await ftpWorld({ connections: 16, patience: 300 });
    const talks = [1, 2, 3].map(() => new Talk(world.port));
    const said = await Promise.all(talks.map((t) => t.answer()));
    expect(said.filter((s) => s.startsWith('421')).length, 'two of one address').to.equal(1);
    const left = talks.filter((_, i) => said[i]!.startsWith('220'));
    for (const one of left) expect(await one.answer()).to.match(/^421/);
    await world.close();
  });

  it('a data connection that never comes, or says nothing, is given up', async () => {
    const world = await ftpWorld({ patience: 300 });
    const one = new Talk(world.port);
    await one.signIn();
    await one.passive();
    expect(await one.say(`STOR /${randomUUID()}/f`)).to.match(/^150/);
    expect(await one.answer()).to.match(/^425/);
    const data = connect({ port: await one.passive(), host: '127.0.0.1' });
    data.on('error', () => undefined);
    expect(await one.say(`STOR /${randomUUID()}/f`)).to.match(/^150/);
    data.write('slow');
    expect(await one.answer()).to.match(/^426/);
    one.socket.destroy();
    await world.close();
  });

  it('keeps to the range of passive ports', async () => {
    const world = await ftpWorld({ passive: [21_700, 21_701] });
    const talks = [1, 2, 3].map(() => new Talk(world.port));
    for (const one of talks) await one.signIn();
    const ports = [await talks[0]!.passive(), await talks[1]!.passive()];
    expect(ports.toSorted()).to.deep.equal([21_700, 21_701]);
    expect(await talks[2]!.say('PASV')).to.match(/^421/);
    for (const one of talks) one.socket.destroy();
    await world.close();
  });
});
