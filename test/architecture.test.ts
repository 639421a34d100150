/** The rules of docs/architecture.md, held against the sources. Start at `describe`. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../src/config/index.js';
import { cycleIn, factsOf } from './architecture/source-facts.js';

const ROOT = projectRoot();
const LAYOUT = 'see docs/adr/0005-folder-layout.md';
const FAILURES = 'see docs/adr/0004-unknown-outcome.md';

/** What may stand at the top level; build output, data and packages are ignored by git. */
const TOP_LEVEL = new Set(
  `src wsdl xsd adapters certs-dev test bench docs examples migrations scripts bin .ci .git .gitignore .dockerignore .mocharc.json
   .npmrc Dockerfile README.md LICENSE CHANGELOG.md package.json package-lock.json tsconfig.json biome.json compose.yaml`.split(
    /\s+/,
  ),
);
const IGNORED = /^(node_modules|dist.*|var|.*\.log)$/;

/** Folders whose subfolders are rooms of their own. */
const SPLIT = new Set(['drivers', 'entrypoints', 'sandbox']);

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sources(path);
    return /(?<!\.d)\.ts$/.test(entry.name) ? [path] : [];
  });
}

/** The room a file of the repository belongs to; undefined for what is none. */
function roomOf(path: string): string | undefined {
  const [top, ...rest] = path.split('/');
  if (top === 'certs-dev') return 'certs-dev';
  if (top === 'adapters') return `adapters/${rest[0]}`;
  if (top !== 'src') return undefined;
  if (rest.length === 1 || rest[0] === 'cli' || rest[0] === 'start') return 'composition';
  return SPLIT.has(rest[0] ?? '') ? `${rest[0]}/${rest[1]}` : rest[0];
}

/** The name under which a room stands in the table: its own where it has a row of its own. */
function rowOf(room: string, rows: { has(name: string): boolean }): string {
  return room.includes('/') && !rows.has(room) ? `${room.split('/')[0]}/*` : room;
}

function arrows(): Map<string, Set<string>> {
  const text = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
  const table = /<!-- arrows:[\s\S]*?-->([\s\S]*?)<!-- end of arrows -->/.exec(text)?.[1] ?? '';
  const rows = [...table.matchAll(/^\| *([a-z-]+(?:\/(?:\*|[a-z-]+))?) *\|([^|]*)\|$/gm)].filter(
    ([, room]) => room !== 'room',
  );
  return new Map(
    rows.map(([, room = '', to = '']) => [
      room,
      new Set(
        to
          .split(',')
          .map((r) => r.trim())
          .filter(Boolean),
      ),
    ]),
  );
}

describe('architecture: the arrows of docs/architecture.md', () => {
  const files = ['src', 'adapters', 'certs-dev'].flatMap(sources);
  const facts = new Map(files.map((path) => [path, factsOf(readFileSync(join(ROOT, path), 'utf8'))]));
  const table = arrows();
  const edges = files.flatMap((from) =>
    (facts.get(from)?.imports ?? [])
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => ({
        from,
        to: relative(ROOT, resolve(ROOT, dirname(from), specifier)).replace(/\.js$/, '.ts'),
      })),
  );

  it('has a row for every room', () => {
    const rooms = new Set(files.map((path) => rowOf(roomOf(path) ?? path, table)));
    for (const room of rooms)
      expect(table.has(room), `${room} has no row in docs/architecture.md; ${LAYOUT}`).to.equal(true);
  });

  it('imports only along the arrows', () => {
    const wrong = edges.filter(({ from, to }) => {
      const [a, b] = [roomOf(from), roomOf(to)];
      if (a === undefined || b === undefined) return true;
      return a !== b && !table.get(rowOf(a, table))?.has(rowOf(b, table));
    });
    expect(
      wrong.map(({ from, to }) => `${from} → ${to}`),
      `against the arrows; ${LAYOUT}`,
    ).to.deep.equal([]);
  });

  it('has no cycle between rooms', () => {
    const graph = new Map<string, Set<string>>();
    for (const { from, to } of edges) {
      const [a, b] = [roomOf(from) ?? from, roomOf(to) ?? to];
      if (a !== b) graph.set(a, (graph.get(a) ?? new Set()).add(b));
    }
    noCycle(graph);
  });

  it('has no cycle between files', () => {
    const graph = new Map<string, Set<string>>();
    for (const { from, to } of edges) graph.set(from, (graph.get(from) ?? new Set()).add(to));
    noCycle(graph);
  });

  it('makes no Error in the pipeline: expected failures are values', () => {
    const found = files
      .filter((path) => path.startsWith('src/pipeline/'))
      .flatMap((path) => (facts.get(path)?.newErrors ?? []).map((line) => `${path}:${line}`));
    expect(found, FAILURES).to.deep.equal([]);
  });

  it('reads the environment in src/config alone', () => {
    const found = files
      .filter((path) => !path.startsWith('src/config/'))
      .flatMap((path) => (facts.get(path)?.environments ?? []).map((line) => `${path}:${line}`));
    expect(found, `process.env; ${LAYOUT}`).to.deep.equal([]);
  });

  it('opens every room with an index that says what it is', () => {
    const rooms = new Set(
      files.map((path) => /^(src\/[a-z-]+)\//.exec(path)?.[1]).filter((room) => room !== undefined),
    );
    const whole = [...rooms].filter((room) => !SPLIT.has(room.slice(4)) && room !== 'src/cli');
    const wrong = whole.filter((room) => !files.includes(`${room}/index.ts`) || !opensWithComment(`${room}/index.ts`));
    expect(
      wrong,
      `no index.ts that opens with what it is, what it may import, where to start; ${LAYOUT}`,
    ).to.deep.equal([]);
  });

  it('keeps the top level of the repository as agreed', () => {
    const found = readdirSync(ROOT).filter((name) => !TOP_LEVEL.has(name) && !IGNORED.test(name));
    expect(found, `not agreed at the top level; ${LAYOUT}`).to.deep.equal([]);
  });
});

function noCycle(graph: ReadonlyMap<string, ReadonlySet<string>>): void {
  const cycle = cycleIn(graph);
  if (cycle) expect.fail(`a cycle: ${cycle.join(' → ')}; ${LAYOUT}`);
}

function opensWithComment(path: string): boolean {
  return readFileSync(join(ROOT, path), 'utf8').startsWith('/**');
}

describe('architecture: the test itself sees', () => {
  it('imports of every kind', () => {
    const text = `import a from './a.js'; import type { B } from './b.js'; export * from './c.js'; export type { D } from './d.js';
      const e = await import('./e.js'); type F = import('./f.js').F; import './g.js'; // import './not.js'`;
    expect(factsOf(text).imports).to.deep.equal(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `./${name}.js`));
  });

  it('new Error and process.env in code, not in comments', () => {
    const found = factsOf(`// process.env new Error()\nthrow new Error('x');\nconst p = process.env.X;`);
    expect(found).to.deep.include({ newErrors: [2], environments: [3] });
    expect(factsOf(`import { env } from 'node:process';`).environments).to.have.length(1);
  });

  it('a cycle', () => {
    const graph = (pairs: Record<string, string[]>) => new Map(Object.entries(pairs).map(([k, v]) => [k, new Set(v)]));
    expect(cycleIn(graph({ a: ['b'], b: ['c'], c: ['b'] }))).to.deep.equal(['b', 'c', 'b']);
    expect(cycleIn(graph({ a: ['b', 'c'], b: ['c'] }))).to.equal(undefined);
  });

  it('the table of arrows', () => {
    expect(arrows().get('faults')).to.deep.equal(new Set(['message']));
    expect(arrows().size).to.be.greaterThan(15);
  });
});
