/** Attachments: pairs, sizes, formats inside files; what is wrong in a file is named by file, line and path, and nothing of it reaches the registry. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../src/config/index.js';
import type { Attachment } from '../../src/message/index.js';
import { announcement, factsFile as fileOf } from './contents.js';
import { changed, type Expected, expectRefused, type Wire } from './refusals.js';
import type { Sender, SendOptions } from './sender.js';
import { type TestGateway, testGateway } from './test-gateway.js';

const ROADS = ['inline', 'mtom'] as const;
const LIMIT = 5 * 2 ** 20;
/** Nobody the registry was seeded with. */
const PERSON = '64003696972';

const factsFile = () => fileOf({ snils: PERSON });

describe('bad input: attachments', () => {
  let gateway: TestGateway;
  let region: Sender;
  before(async () => {
    gateway = await testGateway();
    region = gateway.as('REG001');
  });
  after(() => gateway.close());
  afterEach(async () => {
    const found = await fetch(`${gateway.registryUrl}/facts?snils=${PERSON}`);
    expect(await found.json(), 'nothing reached the registry').to.deep.equal({ facts: [] });
  });

  const file = (contentId: string, text: string | Buffer = 'текст', mimeType = 'text/plain'): Attachment => ({
    contentId,
    mimeType,
    content: Buffer.from(text),
  });
  const xml = (text: string) => file('facts.xml', text, 'application/xml');
  const send = (attachments: readonly Attachment[], options: SendOptions = {}) =>
    region.buildRequest(announcement(), { attachments, ...options });
  const refused = (wire: Wire | Promise<Wire>, expected: Expected) =>
    expectRefused(gateway, region, wire, { onRecord: true, ...expected });
  const apart = (...says: (string | RegExp)[]): Expected => ({ code: 'AttachmentContentMiscoordination', says });

  describe('headers and contents', () => {
    const LIST = /<AttachmentContentList.*<\/AttachmentContentList>/s;
    const item = (id: string) => `<AttachmentContent><Id>${id}</Id><Content>AAAA</Content></AttachmentContent>`;

    it('name a file that is missing', async () => {
      await refused(changed(await send([file('один')]), LIST, ''), apart('нет содержимого для «один»'));
      const wire = await send([file('один'), file('два')], { road: 'inline' });
      await refused(changed(wire, /<AttachmentContent><Id>два.*?<\/AttachmentContent>/s, ''), apart('«два»'));
    });

    it('name a file nobody announced', async () => {
      const wire = await send([file('один')], { road: 'inline' });
      await refused(
        changed(wire, '</AttachmentContentList>', `${item('три')}</AttachmentContentList>`),
        apart('нет заголовка для «три»'),
      );
    });

    it('name a content that comes twice', async () => {
      const wire = await send([file('один')], { road: 'inline' });
      const twice = changed(wire, '</AttachmentContentList>', `${item('один')}</AttachmentContentList>`);
      const answer = await region.post(twice);
      expect(answer.fault?.code).to.be.oneOf(['AttachmentContentMiscoordination', 'InvalidContent']);
      expect(answer.text).to.include('один');
      expect(await gateway.store.message(wire.messageId)).to.equal(undefined);
      await gateway.checkInvariants();
    });

    it('name a header that comes twice', async () => {
      const twins = [file('один'), file('один', 'другой')];
      const answer = await region.post(await send(twins));
      expect(answer.fault?.code).to.be.oneOf(['AttachmentContentMiscoordination', 'InvalidContent']);
      expect(answer.text).to.include('один');
      await gateway.checkInvariants();
    });

    it('pair in any order', async () => {
      const wire = await send([file('один'), file('два')], { road: 'inline' });
      const swapped = wire.body
        .toString()
        .replace(/(<AttachmentContent>.*?<\/AttachmentContent>)(<AttachmentContent>.*?<\/AttachmentContent>)/s, '$2$1');
      const answer = await region.post({ ...wire, body: swapped });
      expect(answer.fault).to.equal(undefined);
      await region.ack((await region.waitForResponse()).messageId!);
    });

    it('are refused without base64, or with half of it', async () => {
      const wire = await send([file('один')], { road: 'inline' });
      for (const bad of ['*', 'AAA', '<b/>', 'AA=A'])
        await refused(changed(wire, /(?<=<Content>)[^<]*/, bad), {
          code: 'InvalidContent',
          says: ['AttachmentContentList'],
        });
    });
  });

  describe('size', () => {
    for (const road of ROADS) {
      it(`of more than 5 MB together is refused with both numbers (${road})`, async () => {
        const half = Buffer.alloc(LIMIT / 2);
        const wire = send([file('один', half), file('два', Buffer.concat([half, Buffer.of(1)]))], { road });
        const answer = await refused(wire, {
          code: 'AttachmentSizeLimitExceeded',
          says: [String(LIMIT + 1), String(LIMIT), 'файловое хранилище'],
        });
        expect(answer.valueOf('RealTotalAttachmentSize')).to.equal(String(LIMIT + 1));
        expect(answer.valueOf('PermittedTotalAttachmentSize')).to.equal(String(LIMIT));
      });

      it(`of exactly 5 MB is good (${road})`, async () => {
        const answer = await region.post(await send([file('один', Buffer.alloc(LIMIT))], { road }));
        expect(answer.fault).to.equal(undefined);
        await gateway.checkInvariants();
        await region.ack((await region.waitForResponse()).messageId!);
      });
    }

    it('of 1,001 parts is too many', async () => {
      const many = Array.from({ length: 1_001 }, (_, i) => file(`f${i}`, 'x'));
      await refused(send(many, { road: 'mtom' }), {
        code: 'InvalidContent',
        says: ['Частей больше 1000'],
        onRecord: false,
      });
    });
  });

  describe('a file', () => {
    it('that is not well-formed is named with line and column', async () => {
      await refused(send([xml('<a>\n<b></a>')]), {
        code: 'InvalidContent',
        errors: [/вложение facts\.xml, строка 2, столбец \d+.*Закрывающий тег/],
      });
      await refused(send([xml('')]), { code: 'InvalidContent', errors: ['facts.xml'] });
    });

    it('with a DOCTYPE, an entity or another encoding is refused as a message is', async () => {
      const entity = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>';
      const answer = await refused(send([xml(entity)]), {
        code: 'InvalidContent',
        errors: [/вложение facts\.xml.*DOCTYPE/],
      });
      expect(answer.text).to.not.include('root:');
      const cyrillic = `<?xml version="1.0" encoding="windows-1251"?>${factsFile()}`;
      await refused(send([xml(cyrillic)]), { code: 'InvalidContent', errors: ['windows-1251'] });
    });

    it('of a retired format is refused with the date and the version to use', async () => {
      const twin = factsFile().replaceAll('10.06.S/1.1.0', '10.06.S/1.0.7');
      const says = ['facts.xml', '10.06.S 1.0.7', 'выведен из действия 01.12.2025', 'используйте 1.1.0'];
      await refused(send([xml(twin)]), { code: 'BusinessDataTypeIsNotSupported', says });
    });

    it("of a retired format is refused so with the operator's own sample (../shared)", async function () {
      const sample = join(projectRoot(), '../shared/reference/formats/samples/egisso/10.06.S-1.0.7.data.xml');
      if (!existsSync(sample)) this.skip();
      const says = ['10.06.S 1.0.7', 'используйте 1.1.0'];
      await refused(send([xml(readFileSync(sample, 'utf8'))]), { code: 'BusinessDataTypeIsNotSupported', says });
    });

    it('of no format we know is refused by its root, and so is one that goes elsewhere', async () => {
      await refused(send([xml('<x xmlns="urn:x"/>')]), {
        code: 'BusinessDataTypeIsNotSupported',
        says: ['facts.xml', '{urn:x}x'],
      });
      const other = announcement();
      const answer = await region.post(await send([xml(other)]));
      expect(answer.fault, 'an announcement inside an announcement').to.not.equal(undefined);
      await gateway.checkInvariants();
    });

    for (const road of ROADS) {
      it(`with five violations gets five ValidationErrors, each with file, line and path (${road})`, async () => {
        const broken = factsFile()
          .replace('0001.000001', '1')
          .replace('>Female<', '>Woman<')
          .replace('1980-05-17', '17.05.1980')
          .replace('<f:decisionDate>2020-02-10</f:decisionDate>', '')
          .replace('1500,00', 'много');
        const answer = await refused(send([xml(broken)], { road }), {
          code: 'InvalidContent',
          says: ['нарушений 5'],
          errors: ['oszCode', 'Gender', 'BirthDate', 'decisionDate', 'amount'],
        });
        const { errors } = answer.fault!;
        expect(errors.length, errors.join('\n')).to.equal(5);
        for (const error of errors)
          expect(error).to.match(/^вложение facts\.xml, строка \d, столбец \d+, \/d:data\/p:package\//);
        expect(answer.all('ValidationError').map((e) => answer.tree.attribute(e, 'errorPosition'))).to.not.include(
          '-1',
        );
      });
    }

    it('beside a good one refuses the whole message', async () => {
      const good = file('good.xml', factsFile(), 'application/xml');
      await refused(send([good, xml(factsFile().replace('>Female<', '>Woman<'))]), {
        code: 'InvalidContent',
        errors: [/^вложение facts\.xml/],
      });
    });

    it('changed on the way is not what its sender announced: the journal names its own hash', async () => {
      const wire = await send([xml(factsFile())], { road: 'inline' });
      const other = Buffer.from('<x xmlns="urn:x"/>').toString('base64');
      await refused(changed(wire, /(?<=<Content>)[^<]*/, other), {
        code: 'BusinessDataTypeIsNotSupported',
        says: ['{urn:x}x'],
      });
    });
  });
});
