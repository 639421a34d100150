/** Business content against its schema: every violation named with its line, nothing let through by instance attributes. */
import { createServer } from 'node:net';
import { expect } from 'chai';
import { query } from './contents.js';
import { type Expected, expectRefused, type Wire } from './refusals.js';
import type { Sender } from './sender.js';
import { type TestGateway, testGateway } from './test-gateway.js';

const PERSON = '11737784886';
const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

describe('bad input: content', () => {
  let gateway: TestGateway;
  let agency: Sender;
  before(async () => {
    gateway = await testGateway();
    agency = gateway.as('FED001');
  });
  after(() => gateway.close());

  const refused = (wire: Wire | Promise<Wire>, expected: Partial<Expected>) =>
    expectRefused(gateway, agency, wire, { code: 'InvalidContent', onRecord: true, ...expected });
  const invalid = (content: string, ...errors: (string | RegExp)[]) =>
    refused(agency.buildRequest(content), { errors });
  const changedQuery = (what: string, by: string) => {
    const text = query(PERSON);
    expect(text).to.include(what);
    return text.replace(what, () => by);
  };
  const SNILS = `<b:snils>${PERSON}</b:snils>`;

  it('names every violation of one message, each with its line, column and path', async () => {
    const content = query(PERSON)
      .replace(PERSON, '123')
      .replace('<r:pdfInclude>false', '<r:pdfInclude>нет')
      .replace('<r:jobInclude>false</r:jobInclude>', '')
      .replace('2019-01-01', '01.01.2019')
      .replace('</q:elements>', '</q:elements>\n<q:extra/>');
    const answer = await invalid(content, 'snils', 'pdfInclude', 'jobInclude', 'beginDate', 'extra');
    const { errors, description } = answer.fault!;
    expect(errors.length, errors.join('\n')).to.equal(5);
    for (const error of errors) expect(error).to.match(/^строка \d+, столбец \d+, \/soap:Envelope\/.*requestPackage/);
    expect(errors.at(-1), 'the second line').to.match(/^строка 2, /);
    expect(description).to.include('нарушений 5');
    expect(answer.all('ValidationError').map((e) => answer.tree.attribute(e, 'errorPosition'))).to.deep.equal([
      '1',
      '1',
      '1',
      '1',
      '2',
    ]);
  });

  it('never repeats a value of content in the fault beyond what its sender must see, and never personal data of others', async () => {
    const answer = await invalid(changedQuery(PERSON, '999'), /snils/);
    expect(answer.text).to.not.match(/<q:|<r:/);
  });

  it('refuses a SNILS with a wrong control number or takes it to the registry, never silently changed', async () => {
    const sent = await agency.sendRequest(query('11737784887'));
    if (sent.fault === undefined) {
      const answer = await agency.waitForResponse();
      expect(answer.valueOf('OriginalMessageId')).to.equal(sent.sentId);
      await agency.ack(answer.messageId!);
    } else expect(sent.fault.description).to.match(/СНИЛС|snils/i);
    await gateway.checkInvariants();
  });

  describe('xsi:type', () => {
    const typed = (value: string, more = '') =>
      changedQuery('<r:requestData>', `<r:requestData ${XSI} ${more} xsi:type="${value}">`);

    it('of an undeclared prefix asks to declare it', () => invalid(typed('p:Type'), /объявите префикс «?p»?/i));

    it('of a prefix declared only outside the content asks to declare it there', async () => {
      // Exclusive canonicalisation keeps declarations of names only: what is validated and handed on has no p.
      await invalid(typed('p:Type', 'xmlns:p="urn://egisso-ru/types/prsn-request/2.0.0"'), /объявите префикс «?p»?/i);
    });

    it('of a type that is not, or not one of those allowed there, is refused by its name', async () => {
      await invalid(typed('r:NoSuchType'), /NoSuchType|xsi:type/);
      await invalid(typed('xs:string', 'xmlns:xs="http://www.w3.org/2001/XMLSchema" xs:a=""'), /./);
      await invalid(typed('a:b:c'), /./);
      await invalid(typed(''), /./);
    });

    it('on the signed element of the envelope names no type of another version', async () => {
      const wire = await agency.buildPoll('GetResponse');
      const signed = /<ns3:MessageTypeSelector.*<\/ns3:MessageTypeSelector>/s.exec(wire.body.toString())![0];
      const evil = signed.replace(' Id="', ` ${XSI} xsi:type="ns3:AckTargetMessage" Id="`);
      await refused(agency.sign('GetResponse', evil, 'SIGNED_BY_CONSUMER'), { errors: ['xsi:type'] });
    });
  });

  it('refuses xsi:nil where nothing may be nil', async () => {
    await invalid(changedQuery(SNILS, `<b:snils ${XSI} xsi:nil="true"/>`), /nil|snils/);
    await invalid(changedQuery('<r:requestData>', `<r:requestData ${XSI} xsi:nil="true">`), /nil|requestData/);
  });

  it('fetches no schema a message points to', async () => {
    let visits = 0;
    const server = createServer((socket) => {
      visits++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const { port } = server.address() as { port: number };
    const there = `http://127.0.0.1:${port}/x.xsd`;
    const pointing = `${XSI} xsi:schemaLocation="urn://egisso-ru/msg/10.13.I/2.0.0 ${there} urn:other ${there}" xsi:noNamespaceSchemaLocation="${there}"`;
    const sent = await agency.sendRequest(changedQuery('<q:requestPackage ', `<q:requestPackage ${pointing} `));
    if (sent.fault === undefined) await agency.ack((await agency.waitForResponse()).messageId!);
    await invalid(changedQuery('<q:requestPackage ', `<q:requestPackage ${pointing} `).replace(PERSON, '1'), /snils/);
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expect(visits).to.equal(0);
    await gateway.checkInvariants();
  });

  it('reads the text a comment divides as the signature does, whole', async () => {
    // Comments are not canonicalised: the first text node alone would be another person.
    await invalid(changedQuery(PERSON, '1173778<!-- -->488'), /snils/);
    const sent = await agency.sendRequest(changedQuery(PERSON, '1173778<!-- -->4886'));
    expect(sent.fault).to.equal(undefined);
    const answer = await agency.waitForResponse();
    expect(answer.content).to.include(PERSON);
    await agency.ack(answer.messageId!);
    await gateway.checkInvariants();
  });

  it('refuses values no schema bounds the cost of: a million digits, a hostile pattern', async () => {
    const start = performance.now();
    for (const value of ['1'.repeat(1_000_000), `${'a'.repeat(50_000)}!`, '-'.repeat(100_000)])
      await invalid(changedQuery(PERSON, value), /snils/);
    expect(performance.now() - start).to.be.lessThan(8_000);
  });

  it('tells the first of ten thousand violations and says that there are more', async () => {
    const answer = await invalid(changedQuery('</q:elements>', `</q:elements>${'<q:x/>'.repeat(10_000)}`), /./);
    expect(answer.fault!.errors.length).to.be.lessThan(2_000);
    expect(answer.text.length).to.be.lessThan(2_000_000);
  });
});
