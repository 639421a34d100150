/** `gateway sandbox …`: who the synthetic people are, and how a partner of a running gateway is made slow or wrong. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCommandLine } from '../../src/cli/index.js';
import { projectRoot } from '../../src/config/index.js';
import { isSyntheticSnils, personOf } from '../../src/sandbox/people/index.js';
import { newFolder, type TestGateway, testGateway } from '../gateway/test-gateway.js';

describe('gateway sandbox', () => {
  let folder: string;
  before(() => {
    folder = newFolder();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (args: readonly string[], language = 'en') => {
    const [out, err] = [[] as string[], [] as string[]];
    const environment = { GATEWAY_DATA: folder, GATEWAY_LANG: language };
    const terminal = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
    const exit = await runCommandLine(['sandbox', ...args], environment, terminal);
    return { exit, out: out.join(''), err: err.join('') };
  };

  describe('people', () => {
    it('lists them without a gateway, for people and for programs', async () => {
      const shown = await run(['people', '--count', '8']);
      expect(shown.exit).to.equal(0);
      expect(shown.out.trim().split('\n')).to.have.length(9);
      expect(shown.out).to.include(personOf(1, 7).snils).and.include('twin of 6').and.include('child of 2, 3');
      const listed = JSON.parse((await run(['people', '--seed', '4', '--from', '16', '--count', '3', '--json'])).out);
      expect(listed).to.deep.equal([16, 17, 18].map((index) => JSON.parse(JSON.stringify(personOf(4, index)))));
      expect(listed.every((p: { snils: string }) => isSyntheticSnils(p.snils))).to.equal(true);
      expect((await run(['people', '--count', '8'], 'ru')).out)
        .to.include('двойник № 6')
        .and.include('родители № 2, 3');
    });

    it('names the range it has', async () => {
      for (const args of [
        ['--count', '0'],
        ['--seed', '-1'],
        ['--seed', 'x'],
        ['--from', '1000000'],
      ]) {
        const refused = await run(['people', ...args]);
        expect([refused.exit, refused.out], args.join(' ')).to.deep.equal([2, '']);
      }
    });
  });

  describe('script', () => {
    let gateway: TestGateway;
    before(async () => {
      expect((await run(['script', 'PFR'])).exit, 'no gateway runs').to.equal(2);
      gateway = await testGateway({ threads: 1 }, folder);
    });
    after(() => gateway.stop());

    it('sets faults of a partner, shows them, and makes it fair again', async () => {
      expect((await run(['script', 'PFR'])).out).to.equal('PFR: no faults\n');
      const { snils } = personOf(1, 3);
      const args = ['--latency', '5', '--status', '502', '--done', '--share', '0.5', '--times', '2', '--snils', snils];
      const reach = { share: 0.5, snils: [snils], times: 2 };
      const rules = [
        { what: 'latency', ms: 5, ...reach },
        { what: 'status', status: 502, done: true, ...reach },
      ];
      const set = await run(['script', 'PFR', ...args, '--json']);
      expect([set.exit, JSON.parse(set.out)]).to.deep.equal([0, { partner: 'PFR', rules }]);
      expect(JSON.parse((await run(['script', 'PFR', '--json'])).out)).to.deep.equal({ partner: 'PFR', rules });
      expect((await run(['script', 'PFR', '--fair'], 'ru')).out).to.equal('PFR: сбоев нет\n');
    });

    it('is told of in docs/sandbox.md, whose question finds the person it names', async () => {
      const text = readFileSync(join(projectRoot(), 'docs/sandbox.md'), 'utf8');
      const [, question = ''] = /```xml\n([\s\S]*?)```/.exec(text) ?? [];
      const agency = gateway.as('FED001');
      expect((await agency.sendRequest(question)).fault).to.equal(undefined);
      const answer = await agency.waitForResponse();
      expect(answer.valueOf('Snils')).to.equal(personOf(1, 2).snils);
      await agency.ack(answer.messageId!);
    });

    it('brings a partner back to its first day where that is confirmed', async () => {
      const url = gateway.partnerUrls.get('PFR');
      await run(['script', 'PFR', '--latency', '1']);
      const { familyName: surname, firstName: forename, patronymic, birthDate: born, gender } = personOf(1, 2);
      const about = { surname, forename, patronymic, sex: gender === 'Male' ? 'M' : 'F', born };
      const body = JSON.stringify({ messageId: 'm', format: 'x', test: false, about });
      const ask = async () => (await fetch(`${url}/accounts/by-data`, { method: 'POST', body })).json();
      const isKnown = async () => (await fetch(`${url}/messages/m`)).status;
      const first = await ask();
      expect((await run(['reset', 'PFR'])).exit, 'nobody there to confirm').to.equal(2);
      expect(await isKnown()).to.equal(200);
      expect(await run(['reset', 'PFR', '--yes'])).to.deep.equal({
        exit: 0,
        out: 'PFR: as on the first day\n',
        err: '',
      });
      expect(await isKnown()).to.equal(404);
      expect((await run(['script', 'PFR'])).out).to.equal('PFR: no faults\n');
      expect(await ask()).to.deep.equal(first);
      expect((await run(['reset', 'EGISSO', '--yes'])).exit).to.equal(0);
      const found = (await (await fetch(`${gateway.registryUrl}/facts?snils=11223344595`)).json()) as {
        facts: object[];
      };
      expect(found.facts).to.have.length(1);
    });

    it('says what it does not take, and which partners there are', async () => {
      const wrong = await run(['script', 'PFR', '--latency', 'soon']);
      expect([wrong.exit, wrong.err.includes('rules[0].ms')]).to.deep.equal([2, true]);
      const nobody = await run(['script', 'FSS']);
      expect([nobody.exit, nobody.err.includes('PFR')]).to.deep.equal([2, true]);
    });
  });
});
