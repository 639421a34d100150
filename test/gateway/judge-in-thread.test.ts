import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import { isRefused } from '../../src/formats/index.js';
import type { Log } from '../../src/ports/index.js';
import { judgeInThread } from '../../src/start/judge-in-thread.js';
import { NAMESPACE, NOTHING, schema } from '../formats/publish/packages.js';

const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const GOOD = zipSync({ 'a.xsd': strToU8(schema(NAMESPACE, '<xs:element name="request" type="xs:string"/>')) });
/** Nested counters multiply into an automaton nobody can build. */
const ENDLESS = zipSync({
  'a.xsd': strToU8(
    schema(
      NAMESPACE,
      `<xs:element name="request"><xs:complexType>${'<xs:sequence maxOccurs="9999"><xs:choice minOccurs="0" maxOccurs="9999">'.repeat(12)}
       <xs:element name="a" type="xs:string"/>${'</xs:choice></xs:sequence>'.repeat(12)}</xs:complexType></xs:element>`,
    ),
  ),
});

describe('judging a package in a thread of its own', function () {
  this.timeout(30_000);

  it('ends with a refusal when it takes too long or too much, and the next package is judged', async () => {
    const { judge, close } = judgeInThread(SILENT, 5_000);
    const [endless, good] = await Promise.all([
      judge(ENDLESS, NOTHING, { asTest: false }),
      judge(GOOD, NOTHING, { asTest: false }),
    ]);
    expect(isRefused(good), JSON.stringify(good)).to.equal(false);
    console.log(`      ${isRefused(endless) ? endless.refusals[0]?.ru : 'accepted'}`);
    await close();
  });

  it('overruns its deadline as a refusal', async () => {
    const { judge, close } = judgeInThread(SILENT, 1);
    const verdict = await judge(GOOD, NOTHING, { asTest: false });
    expect(isRefused(verdict) && verdict.refusals[0]?.code).to.equal('overrun');
    await close();
  });
});
