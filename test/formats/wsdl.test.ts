import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { XmlDocument, type XmlElement } from 'libxml2-wasm';
import { reference, referencePresent, repository } from './differential/pairs.js';

const namespaces = { w: 'http://schemas.xmlsoap.org/wsdl/', s: 'http://schemas.xmlsoap.org/wsdl/soap/' };
const operations = ['Ack', 'GetRequest', 'GetResponse', 'GetStatus', 'SendRequest', 'SendResponse'];

describe('our service descriptions', () => {
  for (const version of ['1.1', '1.2', '1.3']) {
    const contract = contractOf(ourFile(version));

    it(`${version} offers the operations of its version, each with its SOAPAction`, () => {
      const expected = version === '1.1' ? [...operations, 'GetIncomingQueueStatistics'].sort() : operations;
      expect(contract.filter((line) => line.startsWith('action ')).sort()).to.deep.equal(
        expected.map((name) => `action ${name} urn:${name}`),
      );
    });

    it(`${version} leaves the address and the place of the schemas to the server`, () => {
      const text = readFileSync(ourFile(version), 'utf8');
      expect(text).to.contain('<soap:address location="{{address}}"/>');
      expect([...text.matchAll(/schemaLocation="([^"]*)"/g)].map((match) => match[1])).to.deep.equal([
        `{{xsd}}smev-message-exchange-types-${version}.xsd`,
        `{{xsd}}smev-message-exchange-faults-${version}.xsd`,
      ]);
    });

    it(`${version} names PersonalAccessDenied in version 1.3 only`, () => {
      expect(contract.some((line) => line.includes('PersonalAccessDenied'))).to.equal(version === '1.3');
    });
  }

  for (const version of ['1.1', '1.3']) {
    const absent = referencePresent ? '' : ' (skipped: ../shared/reference is absent)';
    it(`${version} has the messages, operations, faults and names of the published one${absent}`, function () {
      if (!referencePresent) this.skip();
      const published = join(reference, `smev/${version}/smev-message-exchange-service-${version}.wsdl`);
      expect(contractOf(ourFile(version))).to.deep.equal(contractOf(published));
    });
  }
});

function ourFile(version: string): string {
  return join(repository, `wsdl/${version}/smev-message-exchange-service-${version}.wsdl`);
}

/** What a client depends on, one line a fact, sorted: order and wording do not matter. */
function contractOf(file: string): string[] {
  const document = XmlDocument.fromBuffer(readFileSync(file));
  const values = (xpath: string, write: (element: XmlElement) => string): string[] =>
    document.find(xpath, namespaces).map((node) => write(node as XmlElement));
  const attr = (element: XmlElement | null, name: string): string => element?.attr(name)?.value ?? '';
  const lines = [
    ...values('/w:definitions', (e) => `namespace ${attr(e, 'targetNamespace')}`),
    ...values(
      '//w:message/w:part',
      (e) => `message ${attr(e.parent, 'name')} ${attr(e, 'name')} ${attr(e, 'element')}`,
    ),
    ...values('//w:portType', (e) => `portType ${attr(e, 'name')}`),
    ...values(
      '//w:portType/w:operation/*[@message]',
      (e) => `${attr(e.parent, 'name')} ${e.name} ${attr(e, 'name')} ${attr(e, 'message')}`,
    ),
    ...values('//w:binding', (e) => `binding ${attr(e, 'name')} ${attr(e, 'type')}`),
    ...values('//s:operation', (e) => `action ${attr(e.parent, 'name')} ${attr(e, 'soapAction')}`),
    ...values(
      '//s:fault',
      (e) => `fault ${attr(e.parent?.parent ?? null, 'name')} ${attr(e, 'name')} ${attr(e, 'use')}`,
    ),
    ...values('//s:body', (e) => `body ${attr(e.parent?.parent ?? null, 'name')} ${attr(e, 'use')}`),
    ...values('//*[local-name() = "PolicyReference"]', (e) => `policy ${attr(e, 'URI')}`),
    ...values('//w:service', (e) => `service ${attr(e, 'name')}`),
    ...values('//w:service/w:port', (e) => `port ${attr(e, 'name')} ${attr(e, 'binding')}`),
  ];
  document.dispose();
  return lines.sort();
}
