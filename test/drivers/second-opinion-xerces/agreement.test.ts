import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import { createXercesOpinion } from '../../../src/drivers/second-opinion-xerces/index.js';
import { validDocuments } from '../../formats/differential/documents.js';
import { repository } from '../../formats/differential/pairs.js';
import { schemaAt } from '../../formats/differential/second-opinion.js';
import { javaPresent, withJava } from '../../oracle/java.js';
import { command } from './schemas.js';

/** What we use of xsd-schema-validator. It rejects with the document's complaints. */
interface XsdSchemaValidator {
  validateXML(xml: string, schema: string): Promise<{ readonly valid: boolean }>;
}

const SCHEMA = join(repository, 'xsd/egisso/10.10.I/1.0.4/10.10.I.xsd');

/** An optional dependency: npm leaves it out where it cannot be installed, and there is nothing to agree with then. */
function packaged(): XsdSchemaValidator | undefined {
  try {
    return createRequire(import.meta.url)('xsd-schema-validator') as XsdSchemaValidator;
  } catch {
    return undefined;
  }
}

const other = packaged();
if (other !== undefined) {
  describe(`the second opinion and xsd-schema-validator${withJava}`, () => {
    it('give the same verdict and the same first complaint', async function () {
      if (!javaPresent) this.skip();
      this.timeout(60_000);
      const opinion = createXercesOpinion({ command });
      const held = await schemaAt(opinion, SCHEMA);
      const [valid = ''] = validDocuments(SCHEMA, 1, 1).map(({ xml }) => xml);
      const unknown = valid.replace(/<(n\d:)?(\w+)><\/|<(n\d:)?(\w+)>[^<]/, '<unknown/>$&');
      for (const xml of [valid, unknown, valid.replace(/<\/[^>]*>$/, ''), '']) {
        const [ours] = await held.validate([Buffer.from(xml)]);
        const theirs = await other.validateXML(xml, SCHEMA).catch((error: Error) => error);
        if (ours?.verdict === 'invalid') expect(String(theirs)).to.include(ours.complaints[0]?.text);
        else expect(theirs).to.have.property('valid', true);
      }
      await opinion.close();
    });
  });
}
