/** «A federal agency learns a SNILS from the Pension Fund»: over sockets, all parts real. */
import { rmSync } from 'node:fs';
import { expect } from 'chai';
import { peopleOf, personOf, type SyntheticPerson } from '../../src/sandbox/people/index.js';
import { byData, experience, payments, validation } from '../adapters/pension-fund/documents.js';
import type { Answer } from './answer.js';
import { newFolder, type TestGateway, testGateway } from './test-gateway.js';

const VERSIONS = ['1.1', '1.2', '1.3'] as const;
const PERSON = personOf(1, 42);

describe('the Pension Fund through the running gateway', () => {
  let gateway: TestGateway;
  let folder: string;
  before(async () => {
    folder = newFolder();
    gateway = await testGateway({ threads: 1 }, folder);
  });
  after(async () => {
    await gateway.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => gateway.checkInvariants());

  const asked = async (
    content: string,
    who = 'FED001',
    version: (typeof VERSIONS)[number] = '1.2',
  ): Promise<Answer> => {
    const sender = gateway.as(who);
    const sent = await sender.sendRequest(content, { version });
    expect(sent.fault).to.equal(undefined);
    const answer = await sender.waitForResponse({ version });
    expect(answer.valueOf('OriginalMessageId')).to.equal(sent.sentId);
    await sender.ack(answer.messageId!, true, version);
    return answer;
  };
  const twins = (): readonly SyntheticPerson[] => {
    const one = [...peopleOf(1, 200)].find((p) => p.twin !== undefined)!;
    return [one, personOf(1, one.twin!)];
  };

  for (const version of VERSIONS) {
    it(`tells FED001 the SNILS of a person by name, sex and birth date, signed (${version})`, async () => {
      const answer = await asked(byData(PERSON), 'FED001', version);
      expect(answer.content).to.include(`Snils>${PERSON.snils}<`).and.include(PERSON.birthDate);
      expect(answer.content).to.not.include('TwinData');
      expect(answer.all('SignatureValue').length).to.be.greaterThan(0);
    });

    it(`answers that nobody is found by a rejection, NO_DATA (${version})`, async () => {
      const answer = await asked(byData({ ...PERSON, firstName: 'Никто' }), 'FED001', version);
      expect(answer.valueOf('RejectionReasonCode')).to.equal('NO_DATA');
      expect(answer.valueOf('RejectionReasonDescription')).to.match(/^NO_DATA: /);
      expect(answer.content).to.equal(undefined);
    });
  }

  it('names both of two people who cannot be told apart', async () => {
    const [one, other] = twins();
    const answer = await asked(byData(one!));
    for (const twin of [one!, other!]) {
      expect(answer.content).to.include(`Snils>${twin.snils}<`).and.include(twin.documents[0].number);
    }
    expect(answer.all('TwinData')).to.have.length(2);
  });

  it('answers the region and social insurance too, and the other formats', async () => {
    expect((await asked(validation(PERSON), 'REG001')).content).to.include('Result>true<');
    expect((await asked(validation({ ...PERSON, snils: personOf(1, 43).snils }), 'FSS')).content).to.include(
      'Result>false<',
    );
    expect((await asked(experience(PERSON, '2025-12-31'), 'FSS')).content).to.include(`Snils>${PERSON.snils}<`);
    expect((await asked(payments(PERSON, '2025-01-01', 3), 'REG001')).valueOf('NumberOfMonths')).to.equal('3');
  });

  it('does not answer those without a right, nor takes what is invalid under the schema', async () => {
    expect((await gateway.as('ZAGS').sendRequest(byData(PERSON))).fault?.code).to.equal('AccessDenied');
    const invalid = byData({ ...PERSON, gender: 'M' as 'Male' });
    expect((await gateway.as('FED001').sendRequest(invalid)).fault?.code).to.equal('InvalidContent');
  });

  it('delivers again where the fund says «later», and asks where its answer was lost: one inquiry is on record', async () => {
    const url = gateway.partnerUrls.get('PFR');
    const person = personOf(1, 50);
    const script = (rules: object[]) =>
      fetch(`${url}/script`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ rules }),
      });
    await script([{ what: 'status', status: 502, done: true, snils: [person.snils], times: 1 }]);
    expect((await asked(byData(person))).content).to.include(person.snils);
    const hyphenated = person.snils.replace(/(...)(...)(...)(..)/, '$1-$2-$3 $4');
    const found = await fetch(`${url}/inquiries?snils=${encodeURIComponent(hyphenated)}`);
    expect(((await found.json()) as { inquiries: unknown[] }).inquiries).to.have.length(1);
    await script([]);
  });

  it('knows after a restart whom it knew, and a data folder of an earlier version learns of the fund once', async () => {
    await gateway.stop();
    const earlier = { threads: 1, snapshot: withoutFund };
    gateway = await testGateway(earlier, folder);
    expect((await gateway.as('FED001').sendRequest(byData(PERSON))).fault?.code).to.equal('RecipientIsNotFound');
    await gateway.stop();
    gateway = await testGateway({ threads: 1 }, folder);
    expect((await asked(byData(PERSON))).content).to.include(PERSON.snils);
  });
});

/** As the cast of the version before stored it: the fund polls, nobody may ask it. */
function withoutFund<
  T extends { participants: readonly object[]; rights: readonly object[]; routes: readonly object[] },
>(snapshot: T): T {
  const isOfFund = (thing: object) => JSON.stringify(thing).includes('kvs.pfr.com');
  const seeded = 'seeded' in snapshot ? (snapshot.seeded as readonly string[]) : [];
  return {
    ...snapshot,
    participants: snapshot.participants.map((p) =>
      'mnemonic' in p && p.mnemonic === 'PFR' ? { ...p, mode: 'pull' } : p,
    ),
    rights: snapshot.rights.filter((r) => !isOfFund(r)),
    routes: snapshot.routes.filter((r) => !isOfFund(r)),
    seeded: seeded.filter((name) => !name.includes('kvs.pfr.com') && name !== 'pushed PFR'),
  };
}
