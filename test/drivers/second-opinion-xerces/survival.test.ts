import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { compileFrame, documentFrame, validateFrame } from '../../../src/drivers/second-opinion-xerces/frames.js';
import { createXercesOpinion } from '../../../src/drivers/second-opinion-xerces/index.js';
import type { SecondOpinion } from '../../../src/ports/index.js';
import { javaPresent, withJava } from '../../oracle/java.js';
import { accepted, command, fake, note, notes, rowsDocument, slow } from './schemas.js';

describe('the second opinion where the engine fails', () => {
  let opinion: SecondOpinion | undefined;
  afterEach(() => opinion?.close());

  it('a machine without java is told as absent, at every question', async () => {
    opinion = createXercesOpinion({ command: ['java-that-does-not-exist', 'XercesJudge.java'] });
    for (const entry of ['note.xsd', 'none.xsd']) {
      const answer = await opinion.compile(notes, entry);
      expect(answer).to.include({ verdict: 'untold', why: 'absent' });
      expect(answer).to.have.property('detail').that.includes('java-that-does-not-exist cannot be run');
    }
  });

  it('a java that cannot run the judge is told as absent, with its last words', async () => {
    opinion = createXercesOpinion({
      command: [process.execPath, '-e', 'console.error("no compiler"); process.exit(1)'],
    });
    const answer = await opinion.compile(notes, 'note.xsd');
    expect(answer).to.include({ verdict: 'untold', why: 'absent' });
    expect(answer)
      .to.have.property('detail')
      .that.matches(/it ended with code 1: no compiler/);
  });

  it('an engine that dies under the question twice is told as crashed', async () => {
    opinion = createXercesOpinion({ command: fake('process.exit(3)') });
    for (let again = 0; again < 2; again++) {
      const answer = await opinion.compile(notes, 'note.xsd');
      expect(answer).to.include({ verdict: 'untold', why: 'crashed', detail: 'it ended with code 3' });
    }
  });

  it('an engine that is silent is ended and told as overrun', async () => {
    opinion = createXercesOpinion({ command: fake(''), limits: { question: 50 } });
    const answer = await opinion.compile(notes, 'note.xsd');
    expect(answer).to.include({ verdict: 'untold', why: 'overrun', detail: 'no answer within 50 ms' });
  });

  for (const [what, written] of [
    ['a frame of a wrong kind', '[0, 0, 0, 1, 63]'],
    ['a frame shorter than what it holds', '[0, 0, 0, 2, 114, 97]'],
    ['an endless frame', '[255, 255, 255, 255]'],
  ]) {
    it(`an engine that answers with ${what} is not believed`, async () => {
      opinion = createXercesOpinion({ command: fake(`process.stdout.write(Buffer.from(${written}))`) });
      const answer = await opinion.compile(notes, 'note.xsd');
      expect(answer).to.include({ why: 'crashed', detail: 'its answer is not to the question' });
    });
  }

  it('questions that wait when it is closed, and later ones, are answered', async () => {
    const silent = createXercesOpinion({ command: fake('') });
    const waiting = [silent.compile(notes, 'note.xsd'), silent.compile(notes, 'note.xsd')];
    await Promise.all([silent.close(), silent.close()]);
    for (const answer of await Promise.all([...waiting, silent.compile(notes, 'note.xsd')])) {
      expect(answer).to.include({ verdict: 'untold', why: 'closed' });
    }
  });
});

describe(`the second opinion in a new process${withJava}`, function () {
  this.timeout(60_000);
  let folder = '';
  let opinion: SecondOpinion | undefined;
  afterEach(() => opinion?.close());
  before(function () {
    if (!javaPresent) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'xerces-'));
  });
  after(() => folder !== '' && rmSync(folder, { recursive: true }));

  /** Writes its process id for the test; the process is java itself. */
  function traced(): { readonly command: readonly [string, ...string[]]; pid(): number } {
    const file = join(folder, 'pid');
    return {
      command: ['sh', '-c', `echo $$ > '${file}'; exec "$@"`, 'sh', ...command],
      pid: () => Number(readFileSync(file, 'utf8')),
    };
  }

  it('killed between two questions it is started anew, and schemas compiled before go on', async () => {
    const { command: run, pid } = traced();
    opinion = createXercesOpinion({ command: run });
    const held = accepted(await opinion.compile(notes, 'note.xsd'));
    const first = pid();
    process.kill(first, 'SIGKILL');
    const opinions = await held.validate([note('2024-02-29'), note('x')]);
    expect(opinions.map((o) => o.verdict)).to.deep.equal(['valid', 'invalid']);
    expect(pid()).to.not.equal(first);
  });

  it('killed under a question it answers it all the same', async () => {
    const { command: run, pid } = traced();
    opinion = createXercesOpinion({ command: run });
    let asked = 0;
    // The engine asks for the document in the middle of its work: there it is killed, the first time.
    const killing = { get: (path: string) => (asked++ === 0 ? void process.kill(pid(), 'SIGKILL') : notes.get(path)) };
    expect(await opinion.compile(killing, 'note.xsd')).to.have.property('verdict', 'accepted');
    expect(asked).to.equal(2);
  });

  it('a document that takes for ever costs itself alone', async () => {
    opinion = createXercesOpinion({ command, limits: { question: 5_000, batch: 1 } });
    const held = accepted(await opinion.compile(slow, 'rows.xsd'));
    const opinions = await held.validate([2, 200_000, 3].map(rowsDocument));
    expect(opinions.map((o) => (o.verdict === 'untold' ? o.why : o.verdict))).to.deep.equal([
      'valid',
      'overrun',
      'valid',
    ]);
  });

  it('the process ends with its input, in the middle of a question too', async () => {
    const [program, ...args] = command;
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'] });
    const ended = once(child, 'exit');
    child.stdin.write(compileFrame(1, 'rows.xsd'));
    child.stdin.write(documentFrame(slow.get('rows.xsd')));
    child.stdin.end(validateFrame(1, [rowsDocument(200_000)]));
    expect(await ended).to.deep.equal([0, null]);
  });
});
