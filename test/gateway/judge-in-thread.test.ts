import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import { isRefused } from '../../src/formats/index.js';
import type { Log } from '../../src/ports/index.js';
import { judgeInThread } from '../../src/start/judge-in-thread.js';
import { NAMESPACE, NOTHING, schema } from '../formats/publish/packages.js';

const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const GOOD = zipSync({ 'a.xsd': strToU8(schema(NAMESPACE, '<xs:element name="request" type="xs:string"/>')) });
/** `n` optional elements in a row cost libxml2 time in proportion to the cube of n. */
function slow(n: number): Uint8Array {
  const elements = Array.from({ length: n }, (_, i) => `<xs:element name="e${i}" type="xs:string" minOccurs="0"/>`);
  const body = `<xs:element name="request"><xs:complexType><xs:sequence>${elements.join('')}</xs:sequence></xs:complexType></xs:element>`;
  return zipSync({ 'a.xsd': strToU8(schema(NAMESPACE, body)) });
}

describe('judging a package in a thread of its own', function () {
  this.timeout(90_000);

  it('ends with a refusal when it takes too long, and the next package is judged', async () => {
    const { judge, close } = judgeInThread(SILENT, 4_000);
    const [endless, good] = await Promise.all([
      judge(slow(3000), NOTHING, { asTest: false }),
      judge(GOOD, NOTHING, { asTest: false }),
    ]);
    expect(isRefused(endless) && endless.refusals[0]?.code).to.equal('overrun');
    expect(isRefused(good), JSON.stringify(good)).to.equal(false);
    await close();
  });

  it('refuses a schema that no thread could compile within the time of a message', async () => {
    const { judge, close } = judgeInThread(SILENT);
    const verdict = await judge(slow(1_200), NOTHING, { asTest: false });
    expect(isRefused(verdict) && verdict.refusals[0]?.ru).to.match(/a\.xsd компилируется \d/);
    await close();
  });

  it('overruns its deadline as a refusal', async () => {
    const { judge, close } = judgeInThread(SILENT, 1);
    const verdict = await judge(GOOD, NOTHING, { asTest: false });
    expect(isRefused(verdict) && verdict.refusals[0]?.code).to.equal('overrun');
    await close();
  });
});
