import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type RunningFund, startFund } from '../../../src/sandbox/pension-fund/index.js';
import { personOf, type SyntheticPerson } from '../../../src/sandbox/people/index.js';

const PERSON = personOf(3, 3);
const HYPHENATED = hyphenated(PERSON.snils);

function hyphenated(snils: string): string {
  return snils.replace(/(...)(...)(...)(..)/, '$1-$2-$3 $4');
}

function question(messageId: string, person: SyntheticPerson = PERSON, test = false) {
  const { familyName: surname, firstName: forename, patronymic, birthDate: born } = person;
  const about = { surname, forename, patronymic, sex: person.gender === 'Male' ? 'M' : 'F', born };
  return { messageId, format: 'urn:by-data', test, about };
}

describe('the sandbox Pension Fund', () => {
  let folder: string;
  let fund: RunningFund;
  const start = (seed = 3) =>
    startFund({
      file: join(folder, 'fund.db'),
      host: '127.0.0.1',
      port: 0,
      clock: { now: () => 1_770_000_000_000 },
      people: { seed, count: 40 },
    });
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'smev-gateway-fund-'));
    fund = await start();
  });
  after(async () => {
    await fund.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const call = async (path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(fund.url + path, init);
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };
  const ask = (body: unknown) => call('/accounts/by-data', body);
  const inquiries = async (snils = HYPHENATED) =>
    ((await call(`/inquiries?snils=${encodeURIComponent(snils)}`)).json.inquiries as unknown[]).length;
  const script = (...rules: object[]) => call('/script', { rules }, 'PUT');

  it('says that its people are synthetic', async () => {
    expect((await call('/health')).json).to.deep.equal({ status: 'ok', synthetic: true });
  });

  it('answers one messageId once, and knows it after a restart; what is seeded stays what it was', async () => {
    const first = await ask(question('one'));
    expect(first.json).to.have.nested.property('accounts[0].snils', HYPHENATED);
    expect(await ask(question('one', personOf(3, 5)))).to.deep.equal(first);
    await fund.close();
    fund = await start(99);
    expect(await call('/messages/one')).to.deep.equal(first);
    expect(await ask(question('one'))).to.deep.equal(first);
    expect(await inquiries()).to.equal(1);
    expect((await ask(question('two'))).json).to.have.nested.property('accounts[0].snils', HYPHENATED);
  });

  it('refuses one messageId for two kinds of question, and does not know others', async () => {
    const { about, ...rest } = question('one');
    expect((await call('/accounts/check', { ...rest, about: { ...about, snils: HYPHENATED } })).status).to.equal(409);
    expect(await call('/messages/never')).to.deep.equal({ status: 404, json: { unknown: 'never' } });
  });

  it('records nothing of a test', async () => {
    const before = await inquiries();
    expect((await ask(question('test', PERSON, true))).status).to.equal(200);
    expect([(await call('/messages/test')).status, await inquiries()]).to.deep.equal([404, before]);
  });

  it('refuses what is malformed, naming the place', async () => {
    const sound = question('bad');
    for (const [body, place] of [
      [null, 'body'],
      [{ ...sound, messageId: '../x' }, 'body.messageId'],
      [{ ...sound, test: 'no' }, 'body.test'],
      [{ ...sound, about: { ...sound.about, sex: 'Male' } }, 'body.about.sex'],
      [{ ...sound, about: { ...sound.about, born: '1.2.2000' } }, 'body.about.born'],
    ] as const) {
      const { status, json } = await ask(body);
      expect([status, String(json.error).startsWith(place)], place).to.deep.equal([400, true]);
    }
    expect((await call('/accounts/by-data')).status).to.equal(405);
    expect((await call('/nothing')).status).to.equal(404);
    expect((await call('/inquiries')).status).to.equal(400);
  });

  describe('by its script', () => {
    afterEach(() => script());

    it('refuses before the work: no effect', async () => {
      const before = await inquiries();
      await script({ what: 'status', status: 503, snils: [PERSON.snils] });
      expect((await ask(question('refused'))).status).to.equal(503);
      expect((await ask(question('others', personOf(3, 6)))).status).to.equal(200);
      expect([(await call('/messages/refused')).status, await inquiries()]).to.deep.equal([404, before]);
    });

    it('loses the answer after the work: one effect, told when asked', async () => {
      const before = await inquiries();
      await script({ what: 'status', status: 502, done: true, times: 1 });
      expect((await ask(question('lost'))).status).to.equal(502);
      expect((await call('/messages/lost')).status).to.equal(200);
      expect((await ask(question('lost'))).status).to.equal(200);
      expect(await inquiries()).to.equal(before + 1);
    });

    it('takes one person for two, the second under a number of its own with a right control number', async () => {
      await script({ what: 'duplicate', snils: [PERSON.snils] });
      const { json } = await ask(question('double'));
      const [one, two] = (json.accounts as { snils: string }[]).map(({ snils }) => snils);
      expect(one).to.equal(HYPHENATED);
      expect(two).to.match(/^89\d-\d{3}-\d{3} \d\d$/);
    });

    it('cuts its answer in the middle', async () => {
      await script({ what: 'half', times: 1 });
      const cut = await ask(question('half')).catch((error: Error) => error);
      expect(cut).to.be.instanceOf(Error);
      expect((await call('/messages/half')).status).to.equal(200);
    });
  });
});
