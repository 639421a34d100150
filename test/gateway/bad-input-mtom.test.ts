/** MTOM: the frame of a multipart message, and where xop:Include may stand. */
import { announcement, factsFile } from './contents.js';
import { changed, type Expected, expectRefused, type Wire } from './refusals.js';
import type { Sender } from './sender.js';
import { type TestGateway, testGateway } from './test-gateway.js';

describe('bad input: MTOM', () => {
  let gateway: TestGateway;
  let region: Sender;
  before(async () => {
    gateway = await testGateway();
    region = gateway.as('REG001');
  });
  after(() => gateway.close());

  const refused = (wire: Wire | Promise<Wire>, expected: Expected) => expectRefused(gateway, region, wire, expected);
  const file = { contentId: 'facts.xml', mimeType: 'application/xml', content: Buffer.from(factsFile()) };
  const mtom = async () => {
    const { body, ...wire } = await region.buildRequest(announcement(), { attachments: [file] });
    return { ...wire, body: body.toString() };
  };

  it('refuses a boundary that does not occur, is missing, is not closed', async () => {
    const wire = await mtom();
    const other = { ...wire, contentType: wire.contentType.replace(/uuid:/, 'other:') };
    await refused(other, { code: 'InvalidContent', says: ['boundary'] });
    const none = { ...wire, contentType: wire.contentType.replace(/boundary="[^"]+";/, '') };
    await refused(none, { code: 'InvalidContent', says: ['boundary'] });
    await refused(changed(wire, /--\r\n$/, '\r\n'), { code: 'InvalidContent', says: ['нет закрывающей границы'] });
  });

  it('names the part that start points to in vain', async () => {
    const wire = await mtom();
    const lost = { ...wire, contentType: wire.contentType.replace(/start="[^"]+"/, 'start="<nowhere@x>"') };
    await refused(lost, { code: 'InvalidContent', says: ['start', 'nowhere@x'] });
  });

  it('names the Content-ID an attachment refers to in vain', async () => {
    const wire = changed(await mtom(), 'cid:attachment-1', 'cid:attachment-9');
    const says = ['attachment-9@gateway', 'facts.xml'];
    await refused(wire, { code: 'AttachmentContentMiscoordination', says, onRecord: true });
  });

  it('refuses two parts of one Content-ID and a part whose encoding it cannot read', async () => {
    const wire = await mtom();
    const [part] = /--uuid:[^\r]+\r\nContent-Type: application\/octet-stream.*?(?=--uuid:[^\r]+--)/s.exec(wire.body)!;
    await refused(
      { ...wire, body: wire.body.replace(part, () => part + part) },
      { code: 'InvalidContent', says: ['Content-ID', 'повторяется'] },
    );
    const encoded = changed(wire, /binary(?=\r\nContent-ID: <attachment)/, 'x-gzip');
    await refused(encoded, { code: 'InvalidContent', says: ['x-gzip'] });
  });

  it('follows xop:Include in Content only', async () => {
    const include =
      '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:attachment-1%40gateway"/>';
    const inContent = await region.buildRequest(announcement().replace('true', include), { attachments: [file] });
    await refused(inContent, {
      code: 'InvalidContent',
      errors: ['attachment допускается только значение'],
      onRecord: true,
    });
    const inId = changed(await mtom(), '<Id>facts.xml</Id>', `<Id>${include}</Id>`);
    await refused(inId, { code: 'InvalidContent', says: ['AttachmentContentList'], onRecord: true });
  });

  it('takes an Include from no file and no network', async () => {
    for (const href of ['file:///etc/passwd', 'http://127.0.0.1:1/x', 'cid:']) {
      const wire = changed(await mtom(), 'cid:attachment-1%40gateway', href);
      await refused(wire, { code: 'InvalidContent', errors: ['cid:'], onRecord: true });
    }
  });
});
