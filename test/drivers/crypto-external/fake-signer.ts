/** A signing command that misbehaves as told: `fake-signer MODE FOLDER`, keys are `FOLDER/<key>.key.pem`. Run as a process. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { cryptoProviders } from '../../../src/start/crypto-providers.js';

interface Line {
  readonly id: number;
  readonly key: string;
  readonly algorithm: string;
  readonly octets: string;
}

const [mode = 'good', folder = '.'] = process.argv.slice(2);
const { provider } = cryptoProviders('typescript');
/** Outlives this process: what the next one knows of the ones before it. */
const runs = join(folder, 'runs');
const before = existsSync(runs) ? readFileSync(runs, 'utf8').length : 0;
writeFileSync(runs, '.', { flag: 'a' });
let answered = 0;
const held: string[] = [];

for await (const text of createInterface({ input: process.stdin })) await take(JSON.parse(text) as Line);

async function take(line: Line): Promise<void> {
  const isProbe = Buffer.from(line.octets, 'base64').toString().startsWith('probe');
  switch (mode) {
    case 'dies':
      // The first process dies under its second message; the next one works.
      if (before === 0 && !isProbe && answered++ === 1) process.exit(3);
      return say(await good(line));
    case 'silent':
      if (isProbe || before > 0) return say(await good(line));
      return undefined;
    // The gateway's own probes are answered well until its first message comes.
    case 'stuck-later':
      return isOwnProbe(line) || before > 0 ? say(await good(line)) : undefined;
    case 'lies-later':
      return say(await good(isOwnProbe(line) ? line : { ...line, octets: Buffer.from('other').toString('base64') }));
    case 'mute':
      return undefined;
    case 'lies':
      return say(await good(isProbe ? line : { ...line, octets: Buffer.from('something else').toString('base64') }));
    case 'garbage':
      return isProbe || before > 0 ? say(await good(line)) : console.log('Signature created successfully');
    case 'refuses':
      return say(isProbe ? await good(line) : JSON.stringify({ id: line.id, error: 'the token says no' }));
    case 'endless':
      return void process.stdout.write('x'.repeat(100_000));
    case 'pairs': {
      if (isProbe) return say(await good(line));
      held.push(await good(line));
      if (held.length === 2) for (const answer of held.splice(0).reverse()) say(answer);
      return undefined;
    }
    default:
      return say(await good(line));
  }
}

function isOwnProbe({ octets }: Line): boolean {
  return Buffer.from(octets, 'base64').toString().includes('a probe');
}

async function good({ id, key, algorithm, octets }: Line): Promise<string> {
  const signer = provider.importPrivateKey(readFileSync(join(folder, `${key}.key.pem`), 'utf8'))!;
  const signature = await provider.sign(algorithm, signer, Buffer.from(octets, 'base64'));
  return JSON.stringify({ id, signature: signature.toString('base64') });
}

function say(text: string): void {
  console.log(text);
}
