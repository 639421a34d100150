/** HTTP, MIME and the frame of SOAP: what stands around the message. */
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { Version } from '../../src/message/index.js';
import { query } from './contents.js';
import { postHead, rawSocket } from './raw-socket.js';
import { changed, type Expected, expectRefused, leavesOf, type Wire, xml } from './refusals.js';
import type { Sender } from './sender.js';
import { type TestGateway, testGateway } from './test-gateway.js';

const SNILS = '11737784886';
const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';

describe('bad input: transport', () => {
  let gateway: TestGateway;
  let agency: Sender;
  before(async () => {
    gateway = await testGateway();
    agency = gateway.as('FED001');
  });
  after(() => gateway.close());

  const request = (version: Version = '1.2') => agency.buildRequest(query(SNILS), { version });
  const refused = (wire: Wire | Promise<Wire>, expected: Expected) => expectRefused(gateway, agency, wire, expected);
  const poor = { code: 'SignatureVerificationFault', detail: 'PoorSOAPEnvelopeFormat' } as const;

  describe('Content-Type', () => {
    it('names the type it cannot take and those it takes', async () => {
      const { body } = await request();
      for (const contentType of ['text/plain', 'application/json', 'text/html; charset=utf-8']) {
        await refused(
          { contentType, body },
          {
            code: 'InvalidContent',
            says: [contentType.split(';')[0]!, 'text/xml', 'multipart/related'],
          },
        );
      }
    });

    it('tells SOAP 1.2 apart', async () => {
      const { body } = await request();
      await refused({ contentType: 'application/soap+xml', body }, { code: 'InvalidContent', says: ['SOAP 1.1'] });
    });

    it('refuses a parameter given twice and one that cannot be read', async () => {
      const { body } = await request();
      for (const contentType of ['text/xml; charset=utf-8; charset=utf-8', 'text/xml; charset="utf-8']) {
        await refused({ contentType, body }, { code: 'InvalidContent', says: ['Content-Type не читается'] });
      }
    });
  });

  it('takes no compressed body, however small, and says so', async () => {
    const response = await fetch(`${gateway.url}/smev/v1.2/ws`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/xml', 'Content-Encoding': 'gzip' },
      body: gzipSync(Buffer.alloc(2 ** 20)),
    });
    expect(response.status).to.equal(500);
    expect(await response.text())
      .to.include('InvalidContent')
      .and.include('gzip не принимается')
      .and.include('без сжатия');
  });

  describe('the envelope', () => {
    it('says that the root is no envelope, and that SOAP 1.2 is none either', async () => {
      await refused(xml('<x xmlns="urn:x"/>'), { code: 'InvalidContent', says: ['{urn:x}x', SOAP] });
      const soap12 = changed(await request(), SOAP, 'http://www.w3.org/2003/05/soap-envelope');
      await refused(soap12, { code: 'InvalidContent', says: ['Ожидается конверт SOAP 1.1'] });
    });

    it('names the path of the version a message is written in', async () => {
      for (const [version, at] of [
        ['1.1', '1.3'],
        ['1.2', '1.1'],
        ['1.3', '1.2'],
      ] as const) {
        const says = [`/smev/v${version}/ws`, `/smev/v${at}/ws`];
        await refused(request(version), { code: 'InvalidContent', says, version: at });
      }
    });

    it('names the operations where the namespace or the name is unknown', async () => {
      const strange = changed(await request(), 'message-exchange/types/1.2">', 'message-exchange/types/1.7">');
      await refused(strange, { code: 'InvalidContent', says: ['types/1.7', 'SendRequestRequest', 'AckRequest'] });
      const { body } = await request();
      const renamed = body.toString().replaceAll('SendRequestRequest', 'CancelRequestRequest');
      await refused(xml(renamed), { code: 'InvalidContent', says: ['CancelRequestRequest', 'неизвестна'] });
    });

    it('says that GetIncomingQueueStatistics is an operation of 1.1', async () => {
      const { body } = await agency.buildPoll('GetStatus');
      const renamed = body.toString().replaceAll('GetStatusRequest', 'GetIncomingQueueStatisticsRequest');
      await refused(xml(renamed), { code: 'InvalidContent', says: ['/smev/v1.1/ws'] });
    });

    it('refuses an envelope without Body, with two, with an empty one, with two elements in it', async () => {
      const wire = await request();
      const [, content] = /<soap:Body>(.*)<\/soap:Body>/s.exec(wire.body.toString())!;
      const envelope = (inner: string): Wire => xml(`<soap:Envelope xmlns:soap="${SOAP}">${inner}</soap:Envelope>`);
      await refused(envelope(''), { ...poor, says: ['нет soap:Body'] });
      await refused(envelope(`<soap:Header>${content}</soap:Header>`), { ...poor, says: ['нет soap:Body'] });
      const body = `<soap:Body>${content}</soap:Body>`;
      await refused(
        { ...envelope(body + body), messageId: wire.messageId },
        { ...poor, says: ['несколько soap:Body'] },
      );
      await refused(envelope('<soap:Body/>'), { ...poor, says: ['стоит 0'] });
      const twice = { ...envelope(`<soap:Body>${content}${content}</soap:Body>`), messageId: wire.messageId };
      await refused(twice, { ...poor, says: ['стоит 2'] });
    });

    it('refuses elements after Body and text between', async () => {
      const wire = await request();
      await refused(changed(wire, '</soap:Body>', '</soap:Body><x xmlns="urn:x"/>'), {
        code: 'InvalidContent',
        errors: ['Элемент x'],
      });
      await refused(changed(wire, '<soap:Body>', '<soap:Body>текст'), {
        code: 'InvalidContent',
        errors: ['не допускается текст'],
      });
    });

    it('names every departure of the wrapper from its schema', async () => {
      const wire = changed(
        await request(),
        '<ns2:CallerInformationSystemSignature>',
        '<a xmlns="urn:a"/><b xmlns="urn:b"/>$&',
      );
      const answer = await refused(changed(wire, '$&', '<ns2:CallerInformationSystemSignature>'), {
        code: 'InvalidContent',
        errors: ['a', 'b'],
      });
      expect(answer.fault!.errors.length).to.be.greaterThanOrEqual(2);
    });
  });

  describe('size', () => {
    it('refuses 6 MB without attachments, naming both sizes', async () => {
      const big = await agency.buildRequest(
        query(SNILS).replace('</q:elements>', `</q:elements>${' '.repeat(6 * 2 ** 20)}`),
      );
      await refused(big, { code: 'InvalidContent', says: [/Сообщение больше допустимого: 6\d{6} байт/, '5242880'] });
    });

    it('counts what stands beside attachments apart from them', async () => {
      const padded = query(SNILS).replace('</q:elements>', `</q:elements>${' '.repeat(6 * 2 ** 20)}`);
      const content = Buffer.alloc(2 ** 20);
      const attachments = [{ contentId: 'a', mimeType: 'application/octet-stream', content }];
      for (const road of ['inline', 'mtom'] as const) {
        const wire = agency.buildRequest(padded, { attachments, road });
        await refused(wire, {
          code: 'InvalidContent',
          says: [/больше допустимого: 6\d{6} байт/, '5242880'],
          onRecord: true,
        });
      }
    });

    it('refuses a poll of 6 MB the same way', async () => {
      const poll = changed(
        await agency.buildPoll('GetResponse'),
        '<soap:Body>',
        `<soap:Header>${' '.repeat(6 * 2 ** 20)}</soap:Header><soap:Body>`,
      );
      await refused(poll, { code: 'InvalidContent', says: [/Сообщение больше допустимого/, '5242880'] });
    });

    it('answers a body above every bound before it has come, and ends the connection', async () => {
      for (const [type, code] of [
        ['text/xml', 'InvalidContent'],
        ['multipart/related; boundary=b', 'AttachmentSizeLimitExceeded'],
      ]) {
        const raw = await rawSocket(gateway.url);
        await raw.write(postHead(2 ** 34, `Content-Type: ${type}\r\n`));
        const answer = await raw.answer('</soap:Envelope>');
        raw.kill();
        expect(answer)
          .to.match(/^HTTP\/1\.1 500 /)
          .and.match(/connection: close/i)
          .and.include(code!)
          .and.include('5242880');
        if (code !== 'InvalidContent') expect(answer).to.include(String(2 ** 34));
      }
    });

    it('answers a client that goes on writing a body above every bound', async () => {
      const response = await fetch(`${gateway.url}/smev/v1.2/ws`, {
        method: 'POST',
        headers: { 'Content-Type': 'text/xml' },
        body: Buffer.alloc(24 * 2 ** 20, 0x20),
      });
      expect(response.status).to.equal(500);
      expect(await response.text())
        .to.include('InvalidContent')
        .and.include('5242880');
    });

    it('stops reading a chunked body at the bound', async () => {
      const raw = await rawSocket(gateway.url);
      await raw.write(postHead('chunked'));
      const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(2 ** 20, 0x20), Buffer.from('\r\n')]);
      for (let i = 0; i < 14; i++) void raw.write(chunk);
      expect(await raw.answer('</soap:Envelope>'))
        .to.match(/^HTTP\/1\.1 500 /)
        .and.include('InvalidContent');
      raw.kill();
    });
  });

  describe('connections', () => {
    it('stores nothing of a client killed in the middle of its body', async () => {
      const wire = await request();
      const before = await leavesOf(gateway);
      for (const share of [0, 0.5, 0.999]) {
        const raw = await rawSocket(gateway.url);
        await raw.write(postHead(wire.body.length));
        await raw.write(wire.body.subarray(0, Math.floor(wire.body.length * share)));
        raw.kill();
      }
      expect((await agency.poll('GetStatus')).fault).to.equal(undefined);
      expect(await gateway.store.message(wire.messageId)).to.equal(undefined);
      expect(await leavesOf(gateway)).to.deep.equal(before);
      await gateway.checkInvariants();
    });

    it('serves others while a body comes byte by byte, and takes it once it is whole', async () => {
      const wire = await request();
      const raw = await rawSocket(gateway.url);
      await raw.write(postHead(wire.body.length));
      for (const byte of wire.body.subarray(0, 50)) {
        await raw.write(Buffer.of(byte));
      }
      expect((await agency.poll('GetStatus')).fault).to.equal(undefined);
      expect(await gateway.store.message(wire.messageId)).to.equal(undefined);
      await raw.write(wire.body.subarray(50));
      expect(await raw.answer('</soap:Envelope>')).to.include('requestIsQueued');
      raw.kill();
      expect(await gateway.store.message(wire.messageId)).to.not.equal(undefined);
      await agency.ack((await agency.waitForResponse()).messageId!);
      await gateway.checkInvariants();
    });

    it('answers other methods, versions and paths with what there is', async () => {
      const put = await fetch(`${gateway.url}/smev/v1.2/ws`, { method: 'PUT', body: 'x' });
      expect([put.status, put.headers.get('allow')]).to.deep.equal([405, 'GET, POST']);
      const version = await fetch(`${gateway.url}/smev/v2.0/ws`, { method: 'POST', body: 'x' });
      expect([version.status, await version.text()]).to.deep.equal([404, 'Версии 1.1, 1.2, 1.3: /smev/v1.2/ws\n']);
    });

    it('refuses broken HTTP and stays up', async () => {
      for (const broken of [
        'NONSENSE\r\n\r\n',
        `${postHead(5).replace('Content-Length: 5', 'Content-Length: 5\r\nContent-Length: 6')}xxxxx`,
        postHead('chunked').replace('\r\n\r\n', '\r\nContent-Length: 4\r\n\r\n0\r\n\r\n'),
      ]) {
        const raw = await rawSocket(gateway.url);
        await raw.write(broken);
        expect(await raw.answer()).to.match(/^HTTP\/1\.1 400 /);
      }
      await gateway.checkInvariants();
    });
  });
});
