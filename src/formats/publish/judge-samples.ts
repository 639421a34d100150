import { Buffer } from 'node:buffer';
import { canonicalize, parseXml, XmlTree } from '../../xml/index.js';
import { Catalogue, type CatalogueData } from '../catalogue.js';
import { ContentValidator } from '../content-validator.js';
import { formatName } from '../format.js';
import { decodeText } from './decode-text.js';
import type { PackageFiles } from './package-files.js';
import type { SampleVerdict, Warning } from './plan.js';

const MOST_SAMPLES = 500;
const MOST_SHOWN = 5;

/** Judges the package's own documents by its own schemas, as a sender's would be: those whose root element is a root of one of the formats. */
export function judgeSamples(
  files: PackageFiles,
  data: CatalogueData,
): { samples: readonly SampleVerdict[]; warnings: readonly Warning[] } {
  const catalogue = new Catalogue(data);
  const validator = new ContentValidator(catalogue);
  const documents = [...files].filter(([path]) => /\.xml$/i.test(path)).slice(0, MOST_SAMPLES);
  try {
    const samples = documents.flatMap(([path, bytes]) => judge(path, bytes, catalogue, validator));
    return { samples, warnings: samples.flatMap(warningOf) };
  } finally {
    validator.dispose();
  }
}

function judge(path: string, bytes: Uint8Array, catalogue: Catalogue, validator: ContentValidator): SampleVerdict[] {
  const text = decodeText(path, bytes);
  // A file that is no document of these formats need not even be readable.
  if (typeof text !== 'string') return [];
  const tree = parseXml(Buffer.from(text, 'utf8'));
  if (!(tree instanceof XmlTree)) return [];
  const entry = catalogue.find(tree.namespaceOf(tree.root), tree.localNameOf(tree.root));
  if (entry?.format.entry === undefined) return [];
  const found = validator.validate(entry, canonicalize(tree, tree.root), { tree, element: tree.root });
  const violations = found.slice(0, MOST_SHOWN).map((v) => {
    const place = v.line === undefined ? '' : `${v.line}:${v.column ?? 1} `;
    return { ru: `${place}${v.text}`, en: `${place}${v.textEn ?? v.text}` };
  });
  return [{ document: path, format: formatName(entry.format), valid: found.length === 0, violations }];
}

function warningOf({ document, format, valid, violations }: SampleVerdict): Warning[] {
  if (valid) return [];
  const of = (language: 'ru' | 'en') => violations.map((v) => v[language]).join('; ');
  return [
    {
      kind: 'sample',
      document,
      ru: `Образец ${document} не подходит под ${format}: ${of('ru')}`,
      en: `The sample ${document} is not valid under ${format}: ${of('en')}`,
    },
  ];
}
