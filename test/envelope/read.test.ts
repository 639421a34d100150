import { expect } from 'chai';
import * as envelope from '../../src/envelope/index.js';
import { type Fault, isFault } from '../../src/faults/index.js';
import { VERSIONS, type Version } from '../../src/message/index.js';
import { isXmlProblem, parseXml } from '../../src/xml/index.js';
import { AT, MESSAGE_ID, SIGNATURE, signedSamples } from './samples.js';

function read(xml: string, version: Version): envelope.Envelope | Fault {
  const tree = parseXml(Buffer.from(xml));
  if (isXmlProblem(tree)) throw new Error(`${tree.textEn}: ${xml}`);
  return envelope.readEnvelope(tree, version);
}

function message(version: Version, operation: 'SendRequest' | 'Ack' | 'GetStatus' = 'SendRequest'): string {
  const signed = signedSamples(version).find((sample) => sample.operation === operation)!.xml;
  return envelope.operation(version, operation, { signed, signature: SIGNATURE }).body.toString();
}

/** Texts of the violations of an InvalidContent, in order. */
function violations(found: envelope.Envelope | Fault): readonly string[] {
  if (!isFault(found)) return expect.fail('no fault');
  expect(found.fault).to.equal('InvalidContent');
  for (const { line, column, path, textEn } of found.violations ?? []) {
    expect([typeof line, typeof column, typeof path, typeof textEn]).to.deep.equal([
      'number',
      'number',
      'string',
      'string',
    ]);
  }
  return (found.violations ?? []).map(({ text }) => text);
}

describe('envelope/read: one endpoint, the operation is the root of the body', () => {
  for (const version of VERSIONS) {
    it(`${version}: finds the operation, the signed element and the block of every operation`, () => {
      for (const operation of envelope.operationsOf(version)) {
        const sample = signedSamples(version).find((one) => one.operation === operation);
        const signed = sample?.xml ?? envelope.timestamp(version, AT, 'T');
        const nodeId = operation === 'GetIncomingQueueStatistics' ? 'n' : undefined;
        const xml = envelope.operation(version, operation, { signed, signature: SIGNATURE, nodeId }).body;
        const tree = parseXml(xml);
        if (isXmlProblem(tree)) return expect.fail(tree.textEn);
        const found = envelope.readEnvelope(tree, version);
        if (isFault(found)) return expect.fail(JSON.stringify(found));
        expect(found.operation).to.equal(operation);
        expect(tree.localNameOf(found.signed)).to.equal(envelope.SIGNED[operation].local);
        expect(tree.localNameOf(found.signatureBlock)).to.equal('CallerInformationSystemSignature');
        expect(found.nodeId).to.equal(nodeId);
      }
      return undefined;
    });
  }

  it('any prefix, a header with mustUnderstand, white space, comments, a byte-order mark: all the same', () => {
    const action =
      '<s:Header><a:Action s:mustUnderstand="1" xmlns:a="http://schemas.microsoft.com/ws/2005/05/addressing/none">urn:SendRequest</a:Action></s:Header>';
    const xml = `\ufeff<?xml version="1.0"?>\n${message('1.2')
      .replaceAll('soap:', 's:')
      .replace('xmlns:soap', 'xmlns:s')
      .replace('<s:Body>', `\n<!-- c -->${action}\n<s:Body Id="body"> `)
      .replace('</s:Body>', '\n</s:Body>')}`;
    expect(read(xml, '1.2')).to.have.property('operation', 'SendRequest');
  });

  it('Body missing, doubled, empty or of several elements is PoorSOAPEnvelopeFormat', () => {
    const xml = message('1.2', 'Ack');
    const body = /<soap:Body>.*<\/soap:Body>/s.exec(xml)![0];
    const content = body.slice('<soap:Body>'.length, -'</soap:Body>'.length);
    for (const changed of ['', body + body, '<soap:Body/>', body.replace(content, content + content)]) {
      const found = read(xml.replace(body, changed), '1.2');
      expect(found).to.include({ fault: 'SignatureVerificationFault', signature: 'PoorSOAPEnvelopeFormat' });
    }
  });

  it('an element beside Header and Body, and text between them, are violations', () => {
    const xml = message('1.2', 'Ack');
    expect(violations(read(xml.replace('</soap:Envelope>', '<x/></soap:Envelope>'), '1.2'))[0]).to.include('Элемент x');
    expect(violations(read(xml.replace('<soap:Body>', 'text<soap:Body>'), '1.2'))[0]).to.include(
      'не допускается текст',
    );
    expect(violations(read(xml.replace('</soap:Envelope>', '<soap:Header/></soap:Envelope>'), '1.2'))).to.have.length(
      1,
    );
  });

  it('another root, SOAP 1.2 and a bare wrapper are refused by name', () => {
    expect(violations(read('<a/>', '1.2'))[0]).to.include('{}a');
    const soap12 = message('1.2').replace(
      'http://schemas.xmlsoap.org/soap/envelope/',
      'http://www.w3.org/2003/05/soap-envelope',
    );
    expect(violations(read(soap12, '1.2'))[0]).to.include('http://www.w3.org/2003/05/soap-envelope');
  });

  it('a message of another version is told its address', () => {
    for (const version of VERSIONS) {
      for (const other of VERSIONS.filter((one) => one !== version)) {
        expect(violations(read(message(version), other))[0]).to.include(`отправьте его на /smev/v${version}/ws`);
      }
    }
  });

  it('an unknown operation is told what there is; GetIncomingQueueStatistics after 1.1, where it is', () => {
    const unknown = message('1.3', 'Ack').replaceAll('AckRequest', 'GetIncomingQueueStatisticsRequest');
    expect(violations(read(unknown, '1.3'))[0])
      .to.include('/smev/v1.1/ws')
      .and.include('SendRequestRequest');
    expect(violations(read(message('1.3', 'Ack').replaceAll('AckRequest', 'AckResponse'), '1.3'))[0]).to.include(
      'AckResponse',
    );
  });

  it('no signature block is InvalidContent without violations, as the real one answers', () => {
    for (const version of VERSIONS) {
      const xml = message(version, 'GetStatus').replace(/<ns2:Caller.*<\/ns2:CallerInformationSystemSignature>/s, '');
      expect(violations(read(xml, version))).to.deep.equal([]);
    }
  });

  it('an empty block, and whatever stands in it, is left to the signature stage', () => {
    const xml = message('1.2').replace(SIGNATURE, '');
    expect(read(xml, '1.2')).to.have.property('signatureBlock');
  });

  it('every violation of the wrapper is told at once, in document order, with its place', () => {
    const { basic, types } = envelope.NAMESPACES['1.2'];
    const block = '<ns2:CallerInformationSystemSignature/>';
    const xml = `<soap:Envelope xmlns:soap="${envelope.SOAP_NAMESPACE}"><soap:Body><ns2:SendRequestRequest xmlns:ns2="${types}" a="b">
<b:AttachmentContentList xmlns:b="${basic}"/>
<ns2:Unknown/>text
${block}
${block}
</ns2:SendRequestRequest></soap:Body></soap:Envelope>`;
    const found = read(xml, '1.2');
    expect(violations(found)).to.have.length(5);
    const [attribute, text, missing, unknown, second] = (found as Fault).violations!;
    expect(attribute!.text).to.include('Атрибут a');
    expect(text!.text).to.include('не допускается текст');
    expect(missing).to.include({ line: 2, column: 1 });
    expect(missing!.text).to.include('SenderProvidedRequestData');
    expect(unknown).to.include({ line: 3, path: '/soap:Envelope/soap:Body/ns2:SendRequestRequest/ns2:Unknown' });
    expect(unknown!.text).to.include('CallerInformationSystemSignature');
    expect(second).to.include({ line: 5 });
  });

  it('Routing exists in 1.3 alone and is judged whole', () => {
    const { routing } = envelope.NAMESPACES['1.3'];
    const information = (id: string) =>
      `<r:Routing xmlns:r="${routing}"><r:RoutingInformation Id="r"><r:MessageID>${id}</r:MessageID><r:DynamicRouting><r:DynamicValue>1</r:DynamicValue></r:DynamicRouting></r:RoutingInformation><r:RoutingSignature>${SIGNATURE}</r:RoutingSignature></r:Routing>`;
    const build = (version: Version, id: string) =>
      envelope
        .operation(version, 'SendRequest', {
          signed: signedSamples(version)[0]!.xml,
          signature: SIGNATURE,
          routing: information(id),
        })
        .body.toString();
    expect(read(build('1.3', MESSAGE_ID), '1.3')).to.have.property('routing');
    expect(violations(read(build('1.3', 'x'), '1.3'))[0]).to.include('UUID');
    expect(violations(read(build('1.2', MESSAGE_ID), '1.2'))[0]).to.include('Routing');
  });
});

describe('envelope/content: what the signed element says', () => {
  function signed<O extends 'SendRequest' | 'GetRequest' | 'Ack' | 'GetStatus'>(
    xml: string,
    version: Version,
    operation: O,
  ) {
    const tree = parseXml(Buffer.from(xml));
    if (isXmlProblem(tree)) throw new Error(tree.textEn);
    const data = envelope.readSigned(tree, tree.root, version, operation);
    if (isFault(data)) throw new Error(JSON.stringify(data));
    return data;
  }

  it('a selector has both parts of a name or none; values are collapsed as the schema says', () => {
    const type = { namespace: 'urn:a', local: 'Запрос' };
    const full = envelope.messageTypeSelector('1.3', { type, nodeId: ' n ', timestamp: AT }, 'S');
    const spaced = full.replace('urn:a', ' urn:a\n').replace('Запрос', ' Запрос ');
    expect(signed(spaced, '1.3', 'GetRequest')).to.deep.equal({
      kind: 'selector',
      id: 'S',
      type,
      timestamp: AT,
      nodeId: ' n ',
    });
    const empty = envelope.messageTypeSelector('1.1', { timestamp: AT }, 'S');
    expect(signed(empty, '1.1', 'GetRequest')).to.deep.equal({ kind: 'selector', id: 'S', timestamp: AT });
  });

  it('accepted is required in 1.1 and true where later versions leave it out', () => {
    const xml = envelope.ackTarget('1.2', MESSAGE_ID, false, 'A');
    expect(signed(xml, '1.2', 'Ack')).to.include({ messageId: MESSAGE_ID, accepted: false });
    expect(signed(xml.replace(' accepted="false"', ''), '1.2', 'Ack')).to.include({ accepted: true });
    expect(signed(xml.replace('"false"', '" 1 "'), '1.2', 'Ack')).to.include({ accepted: true });
    expect(() =>
      signed(envelope.ackTarget('1.1', MESSAGE_ID, true, 'A').replace(' accepted="true"', ''), '1.1', 'Ack'),
    ).to.throw('accepted');
  });

  it('a time without zone is read in the zone given', () => {
    const xml = envelope.timestamp('1.2', AT, 'T').replace('+03:00', '');
    expect(signed(xml, '1.2', 'GetStatus')).to.include({ timestamp: AT });
    const tree = parseXml(Buffer.from(xml));
    if (isXmlProblem(tree)) return expect.fail(tree.textEn);
    expect(envelope.readSigned(tree, tree.root, '1.2', 'GetStatus', () => 600)).to.include({
      timestamp: AT - 7 * 3_600_000,
    });
    return undefined;
  });

  it('headers carry all they say, content is the one element', () => {
    const data = signed(signedSamples('1.3')[1]!.xml, '1.3', 'SendRequest');
    expect(data.contentName).to.deep.equal({ namespace: 'urn://format/query/1.0.0', local: 'Query' });
    expect(data.attachmentHeaders).to.deep.equal([
      { contentId: 'first', mimeType: 'application/pdf', pkcs7: Buffer.from('signature') },
      {
        contentId: 'second',
        mimeType: 'text/xml',
        namespaceUri: 'urn:x',
        archive: [{ name: 'a.xml', namespaceUri: 'urn:y' }],
      },
    ]);
    expect(data.refAttachmentHeaders).to.deep.equal([
      { uuid: MESSAGE_ID, hash: 'aGFzaA==', fileName: 'a.zip', mimeType: 'application/zip', namespaceUri: 'urn:z' },
    ]);
    expect(data).to.include({ test: true, eol: AT, nodeId: 'node' });
    expect(data).to.have.property('personalSignature');
    expect(data).to.have.property('businessProcessMetadata');
  });

  it('a hostile document gets at most a thousand violations', () => {
    const xml = envelope.requestData('1.2', { messageId: MESSAGE_ID, content: '<q xmlns="urn:q"/>' }, 'ID');
    const tree = parseXml(Buffer.from(xml.replace('</ns2:Sender', `${'<ns2:X/>'.repeat(20_000)}</ns2:Sender`)));
    if (isXmlProblem(tree)) return expect.fail(tree.textEn);
    const found = envelope.readSigned(tree, tree.root, '1.2', 'SendRequest');
    if (!isFault(found)) return expect.fail('no fault');
    expect(found.violations).to.have.length(1000);
    const [first] = tree.children(tree.root).slice(2);
    expect(found.violations![0]!.path)
      .to.equal(tree.pathOf(first!))
      .and.to.match(/X\[1\]$/);
    return undefined;
  });
});
