import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Settings } from '../../config/index.js';
import type { Finding } from './finding.js';

export function examineFiles(settings: Settings, ru: boolean): Finding[] {
  return [writable(settings, ru), ...secrets(settings, ru)];
}

/** The data folder, or the nearest folder above it that exists, must be writable. */
function writable({ data }: Settings, ru: boolean): Finding {
  const name = ru ? 'папка данных' : 'data folder';
  let folder = data;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    if (!statSync(folder).isDirectory()) throw new Error('not a folder');
    accessSync(folder, constants.W_OK | constants.X_OK);
    return { name, verdict: 'ok', text: data };
  } catch {
    return {
      name,
      verdict: 'bad',
      text: ru ? `${folder}: запись невозможна` : `${folder} cannot be written`,
      fix: ru
        ? `дайте право записи или задайте GATEWAY_DATA: chown $(id -u) ${folder}`
        : `permit writing or set GATEWAY_DATA: chown $(id -u) ${folder}`,
    };
  }
}

/** Files that let others sign, read or act: nobody but the owner may read them. */
function secrets(settings: Settings, ru: boolean): Finding[] {
  const files = [
    ...filesBelow(settings.keys),
    ...filesBelow(settings.certificates).filter((path) => path.endsWith('.key.pem')),
    join(settings.data, 'operator.token'),
  ].filter(existsSync);
  const name = ru ? 'права на ключи' : 'permissions of keys';
  const open = files.filter((path) => (statSync(path).mode & 0o077) !== 0);
  if (open.length === 0)
    return [{ name, verdict: 'ok', text: ru ? `файлов: ${files.length}` : `files: ${files.length}` }];
  return open.map((path) => ({
    name,
    verdict: 'bad',
    text: ru ? `${path} доступен другим пользователям` : `${path} is open to other users`,
    fix: `chmod 600 ${path}`,
  }));
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
