/** Files on their way to the store and back, by the tools people use. */
import { hash, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { RefAttachmentHeader } from '../../src/envelope/index.js';
import { has, run } from '../entrypoints/ftp/ftp-world.js';
import type { TestGateway } from './test-gateway.js';

export const FTP = { GATEWAY_FTP_PORT: '0' } as const;
export const hasCurl = has('curl');

export function headerOf(
  uuid: string,
  bytes: Uint8Array,
  more: Partial<RefAttachmentHeader> = {},
): RefAttachmentHeader {
  return { uuid, hash: hash('sha256', bytes, 'base64'), mimeType: 'application/xml', ...more };
}

/** PUT, where no tool is to be tried. */
export async function put(
  gateway: TestGateway,
  bytes: Uint8Array,
  name = 'facts.xml',
  uuid = randomUUID(),
): Promise<string> {
  const answer = await fetch(`${gateway.url}/files/${uuid}/${encodeURIComponent(name)}`, {
    method: 'PUT',
    body: Uint8Array.from(bytes),
    headers: { Authorization: `Basic ${btoa('anonymous:smev')}` },
  });
  expect(answer.status, await answer.text()).to.equal(201);
  return uuid;
}

export async function curlUp(gateway: TestGateway, bytes: Uint8Array, name = 'facts.xml'): Promise<string> {
  const uuid = randomUUID();
  const file = join(gateway.folder, `up-${uuid}`);
  writeFileSync(file, bytes);
  const to = `${gateway.ftpUrl}/${uuid}/${name}`;
  const done = await run('curl', ['-sS', '-u', 'anonymous:smev', '--ftp-create-dirs', '-T', file, to]);
  expect(done).to.deep.equal({ code: 0, out: '' });
  return uuid;
}

export interface Access {
  readonly uuid: string;
  readonly userName: string;
  readonly password: string;
  readonly fileName: string;
}

export async function getOver(gateway: TestGateway, access: Access): Promise<{ status: number; bytes: Buffer }> {
  const name = encodeURIComponent(access.fileName.replace(/^\//, ''));
  const answer = await fetch(`${gateway.url}/files/${access.uuid}/${name}`, {
    headers: { Authorization: `Basic ${Buffer.from(`${access.userName}:${access.password}`).toString('base64')}` },
  });
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
}
