/**
 * `npm run bench -- --formats`: what a worker thread pays for a catalogue of 500 formats: memory, and the time the first
 * message of a format waits for its schema. The catalogue is the built-in one, published over and over under other namespaces.
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../src/config/index.js';
import {
  Catalogue,
  type CatalogueData,
  ContentValidator,
  composeCatalogue,
  formatModel,
  loadCatalogue,
  sampleOf,
} from '../src/formats/index.js';
import { initXsd, isXmlProblem, parseXml } from '../src/xml/index.js';

const FORMATS = 500;
const MEMORY_BAR_MB = 400;
const COLD_BAR_MS = 100;

interface Measured {
  readonly formats: number;
  readonly judged: number;
  readonly 'process with it MB': number;
  readonly 'with every schema used MB': number;
  readonly 'cold p50 ms': number;
  readonly 'cold p99 ms': number;
  readonly 'cold max ms': number;
  readonly slowest: string;
  readonly 'warm p50 ms': number;
}

interface Task {
  readonly data: CatalogueData;
  /** A valid document of each root element. */
  readonly documents: readonly { readonly namespace: string; readonly local: string; readonly xml: string }[];
}

/** Prints the table; the exit code is 1 when a bar is missed. Measured in a process of its own: memory is the process's. */
export async function printFormatsBench(): Promise<void> {
  const child = fork(import.meta.filename, ['measure'], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
  });
  child.send(taskOf(manyFormats(loadCatalogue(join(projectRoot(), 'xsd')).data)));
  const measured = await new Promise<Measured>((resolve, reject) => {
    child.once('message', (m) => resolve(m as Measured));
    child.once('exit', (code) => reject(new Error(`the measuring process ended with ${code}`)));
  });
  console.table([measured]);
  const memory = measured['with every schema used MB'];
  const cold = measured['cold max ms'];
  if (memory >= MEMORY_BAR_MB) console.error(`memory: ${memory} MB, the bar is ${MEMORY_BAR_MB} MB`);
  if (cold >= COLD_BAR_MS) console.error(`a cold format: ${cold} ms, the bar is ${COLD_BAR_MS} ms`);
  process.exitCode = memory >= MEMORY_BAR_MB || cold >= COLD_BAR_MS ? 1 : 0;
}

function taskOf(data: CatalogueData): Task {
  const documents = new Catalogue(data).entries().flatMap(({ format, role, root }) => {
    const model = format.entry === undefined ? undefined : formatModel(data, format);
    const xml = model && sampleOf(model, role, 'smallest');
    return xml === undefined ? [] : [{ ...root, xml: xml.replace(/^<\?xml.*?\?>\s*/, '') }];
  });
  return { data, documents };
}

async function measure({ data, documents }: Task): Promise<Measured> {
  await initXsd();
  const catalogue = new Catalogue(data);
  const held = memoryInUse();
  const validator = new ContentValidator(catalogue);
  const cold: { ms: number; name: string }[] = [];
  const warm: number[] = [];
  let worst = 0;
  for (const { namespace, local, xml } of documents) {
    const octets = Buffer.from(xml);
    const tree = parseXml(octets);
    if (isXmlProblem(tree)) throw new Error(tree.textEn);
    const entry = catalogue.find(namespace, local)!;
    const judge = () => {
      const started = performance.now();
      const violations = validator.validate(entry, octets, { tree, element: tree.root });
      if (violations.length > 0) throw new Error(`${namespace}: ${violations[0]!.textEn}`);
      return performance.now() - started;
    };
    // A format's second root finds the schema compiled.
    if (!cold.some((c) => c.name === namespace)) cold.push({ ms: judge(), name: namespace });
    warm.push(judge());
    worst = Math.max(worst, memoryInUse());
  }
  cold.sort((a, b) => a.ms - b.ms);
  warm.sort((a, b) => a - b);
  const slowest = cold.at(-1)!;
  return {
    formats: catalogue.data.formats.length,
    judged: warm.length,
    'process with it MB': Math.round(held),
    'with every schema used MB': Math.round(worst),
    'cold p50 ms': round(cold[Math.floor(cold.length / 2)]!.ms),
    'cold p99 ms': round(cold[Math.floor(cold.length * 0.99)]!.ms),
    'cold max ms': round(slowest.ms),
    slowest: slowest.name,
    'warm p50 ms': Number(warm[Math.floor(warm.length / 2)]!.toFixed(3)),
  };
}

/** The built-in formats, and packages of the same under namespaces with a suffix, as if an operator had published them. */
function manyFormats(builtIn: CatalogueData): CatalogueData {
  const usable = builtIn.formats.filter((f) => f.entry !== undefined);
  const copies = Math.ceil((FORMATS - builtIn.formats.length) / usable.length);
  const packages = Array.from({ length: copies }, (_, i): CatalogueData => {
    const place = `published/${i}`;
    const renamed = (text: string) =>
      usable.reduce((t, f) => t.replaceAll(`"${f.namespace}"`, `"${f.namespace}/${i}"`), text);
    return {
      formats: usable.map((f) => ({
        ...f,
        version: `${f.version}.${i}`,
        namespace: `${f.namespace}/${i}`,
        entry: `${place}/${f.entry}`,
        carries: [],
      })),
      schemas: Object.fromEntries(
        Object.entries(builtIn.schemas).map(([path, text]) => [`${place}/${path}`, renamed(text)]),
      ),
    };
  });
  return composeCatalogue(builtIn, packages);
}

/** Of the process, MB: code, heap, and the wasm memory of libxml2. */
function memoryInUse(): number {
  return process.memoryUsage().rss / 1e6;
}

function round(ms: number): number {
  return Number(ms.toFixed(1));
}

if (process.argv[2] === 'measure')
  process.once('message', async (task) => {
    process.send!(await measure(task as Task));
    process.disconnect();
  });
