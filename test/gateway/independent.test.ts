/** The whole story told by a client in another language: its signatures, its MTOM, its reading of our answers. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { v4 as uuidv4 } from 'uuid';
import { projectRoot } from '../../src/config/index.js';
import type { Version } from '../../src/message/index.js';
import { findPython, IndependentClient, type Seen } from '../independent/smev-client.js';
import { announcement, factsFile, query } from './contents.js';
import { pulled, statement } from './pull-world.js';
import { type TestGateway, testGateway } from './test-gateway.js';

const VERSIONS = ['1.1', '1.2', '1.3'] as const;
const ROADS = ['mtom', 'inline'] as const;
const SAMPLES = join(projectRoot(), '..', 'shared', 'reference', 'formats', 'samples');
const python = findPython();
const NEEDS = python === undefined ? ' (needs python3-lxml)' : '';
const SHARED = existsSync(SAMPLES) ? '' : ' (needs ../shared)';

const base64 = (text: string) => Buffer.from(text).toString('base64');
/** Content of an answer without prefixes, declarations and blanks: what two writers must agree on. */
const essence = (xml: string) =>
  xml
    .replace(/<\?xml[^>]*\?>/, '')
    .replace(/ xmlns(:\w+)?="[^"]*"/g, '')
    .replace(/<(\/?)[\w.-]+:/g, '<$1')
    .replace(/<([\w.-]+)\s*\/>/g, '<$1></$1>')
    .replace(/>\s+</g, '><')
    .trim();

describe(`an independent client${NEEDS}`, () => {
  let gateway: TestGateway;
  let client: IndependentClient;

  async function start(snapshot?: Parameters<typeof testGateway>[0]): Promise<void> {
    gateway = await testGateway({ threads: 1, ...snapshot });
    client = new IndependentClient(python!, gateway.url, join(gateway.folder, 'certs-dev'));
  }
  async function stop(): Promise<void> {
    await client.close();
    await gateway.checkInvariants();
    await gateway.close();
  }

  /** REG001 announces a file; the protocol that answers it. */
  async function announce(file: string, version: Version, road: string, format?: '1.0.4'): Promise<Seen> {
    const attachments = [{ id: 'file-1', mime: 'application/xml', base64: base64(file) }];
    const content = announcement(format);
    const sent = await client.run({ do: 'send', as: 'REG001', version, content, attachments, road });
    expect(sent.fault, sent.description).to.equal(null);
    expect(sent.messageStatus).to.equal('requestIsQueued');
    expect(sent.signers).to.deep.equal({ smev: 'gateway' });
    const answer = await client.wait({ as: 'REG001', version });
    expect(answer.original).to.equal(sent.sentId);
    expect(answer.signers).to.deep.equal({ smev: 'gateway', sender: 'EGISSO' });
    expect(answer.wrapper).to.equal('GetResponseResponse');
    expect((await client.run({ do: 'ack', as: 'REG001', version, messageId: answer.messageId })).fault).to.equal(null);
    return answer;
  }
  async function ask(content: string, version: Version): Promise<Seen> {
    const sent = await client.run({ do: 'send', as: 'FED001', version, content });
    expect(sent.fault, sent.description).to.equal(null);
    const answer = await client.wait({ as: 'FED001', version });
    expect(answer.original).to.equal(sent.sentId);
    expect(answer.signers).to.deep.equal({ smev: 'gateway', sender: 'EGISSO' });
    expect((await client.run({ do: 'ack', as: 'FED001', version, messageId: answer.messageId })).fault).to.equal(null);
    return answer;
  }

  describe('with the sandbox registry', () => {
    before(async function () {
      if (python === undefined) this.skip();
      else await start();
    });
    after(() => (python === undefined ? undefined : stop()));

    for (const version of VERSIONS) {
      for (const road of ROADS) {
        it(`registers facts by ${road} and reads them back (${version})`, async () => {
          const protocol = await announce(factsFile({ snils: '64003696972' }), version, road);
          expect(protocol.content).to.match(/recordOK>true</);
          const answer = await ask(query('64003696972'), version);
          expect(answer.content).to.include('1500.00');
        });

        it(`gets the protocol of 10.10.I 1.0.4 as an attachment by the road it used, ${road} (${version})`, async () => {
          const protocol = await announce(factsFile(), version, road, '1.0.4');
          expect(protocol.attachments?.map((a) => a.road)).to.deep.equal([road]);
          const file = Buffer.from(protocol.attachments![0]!.base64, 'base64').toString();
          expect(file).to.match(/recordOK>true</);
        });
      }

      it(`reads faults with regular expressions (${version})`, async () => {
        const refused = await client.run({
          do: 'ack',
          as: 'FED001',
          version,
          messageId: '5a1e0f00-0000-11f0-8000-000000000000',
        });
        expect([refused.status, refused.fault]).to.deep.equal([500, 'TargetMessageIsNotFound']);
        expect(refused.description).to.match(/^SMEV-501:/);
      });
    }

    // The registry knows a fact and a package by their ids: the first case sends the file as it is, the others under new ones.
    let isFirst = true;
    for (const version of VERSIONS) {
      for (const road of ROADS) {
        it(`registers the published 10.06.S by ${road} and reads it back (${version})${SHARED}`, async function () {
          if (SHARED !== '') this.skip();
          const published = readFileSync(join(SAMPLES, 'derived', '10.06.S-1.1.0.from-etalon-1.0.7.xml'), 'utf8');
          const file = isFirst
            ? published
            : published.replace(/>[0-9a-f-]{36}(?=<\/ns1:(packageId|uuid)>)/g, () => `>${uuidv4()}`);
          isFirst = false;
          const before = essence((await ask(query('05686067192'), version)).content ?? '').split('<assignment>').length;
          const protocol = await announce(file, version, road);
          expect(protocol.content).to.match(/recordOK>true</);
          const answer = await ask(query('05686067192'), version);
          expect(answer.content).to.include('14506.00').and.include('05686067192');
          expect(essence(answer.content ?? '').split('<assignment>').length).to.equal(before + 1);
        });
      }
    }

    it(`gets the published answer to the published question 10.13.I 2.0.0${SHARED}`, async function () {
      if (SHARED !== '') this.skip();
      const read = (name: string) => readFileSync(join(SAMPLES, 'egisso', name), 'utf8');
      for (const n of ['1', '0']) {
        const answer = await ask(read(`10.13.I-2.0.0.request.${n}.xml`), '1.2');
        expect(essence(answer.content ?? '')).to.equal(essence(read(`10.13.I-2.0.0.response.${n}.xml`)));
      }
    });

    it('gets an empty statement for a SNILS with a wrong control number', async () => {
      const answer = await ask(query('12345678900'), '1.2');
      expect(essence(answer.content ?? '')).to.include(
        '<snils>12345678900</snils></person><assignments></assignments>',
      );
    });
  });

  describe('with a partner that polls', () => {
    before(async function () {
      if (python === undefined) this.skip();
      else await start({ snapshot: pulled() });
    });
    after(() => (python === undefined ? undefined : stop()));

    for (const from of VERSIONS) {
      for (const to of VERSIONS) {
        it(`verifies what is handed out: ${from} to ${to}`, async () => {
          const file = [
            { id: 'a', mime: 'application/octet-stream', base64: Buffer.from([0, 13, 10, 255]).toString('base64') },
          ];
          const send = { do: 'send', version: from, attachments: file, road: 'mtom' } as const;
          const sent = await client.run({ ...send, as: 'FED001', content: query('11737784886') });
          const request = await client.run({ do: 'poll', as: 'PFR', version: to, operation: 'GetRequest' });
          expect(request.messageId).to.equal(sent.sentId);
          expect(request.signers).to.deep.equal({ smev: 'gateway', ...(from === to ? { sender: 'FED001' } : {}) });
          expect(request.attachments).to.deep.equal([{ id: 'a', base64: file[0]!.base64, road: 'mtom' }]);
          await client.run({ do: 'ack', as: 'PFR', version: to, messageId: sent.sentId });
          const answer = await client.run({ ...send, as: 'PFR', to: request.replyTo, content: statement() });
          expect([answer.fault, answer.signers]).to.deep.equal([null, { smev: 'gateway' }]);
          const response = await client.wait({ as: 'FED001', version: to });
          expect(response.signers).to.deep.equal({ smev: 'gateway', ...(from === to ? { sender: 'PFR' } : {}) });
          expect(response.original).to.equal(sent.sentId);
          await client.run({ do: 'ack', as: 'FED001', version: to, messageId: response.messageId });
          const empty = await client.run({ do: 'poll', as: 'FED001', version: to, operation: 'GetStatus' });
          expect([empty.fault, empty.isEmpty]).to.deep.equal([null, true]);
        });
      }
    }
  });
});
