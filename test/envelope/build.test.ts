import { existsSync } from 'node:fs';
import { expect } from 'chai';
import * as envelope from '../../src/envelope/index.js';
import { FAULTS, type FaultCode, fault, isFault } from '../../src/faults/index.js';
import { VERSIONS, type Version } from '../../src/message/index.js';
import { isXmlProblem, parseXml, type XmlTree } from '../../src/xml/index.js';
import { AT, CONTENT, MESSAGE_ID, SIGNATURE, signedSamples } from './samples.js';
import { OWN, REFERENCE, schemasOf } from './schemas.js';

const ATTACHMENTS = [
  { contentId: 'first', mimeType: 'application/pdf', content: Buffer.from([0, 13, 10, 255]) },
  { contentId: 'second', mimeType: 'text/xml', content: Buffer.from('<a/>') },
];
const ACCESS = [{ uuid: MESSAGE_ID, userName: 'u', password: 'p & q', fileName: '/a.zip' }];

function parsed(xml: Uint8Array | string): XmlTree {
  const tree = parseXml(Buffer.from(xml));
  if (isXmlProblem(tree)) throw new Error(tree.textEn);
  return tree;
}

/** The element inside soap:Body as written: canonical form would drop a prefix that only an xsi:type uses. */
function bodyOf(xml: Buffer): string {
  return /<soap:Body>(.*)<\/soap:Body>/s.exec(xml.toString())![1]!;
}

function metadata(version: Version): string {
  return envelope.messageMetadata(version, {
    id: 'M',
    messageId: MESSAGE_ID,
    type: 'REQUEST',
    sender: { mnemonic: 'REG001', name: 'Региональная «система»' },
    sendingTimestamp: AT,
    recipient: { mnemonic: 'EGISSO' },
    deliveryTimestamp: AT + 1,
    status: 'messageIsDelivered',
    contentTypeName: 'urn:x',
  });
}

/** Every answer the gateway builds, and every message a caller does, inline so that schemas can judge it. */
function built(version: Version): Record<string, envelope.WireBody> {
  const inline = { attachments: ATTACHMENTS, road: 'inline' } as const;
  const samples = signedSamples(version);
  const all: Record<string, envelope.WireBody> = {};
  for (const [index, { operation, xml }] of samples.entries()) {
    const message = { signed: xml, signature: SIGNATURE, ...(operation.startsWith('Send') ? inline : {}) };
    all[`${operation} ${index}`] = envelope.operation(version, operation, message);
    if (operation === 'SendRequest') {
      const element = envelope.requestElement(version, {
        id: 'R',
        data: xml,
        metadata: metadata(version),
        replyTo: 'r',
        signature: SIGNATURE,
        fsAttachments: ACCESS,
      });
      all[`GetRequestResponse ${index}`] = envelope.requestMessage(version, {
        element,
        signature: SIGNATURE,
        ...inline,
      });
    }
    if (operation === 'SendResponse') {
      const element = envelope.responseElement(version, {
        id: 'R',
        originalMessageId: MESSAGE_ID,
        originalTransactionCode: 'c',
        referenceMessageId: MESSAGE_ID,
        data: xml,
        metadata: metadata(version),
        signature: SIGNATURE,
        fsAttachments: ACCESS,
      });
      all[`GetResponseResponse ${index}`] = envelope.responseMessage(version, {
        element,
        signature: SIGNATURE,
        ...inline,
      });
    }
  }
  for (const operation of ['SendRequest', 'SendResponse'] as const) {
    all[`${operation}Response`] = envelope.sendAnswer(version, operation, metadata(version), SIGNATURE);
  }
  for (const operation of ['GetRequest', 'GetResponse', 'GetStatus'] as const) {
    all[`${operation}Response, empty`] = envelope.emptyAnswer(version, operation);
  }
  const status = {
    originalMessageId: MESSAGE_ID,
    category: 'responseIsRejectedBySmev',
    details: '😀'.repeat(600),
    fault: fault('AccessDenied', 'нет права'),
  };
  all.GetStatusResponse = envelope.statusMessage(version, envelope.asyncStatusData(version, status, 'S'), SIGNATURE);
  all.AckResponse = envelope.ackAnswer(version);
  if (version === '1.1') {
    all.queues = envelope.queueStatistics(version, [{ queueName: 'x'.repeat(300), pending: 3 }]);
    const signed = envelope.timestamp(version, AT, 'T');
    all.GetIncomingQueueStatistics = envelope.operation(version, 'GetIncomingQueueStatistics', {
      signed,
      signature: SIGNATURE,
      nodeId: 'n',
    });
  }
  return all;
}

/** A fault of every code, and those with more inside. */
function faults(): readonly ReturnType<typeof fault>[] {
  const codes = Object.keys(FAULTS) as FaultCode[];
  return [
    ...codes.filter((code) => code !== 'InvalidContent').map((code) => fault(code, `причина & <${code}>`)),
    fault('InvalidContent', 'нарушения', {
      violations: [
        { line: 5, column: 2, path: '/a', text: 'a > b' },
        { text: 'без строки', attachment: 'first' },
      ],
    }),
    fault('SignatureVerificationFault', 'срок', { signature: 'CertificateIsExpired' }),
    fault('AttachmentSizeLimitExceeded', 'много', {
      extra: { PermittedTotalAttachmentSize: 5, RealTotalAttachmentSize: 6 },
    }),
    fault('DestinationOverflow', 'полна', { extra: { MessageBrokerAddress: 'b', DestinationName: 'REQUEST' } }),
  ];
}

describe('envelope: what is built is valid', () => {
  for (const version of VERSIONS) {
    const roads = [
      { of: "the project's schemas", folder: OWN(version) },
      ...(version === '1.2'
        ? []
        : [{ of: 'the published schemas, skipped where ../shared/reference is absent', folder: REFERENCE(version) }]),
    ];
    for (const { of, folder } of roads) {
      it(`${version}: every message, answer and fault under ${of}`, function () {
        if (!existsSync(folder)) this.skip();
        const schemas = schemasOf(folder);
        const all = built(version);
        expect(Object.keys(all).length).to.be.greaterThan(20);
        for (const [name, { contentType, body }] of Object.entries(all)) {
          expect(contentType, name).to.equal('text/xml; charset=UTF-8');
          expect(schemas.validate(bodyOf(body)), name).to.equal(undefined);
        }
        for (const one of faults()) {
          const { body } = envelope.faultAnswer(one, version, 'gateway:1 : TR:SYNC:BSV:4'.repeat(5));
          const element = /<detail>(.*)<\/detail>/s.exec(body.toString())![1]!;
          expect(schemas.validate(element), `${one.fault}: ${element}`).to.equal(undefined);
        }
      });
    }

    it(`${version}: MTOM says in its root exactly what the inline form says, octets moved into parts`, () => {
      const { xml } = signedSamples(version)[1]!;
      const message = { signed: xml, signature: SIGNATURE, attachments: ATTACHMENTS };
      for (const road of ['mtom', 'inline'] as const) {
        const { contentType, body } = envelope.operation(version, 'SendRequest', { ...message, road });
        expect(
          contentType.startsWith(road === 'mtom' ? 'multipart/related; type="application/xop+xml"' : 'text/xml'),
        ).to.equal(true);
        const read = envelope.readMessage(contentType, body);
        if (isFault(read)) return expect.fail(read.description);
        const tree = parsed(read.root);
        const opened = envelope.readEnvelope(tree, version);
        if (isFault(opened)) return expect.fail(JSON.stringify(opened));
        const contents = envelope.readAttachmentContents(tree, opened.attachmentContentList!, version, read.parts);
        expect(contents).to.deep.equal(ATTACHMENTS.map(({ contentId, content }) => ({ id: contentId, content, road })));
      }
      return undefined;
    });
  }

  it('status names are spelled as the version knows them', () => {
    expect(metadata('1.1')).to.include('<ns2:Status>responseIsDelivered</ns2:Status>');
    expect(metadata('1.3')).to.include('<ns2:Status>messageIsDelivered</ns2:Status>');
    expect(metadata('1.2')).not.to.include('HumanReadableName');
  });

  it('a time carries the zone it is given, summer and winter, and comes back the same', () => {
    const paris: envelope.OffsetAt = (ms) => (ms < AT ? 60 : 120);
    expect(envelope.writeDateTime(AT - 1, paris)).to.equal('2024-05-17T07:59:59.999+01:00');
    expect(envelope.writeDateTime(AT, paris)).to.equal('2024-05-17T09:00:00.000+02:00');
    expect(envelope.writeDateTime(AT, () => -210)).to.equal('2024-05-17T03:30:00.000-03:30');
    for (const offset of [0, 180, -210, 840]) {
      expect(envelope.readDateTime(envelope.writeDateTime(AT, () => offset))).to.equal(AT);
    }
    expect(envelope.readDateTime('2024-05-17T10:00:00')).to.equal(AT);
    expect(envelope.readDateTime('2024-05-16T24:00:00Z')).to.equal(Date.UTC(2024, 4, 17));
  });

  it("the gateway's Id never repeats one of the sender's", () => {
    expect(envelope.freeId('<a Id="x"/>')).to.equal('SIGNED_BY_SMEV');
    const taken = '<a Id="SIGNED_BY_SMEV" id="SIGNED_BY_SMEV_1"/>';
    expect(envelope.freeId(taken)).to.match(/^SIGNED_BY_SMEV_[0-9a-f]{32}$/);
    expect(taken).not.to.include(envelope.freeId(taken));
  });
});

describe('envelope/fault: as real servers answer', () => {
  it('a Void fault carries Code and Description by xsi:type="SmevFault", default namespace types/basic', () => {
    const { body } = envelope.faultAnswer(fault('TargetMessageIsNotFound', 'Сообщение не найдено.'), '1.2', 'code');
    expect(body.toString()).to.equal(
      '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault>' +
        '<faultcode>soap:Server</faultcode><faultstring>Сообщение не найдено.</faultstring><detail>' +
        '<ns3:TargetMessageIsNotFound xmlns:ns3="urn://x-artefacts-smev-gov-ru/services/message-exchange/types/faults/1.2" ' +
        'xmlns="urn://x-artefacts-smev-gov-ru/services/message-exchange/types/basic/1.2" ' +
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="SmevFault"><Code>code</Code>' +
        '<Description>SMEV-501:Сообщение не найдено.</Description></ns3:TargetMessageIsNotFound></detail></soap:Fault></soap:Body></soap:Envelope>',
    );
  });

  it('characters that XML cannot hold do not make a fault unreadable', () => {
    const text = 'a\0b\u0001\ud800c\uffff😀';
    const one = fault('InvalidContent', text, { violations: [{ text }] });
    const tree = parsed(envelope.faultAnswer(one, '1.2', text).body);
    expect(tree.localNameOf(tree.root)).to.equal('Envelope');
    expect(envelope.faultAnswer(one, '1.2', 'c').body.toString()).to.include(
      '>SMEV-403:a\ufffdb\ufffd\ufffdc\ufffd😀<',
    );
  });

  it('a missing signature is InvalidContent without ValidationError', () => {
    const { body } = envelope.faultAnswer(fault('InvalidContent', 'Нет блока'), '1.3', 'code');
    expect(body.toString()).to.include('SMEV-403:Нет блока').and.not.include('ValidationError');
  });

  it('a fault the version does not know falls back to the nearest', () => {
    const { body } = envelope.faultAnswer(fault('PersonalAccessDenied', 'нет'), '1.2', 'code');
    expect(body.toString()).to.include('<ns3:AccessDenied ').and.include('SMEV-404:нет');
    expect(envelope.faultAnswer(fault('PersonalAccessDenied', 'нет'), '1.3', 'c').body.toString()).to.include(
      '<ns3:PersonalAccessDenied ',
    );
  });

  it("an operation raises only its WSDL's faults", () => {
    const answer = (code: FaultCode, operation: 'Ack' | 'SendRequest') =>
      envelope.faultAnswer(fault(code, 'x'), '1.3', 'c', operation).body.toString();
    expect(answer('AccessDenied', 'SendRequest')).to.include('<ns3:AccessDenied ');
    expect(answer('AccessDenied', 'Ack'))
      .to.include('<ns3:InvalidContent ')
      .and.include('<ns3:ValidationError errorPosition="-1">x<');
    expect(answer('DestinationOverflow', 'Ack')).to.include('<ns3:SMEVFailure ');
  });

  it('of the published samples, skipped where ../shared/reference is absent: ours have the same elements in the same order', async function () {
    const { readFileSync } = await import('node:fs');
    const folder = `${REFERENCE('1.1')}/../faults`;
    if (!existsSync(folder)) this.skip();
    const shape = (xml: string | Buffer): string[] => {
      const tree = parsed(xml);
      const names = (e: typeof tree.root): string[] => [
        `{${tree.namespaceOf(e)}}${tree.localNameOf(e)}`,
        ...tree.children(e).flatMap(names),
      ];
      return names(tree.root);
    };
    const expired = fault('SignatureVerificationFault', 'срок', { signature: 'CertificateIsExpired' });
    const pairs = [
      ['SignatureVerificationFault_SMEV-100_v1.1.xml', envelope.faultAnswer(expired, '1.1', 'c')],
      [
        'TargetMessageIsNotFound_SMEV-501_v1.2.xml',
        envelope.faultAnswer(fault('TargetMessageIsNotFound', 'x'), '1.2', 'c'),
      ],
    ] as const;
    for (const [name, { body }] of pairs)
      expect(shape(body), name).to.deep.equal(shape(readFileSync(`${folder}/${name}`)));

    const sample = readFileSync(`${folder}/async_InvalidContent_SMEV-403_v1.1_GetResponseResponse.xml`, 'utf8');
    const tree = parsed(sample);
    const find = (e: typeof tree.root): number[] =>
      tree.localNameOf(e) === 'SenderProvidedResponseData' ? [e] : tree.children(e).flatMap(find);
    const data = envelope.readSigned(tree, find(tree.root)[0]!, '1.1', 'SendResponse');
    if (isFault(data) || data.kind !== 'async-status') return expect.fail(JSON.stringify(data));
    expect(data.asyncStatus.fault).to.include({ name: 'InvalidContent' });
    expect(data.asyncStatus.fault?.violations).to.have.length(1);
    return undefined;
  });
});

describe('envelope/convert: every pair of versions', () => {
  const simple = {
    messageId: MESSAGE_ID,
    content: CONTENT,
    personalSignature: SIGNATURE,
    eol: AT,
    nodeId: 'n',
    test: true,
    transactionCode: 't',
    referenceMessageId: MESSAGE_ID,
    businessProcessMetadata: '<b:p xmlns:b="urn:b"></b:p>',
    attachmentHeaders: [{ contentId: 'a', mimeType: 'text/plain', pkcs7: Buffer.from('x') }],
  };

  for (const from of VERSIONS) {
    for (const to of VERSIONS) {
      it(`${from} → ${to}: a request and the three kinds of response are rebuilt as if written there`, () => {
        const rejected = [{ code: 'FAILURE', description: 'сбой' }] as const;
        const status = { code: 1, description: 'd', parameters: [{ key: 'k', value: 'v' }] };
        const head = { messageId: MESSAGE_ID, to: 'token' };
        const pairs = [
          ['SendRequest', (v: Version) => envelope.requestData(v, simple, 'ID')],
          [
            'SendResponse',
            (v: Version) =>
              envelope.responseData(
                v,
                { ...head, content: CONTENT, attachmentHeaders: simple.attachmentHeaders },
                'ID',
              ),
          ],
          ['SendResponse', (v: Version) => envelope.responseData(v, { ...head, rejected }, 'ID')],
          ['SendResponse', (v: Version) => envelope.responseData(v, { ...head, status }, 'ID')],
        ] as const;
        for (const [operation, build] of pairs) {
          const tree = parsed(build(from));
          const data = envelope.readSigned(tree, tree.root, from, operation);
          if (isFault(data)) return expect.fail(JSON.stringify(data));
          expect(envelope.rebuild(data, envelope.octetsOf(tree, data), to)).to.equal(build(to));
        }
        return undefined;
      });
    }
  }

  it("SMEV's own status keeps its fault: name, code, description, every violation and further element", () => {
    const faults = [
      fault('InvalidContent', 'плохо', { violations: [{ line: 7, text: 'раз' }, { text: 'два' }] }),
      fault('SignatureVerificationFault', 'подпись', { signature: 'CertificateIsExpired' }),
      fault('DestinationOverflow', 'полна', { extra: { MessageBrokerAddress: 'b', DestinationName: 'd' } }),
      fault('AccessDenied', 'нет права'),
    ];
    for (const from of VERSIONS) {
      for (const to of VERSIONS) {
        for (const one of faults) {
          const build = (version: Version) => {
            const status = {
              originalMessageId: MESSAGE_ID,
              category: 'requestIsRejectedBySmev',
              details: 'd',
              fault: one,
              code: 'c',
            };
            const asyncStatus = envelope.asyncStatus(version, status);
            return envelope.responseData(version, { messageId: MESSAGE_ID, to: 't', asyncStatus }, 'ID');
          };
          const tree = parsed(build(from));
          const data = envelope.readSigned(tree, tree.root, from, 'SendResponse');
          if (isFault(data)) return expect.fail(JSON.stringify(data));
          const rebuilt = envelope.rebuild(data, envelope.octetsOf(tree, data), to);
          expect(rebuilt).to.equal(build(to));
        }
      }
    }
    return undefined;
  });

  it('what the target cannot express is told, never dropped', () => {
    const headers = [
      [{ contentId: 'a', mimeType: 'text/xml', namespaceUri: 'urn:n' }, /«a».*NamespaceUri/],
      [{ contentId: 'b', mimeType: 'text/xml', archive: [{ name: 'n', namespaceUri: 'u' }] }, /«b».*Archive/],
    ] as const;
    for (const [header, expected] of headers) {
      const tree = parsed(envelope.requestData('1.3', { ...simple, attachmentHeaders: [header] }, 'ID'));
      const data = envelope.readSigned(tree, tree.root, '1.3', 'SendRequest');
      if (isFault(data)) return expect.fail(JSON.stringify(data));
      for (const to of ['1.1', '1.2'] as const) {
        const answer = envelope.rebuild(data, envelope.octetsOf(tree, data), to);
        expect(answer).to.have.property('inexpressible').that.matches(expected);
      }
    }
    const tree = parsed(
      envelope.requestData(
        '1.3',
        { messageId: MESSAGE_ID, content: `<b:a xmlns:b="${envelope.NAMESPACES['1.1'].basic}"></b:a>` },
        'ID',
      ),
    );
    const data = envelope.readSigned(tree, tree.root, '1.3', 'SendRequest');
    if (isFault(data)) return expect.fail(JSON.stringify(data));
    expect(envelope.rebuild(data, envelope.octetsOf(tree, data), '1.1')).to.have.property('inexpressible');
    return undefined;
  });
});
