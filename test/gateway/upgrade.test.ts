/** A supplier that still sends a retired version: its facts are rewritten on acceptance where its participant is set so (docs/adr/0011). */
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { expect } from 'chai';
import { openFileKeyVault } from '../../src/drivers/key-vault-file/index.js';
import { openBody, openLeaf } from '../../src/journal/index.js';
import type { Participant } from '../../src/participants/index.js';
import { announcement, factsFile, query } from './contents.js';
import { newFolder, type TestGateway, testGateway } from './test-gateway.js';

const NEW = { p: 'package-RAF/1.1.0', f: 'assignment-fact/1.0.8', i: 'prsn-info/1.0.4' };
const OLD: Readonly<Record<string, typeof NEW>> = {
  '1.0.3': { p: 'package-RAF/1.0.4', f: 'assignment-fact/1.0.4', i: 'prsn-info/1.0.3' },
  '1.0.4': { p: 'package-RAF/1.0.5', f: 'assignment-fact/1.0.5', i: 'prsn-info/1.0.3' },
  '1.0.6': { p: 'package-RAF/1.0.7', f: 'assignment-fact/1.0.6', i: 'prsn-info/1.0.3' },
  '1.0.7': { p: 'package-RAF/1.0.8', f: 'assignment-fact/1.0.7', i: 'prsn-info/1.0.3' },
  '1.0.8': { p: 'package-RAF/1.0.9', f: 'assignment-fact/1.0.8', i: 'prsn-info/1.0.4' },
};

/** The sandbox's facts in a retired version's namespaces. */
function oldFile(version: string, options?: Parameters<typeof factsFile>[0]): string {
  let text = factsFile(options).replaceAll('10.06.S/1.1.0', `10.06.S/${version}`);
  for (const key of ['p', 'f', 'i'] as const) text = text.replace(NEW[key], OLD[version]![key]);
  return text;
}

describe('facts of a retired version', () => {
  let gateway: TestGateway;
  const start = (changes: Partial<Participant>, registry = 'EGISSO') =>
    testGateway(
      {
        snapshot: (snapshot) => ({
          ...snapshot,
          routes: snapshot.routes.map((r) => (r.format.includes('/10.10.I/') ? { ...r, recipient: registry } : r)),
          participants: snapshot.participants.map((p) => (p.mnemonic === 'REG001' ? { ...p, ...changes } : p)),
        }),
      },
      newFolder(),
    );
  const send = (file: string) =>
    gateway.as('REG001').sendRequest(announcement(), {
      attachments: [{ contentId: 'facts.xml', mimeType: 'application/xml', content: Buffer.from(file) }],
    });

  describe('from a participant whose upgrades name 10.06.S', () => {
    before(async () => {
      gateway = await start({ upgrades: ['10.06.S'] });
    });
    after(() => gateway.close());
    afterEach(() => gateway.checkInvariants());

    for (const version of ['1.0.4', '1.0.6', '1.0.7', '1.0.8'])
      it(`${version}: the registry takes them as 1.1.0 and gives them back to the agency`, async () => {
        const [region, agency] = [gateway.as('REG001'), gateway.as('FED001')];
        const snils = '64003696972';
        const sent = await send(oldFile(version, { snils }));
        expect(sent.fault).to.equal(undefined);
        const protocol = await region.waitForResponse();
        expect(protocol.content).to.match(/recordOK>true</);
        await region.ack(protocol.messageId!);

        await agency.sendRequest(query(snils));
        const statement = await agency.waitForResponse();
        expect(statement.content).to.include('1500.00');
        await agency.ack(statement.messageId!);
      });

    it('both documents are stored, persons sealed alike, and the leaf commits to the rewriting', async () => {
      const file = oldFile('1.0.7');
      const sent = await send(file);
      const body = (await gateway.store.body(sent.sentId))!;
      const vault = openFileKeyVault(join(gateway.folder, 'keys'));
      const parts = openBody(body.container, body.keys, vault);
      if (parts === 'damaged') throw new Error('the body does not open');
      const part = (name: string) => parts.find((p) => p.name === name)!.bytes;
      expect(part('attachment/0').toString(), 'what was sent, octet for octet').to.equal(file);
      const upgraded = part('upgraded/0');
      expect(upgraded.toString()).to.include('urn://egisso-ru/msg/10.06.S/1.1.0').and.include('11223344595');
      for (const name of ['11223344595', 'Проверкина'])
        expect(Buffer.from(body.container).includes(name), 'the container is sealed').to.equal(false);

      const [record] = await gateway.store.recordsOf(sent.sentId);
      const leaf = openLeaf(record!.bytes, record!.opening, vault);
      if (typeof leaf === 'string') throw new Error(leaf);
      expect(leaf.hidden.upgraded).to.deep.equal([`0 10.06.S 1.0.7 → 1.1.0 ${hash('sha256', upgraded, 'base64')}`]);
      expect(leaf.hidden.attachments).to.deep.equal([hash('sha256', file, 'base64')]);
      const region = gateway.as('REG001');
      await region.ack((await region.waitForResponse()).messageId!);
    });

    it('a loss refuses the message and is named with its line', async () => {
      const file = oldFile('1.0.4').replace(
        '</f:usingSign>',
        '</f:usingSign>\n<f:criteria>доход ниже прожиточного минимума</f:criteria>',
      );
      const { fault, text } = await send(file);
      expect(fault?.code).to.equal('InvalidContent');
      expect(fault?.description).to.include('нарушений 1');
      const line = file.slice(0, file.indexOf('<f:criteria>')).split('\n').length;
      expect(text).to.include('не преобразуется в 1.1.0').and.include(`${line}`);
    });

    it('a document that breaks its own version is refused at the line that was sent', async () => {
      const { fault, text } = await send(oldFile('1.0.7').replace('2020-02-10', '10.02.2020'));
      expect(fault?.code).to.equal('InvalidContent');
      expect(text).to.include('decisionDate').and.not.include('после преобразования');
    });

    it('where that version has no schema any more, the violation is told of the rewriting, without a line', async () => {
      const { fault, text } = await send(oldFile('1.0.6').replace('2020-02-10', '10.02.2020'));
      expect(fault?.code).to.equal('InvalidContent');
      expect(text).to.include('после преобразования в 10.06.S 1.1.0: ');
    });
  });

  describe('from a participant whose content is checked after the answer', () => {
    before(async () => {
      gateway = await start({ upgrades: ['10.06.S'], contentChecks: 'smev' });
    });
    after(() => gateway.close());
    afterEach(() => gateway.checkInvariants());

    it('they are taken all the same', async () => {
      const region = gateway.as('REG001');
      expect((await send(oldFile('1.0.7'))).fault).to.equal(undefined);
      const protocol = await region.waitForResponse();
      expect(protocol.content).to.match(/recordOK>true</);
      await region.ack(protocol.messageId!);
    });

    it('a loss is told by a status', async () => {
      const region = gateway.as('REG001');
      const file = oldFile('1.0.4').replace('</f:usingSign>', '</f:usingSign><f:criteria>доход</f:criteria>');
      expect((await send(file)).fault).to.equal(undefined);
      const told = await region.waitForResponse();
      expect(told.valueOf('StatusCategory')).to.equal('requestIsRejectedBySmev');
      expect(told.text).to.include('не преобразуется в 1.1.0');
      await region.ack(told.messageId!);
    });
  });

  describe('to a recipient that polls', () => {
    before(async () => {
      gateway = await start({ upgrades: ['10.06.S'] }, 'ZAGS');
    });
    after(() => gateway.close());

    it('they are refused: it is given what the sender signed, or nothing', async () => {
      const { fault } = await send(oldFile('1.0.7'));
      expect(fault?.code).to.equal('BusinessDataTypeIsNotSupported');
    });
  });

  describe('from everyone else', () => {
    before(async () => {
      gateway = await start({ upgrades: ['10.36.S'] });
    });
    after(() => gateway.close());
    afterEach(() => gateway.checkInvariants());

    it('they are refused, the successor named', async () => {
      const { fault } = await send(oldFile('1.0.7'));
      expect(fault?.code).to.equal('BusinessDataTypeIsNotSupported');
      expect(fault?.description).to.include('10.06.S 1.0.7').and.include('используйте 1.1.0');
    });
  });
});
