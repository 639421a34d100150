import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { v1 as uuidv1 } from 'uuid';
import { type Identity, issueIdentity } from '../../certs-dev/generate.js';
import { runCommandLine } from '../../src/cli/index.js';
import { createCryptoProvider } from '../../src/drivers/crypto-openssl/index.js';
import { operation, requestData } from '../../src/envelope/index.js';
import { type Signer, signElement, signerFromPem } from '../../src/signature/index.js';

const ID = 'SIGNED_BY_CONSUMER';
const CONTENT = '<n:note xmlns:n="urn:note" Id="PERSONAL_SIGNATURE"><n:text>прошу</n:text></n:note>';

describe('cli: gateway doctor message', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-doctor-'));
  let root: Identity;
  let signer: Signer;
  before(async () => {
    root = await issueIdentity({ cn: 'Корень', organisation: 'УЦ' });
    const identity = await issueIdentity({ cn: 'Отправитель', organisation: 'Ведомство' }, { issuer: root });
    signer = signerFromPem({ ...identity, provider: createCryptoProvider() });
    mkdirSync(join(folder, 'certs-dev', 'ca'), { recursive: true });
    writeFileSync(join(folder, 'certs-dev', 'ca', 'rsa.cert.pem'), root.certificatePem);
  });
  after(() => rmSync(folder, { recursive: true }));

  const run = async (args: readonly string[], language = 'ru') => {
    let [out, err] = ['', ''];
    const environment = { GATEWAY_DATA: folder, GATEWAY_LANG: language };
    const exit = await runCommandLine(['doctor', 'message', ...args], environment, {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
    });
    return { exit, out, err };
  };
  const saved = async (change: (text: string) => string = (text) => text, personal = true) => {
    const personalSignature = personal ? await signElement(CONTENT, 'PERSONAL_SIGNATURE', signer) : undefined;
    const signed = requestData(
      '1.2',
      { messageId: uuidv1(), content: CONTENT, ...(personalSignature && { personalSignature }) },
      ID,
    );
    const wire = operation('1.2', 'SendRequest', { signed, signature: await signElement(signed, ID, signer) });
    const path = join(folder, 'envelope.xml');
    writeFileSync(path, change(Buffer.from(wire.body).toString()));
    return path;
  };

  it('looks at both signatures of a good message', async () => {
    const { exit, out } = await run([await saved()]);
    expect(out).to.match(/^ЭП-ОВ: Подпись верна\n/);
    expect(out).to.match(/^ЭП-СП: Подпись верна\n/m);
    expect(out).to.include('Отправитель').and.include('(ключ из сообщения)');
    expect(exit).to.equal(0);
  });

  it('tells in both languages what is wrong, and exits 1', async () => {
    const path = await saved((text) => text.replace('прошу', 'требую'));
    const ru = await run([path]);
    expect(ru.exit).to.equal(1);
    expect(ru.out)
      .to.match(/ЭП-ОВ: Хэш не совпадает/)
      .and.match(/ЭП-СП: Хэш не совпадает/);
    const en = await run([path], 'en');
    expect(en.out).to.match(/ЭП-ОВ: The digest differs/);
    expect(en.out).to.not.match(/хэш|подпис[ьи]/i);
  });

  it('prints everything as JSON, behind the subcommand too', async () => {
    const { out, exit } = await run([await saved(undefined, false), '--json']);
    const found = JSON.parse(out) as { operation: string; signatures: { path: unknown[]; clock: object }[] };
    expect(found.operation).to.equal('SendRequest');
    expect(found.signatures).to.have.length(1);
    expect(found.signatures[0]!.path).to.have.length(2);
    expect(found.signatures[0]!.clock).to.have.property('message');
    expect(exit).to.equal(0);
  });

  it('compares with what the sender hashed', async () => {
    const good = await saved(undefined, false);
    const { signatures } = JSON.parse((await run([good, '--json'])).out) as {
      signatures: { transformed: { text: string } }[];
    };
    const mine = join(folder, 'mine.xml');
    writeFileSync(mine, signatures[0]!.transformed.text.replace('прошу', 'просил'));
    writeFileSync(good, readFileSync(good, 'utf8').replace('прошу', 'прошел'));
    const { out } = await run([good, '--canonical', mine]);
    expect(out).to.match(/расходится с нашим с байта \d+: у вас «[^»]*ил/);
    expect(out).to.include('▸');
  });

  it('says what keeps it from looking: no XML, no SOAP, no file', async () => {
    const path = join(folder, 'bad.xml');
    writeFileSync(path, '<a>');
    expect((await run([path])).exit).to.equal(1);
    writeFileSync(path, '<a/>');
    expect((await run([path])).out).to.include('SMEV-403');
    expect((await run([join(folder, 'none.xml')])).exit).to.equal(2);
  });
});
