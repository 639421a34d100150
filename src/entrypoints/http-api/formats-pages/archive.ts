import { posix } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import {
  type CatalogueData,
  type Format,
  type FormatModel,
  formatFile,
  formatName,
  sampleOf,
} from '../../../formats/index.js';

/** Zip times begin in 1980; one instant for all, so that equal contents make equal archives. */
const MTIME = '1980-01-01T12:00:00';

/**
 * A format as files: its schemas at their places, format.json, samples. Unpacked, the folder can be read by `loadCatalogue`
 * and published as it is.
 */
export function formatArchive(data: CatalogueData, format: Format, model: FormatModel | undefined): Uint8Array {
  const folder =
    format.entry === undefined ? [format.family, format.id, format.version].join('/') : posix.dirname(format.entry);
  const files: Record<string, string> = {
    [`${folder}/format.json`]: `${JSON.stringify(formatFile(format), null, 2)}\n`,
    'README.txt': readme(format, folder),
  };
  for (const path of model?.schemas ?? []) files[path] = data.schemas[path] ?? '';
  for (const { role } of model?.roots ?? [])
    for (const size of ['smallest', 'full'] as const) {
      const xml = model && sampleOf(model, role, size);
      if (xml !== undefined) files[`${folder}/samples/${sampleName(role, size)}`] = xml;
    }
  const entries = Object.entries(files).map(([path, text]) => [path, strToU8(text)] as const);
  return zipSync(Object.fromEntries(entries), { mtime: MTIME });
}

export function sampleName(role: string, size: 'smallest' | 'full'): string {
  return size === 'full' ? `${role}-full.xml` : `${role}.xml`;
}

function readme(format: Format, folder: string): string {
  return `${formatName(format)} — ${format.title.ru}
${format.title.en}

${folder}/format.json — описание; samples/ — образцы с вымышленными значениями; *.xsd — схемы, ссылки между ними относительные.
${folder}/format.json is the description; samples/ holds samples with invented values; *.xsd are the schemas, linked by relative paths.
`;
}
