/** The catalogue's pages as a browser without scripts, a program and a stranger with odd addresses see them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import express from 'express';
import { unzipSync } from 'fflate';
import { formatPages } from '../../src/entrypoints/http-api/formats-pages/index.js';
import { Catalogue, ContentValidator, loadCatalogue } from '../../src/formats/index.js';
import { initXsd, parseXml, XmlTree } from '../../src/xml/index.js';
import { catalogue, signedContent } from '../formats/sample.js';

const RUSSIAN = { 'Accept-Language': 'ru', Accept: 'text/html,*/*;q=0.8' };

describe('the catalogue pages', () => {
  let server: Server;
  let url: string;
  let served: Catalogue;
  before(async () => {
    served = catalogue();
    const app = express();
    const parts = {
      get catalogue() {
        return served;
      },
      clock: { now: () => Date.parse('2026-06-01T12:00:00+03:00') },
    };
    app.use('/formats', formatPages(parts));
    server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  const get = (path: string, headers: Record<string, string> = RUSSIAN) => fetch(`${url}${path}`, { headers });
  const text = async (path: string, headers?: Record<string, string>) => (await get(path, headers)).text();

  function treeOf(page: string, where: string): XmlTree {
    expect(page.startsWith('<!DOCTYPE html>\n'), where).to.equal(true);
    const tree = parseXml(Buffer.from(page.slice(page.indexOf('\n') + 1)));
    if (!(tree instanceof XmlTree)) throw new Error(`${where}: ${JSON.stringify(tree)}`);
    return tree;
  }

  /** Addresses a page leads to: links, style sheets, forms. */
  function addresses(tree: XmlTree): string[] {
    const found: string[] = [];
    const visit = (element: XmlTree['root']): void => {
      for (const { local, value } of tree.attributes(element)) {
        expect(local, 'inline style or script').to.not.match(/^(style|on\w+)$/);
        if (['href', 'src', 'action'].includes(local)) found.push(value);
      }
      expect(tree.localNameOf(element)).to.not.equal('script');
      tree.children(element).forEach(visit);
    };
    visit(tree.root);
    return found;
  }

  it('has no dead or foreign link, no script and no broken markup, from the list on', async () => {
    const seen = new Set<string>();
    const waiting = ['/formats/'];
    let pages = 0;
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      // One language and one sample of each kind is enough: the rest are the same templates.
      if (seen.has(path) || path.includes('lang=') || path.includes('state=')) continue;
      seen.add(path);
      const response = await get(path);
      expect(response.status, path).to.equal(200);
      expect(response.headers.get('content-security-policy'), path).to.match(
        /^default-src 'none'; style-src 'self'; img-src 'self';/,
      );
      const body = await response.text();
      if (!response.headers.get('content-type')?.startsWith('text/html')) continue;
      pages++;
      const tree = treeOf(body, path);
      const ids = new Set([...body.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]));
      for (const address of addresses(tree)) {
        if (address.startsWith('#')) expect(ids.has(address.slice(1)), `${path}${address}`).to.equal(true);
        else {
          expect(address, path).to.match(/^\/formats\//);
          waiting.push(address.split('#')[0] ?? '');
        }
      }
    }
    expect(pages).to.be.greaterThan(catalogue().data.formats.length);
  });

  it('speaks Russian by default, English to those who prefer it, and either when asked', async () => {
    const page = '/formats/10.06.S/1.1.0/';
    expect(await text(page, {}))
      .to.include('<html lang="ru">')
      .and.include('обязательно');
    const english = await text(page, { 'Accept-Language': 'en-GB,en;q=0.9' });
    expect(english).to.include('<html lang="en">').and.include('Day of the decision.');
    const words = (html: string): string => html.replace(/<pre[\s\S]*?<\/pre>|<a class="language"[^<]*<\/a>/g, '');
    expect(words(english).match(/>[^<]*[А-Яа-я]{3}[^<]*</g) ?? [], 'Russian left in the English page').to.deep.equal(
      [],
    );
    const asked = await text(`${page}?lang=en`);
    expect(asked).to.include('<html lang="en">').and.include('href="/formats/10.06.S/?lang=en"');
    expect(asked).to.include('href="/formats/10.06.S/1.1.0/?lang=ru"');
  });

  it('tells fields, facets, choices, personal marks and the sample on the page of a version', async () => {
    const page = await text('/formats/10.06.S/1.1.0/');
    for (const said of ['до 1000', 'СНИЛС — 11 цифр', 'вариант 4 из 4', 'личное', 'состав как у', 'вымышлены'])
      expect(page, said).to.include(said);
    expect(page).to.include('href="/formats/10.06.S/1.1.0.zip"');
    expect(await text('/formats/10.06.S/1.0.7/'))
      .to.include('не принимается с 01.12.2025')
      .and.include('1.1.0</a>');
  });

  it('lists by words and state', async () => {
    const ids = async (query: string): Promise<string[]> => {
      const answer = await get(`/formats/?${query}`, { Accept: 'application/json' });
      const { items } = (await answer.json()) as { items: { id: string; version: string; state: string }[] };
      return items.map((i) => `${i.id} ${i.version} ${i.state}`);
    };
    expect(await ids('q=10.10&state=active')).to.include('10.10.I 1.0.4 active');
    expect((await ids('q=10.06&state=retired')).every((i) => i.endsWith('retired'))).to.equal(true);
    expect(await ids('q=nothing+of+the+kind')).to.deep.equal([]);
    expect(await text('/formats/?q=%3Cscript%3E%22%27'))
      .to.include('&#60;script&#62;&#34;&#39;')
      .and.not.include('<script>');
  });

  it('gives programs the same as JSON', async () => {
    const json = async (path: string) => (await get(path, { Accept: 'application/json' })).json();
    const detail = (await json('/formats/10.13.I/2.0.0/')) as {
      id: string;
      fields: { role: string; rows: { path: string; max: number | null }[] }[];
      schemas: string[];
      archive: string;
    };
    expect(detail.id).to.equal('10.13.I');
    const requests = detail.fields[0]?.rows.find((r) => r.path === 'requestPackage/elements/requestData');
    expect(requests?.max).to.equal(50);
    expect((await get(detail.archive)).status).to.equal(200);
    expect((await get(detail.schemas[0] ?? '')).status).to.equal(200);
    const difference = (await json('/formats/10.10.I/1.0.3..1.0.4/')) as { breaking: number; changes: object[] };
    expect(difference.breaking).to.equal(2);
    expect(((await json('/formats/10.10.I/')) as { items: object[] }).items.length).to.be.greaterThan(1);
    const missing = await get('/formats/none/', { Accept: 'application/json' });
    expect([missing.status, missing.headers.get('content-type')]).to.deep.equal([
      404,
      'application/problem+json; charset=utf-8',
    ]);
  });

  it('packs a version so that the folder is a catalogue again and its samples are valid there', async () => {
    await initXsd();
    const bytes = new Uint8Array(await (await get('/formats/10.06.S/1.1.0.zip')).arrayBuffer());
    const again = new Uint8Array(await (await get('/formats/10.06.S/1.1.0.zip')).arrayBuffer());
    expect(Buffer.compare(bytes, again)).to.equal(0);
    const files = unzipSync(bytes);
    const folder = mkdtempSync(join(tmpdir(), 'formats-'));
    try {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
      const unpacked = loadCatalogue(folder);
      const format = catalogue()
        .versions('10.06.S')
        .find((f) => f.version === '1.1.0');
      expect(unpacked.data.formats).to.deep.equal([format]);
      const validator = new ContentValidator(unpacked);
      const samples = Object.entries(files).filter(([path]) => path.includes('/samples/'));
      expect(samples.length).to.equal(2);
      for (const [path, content] of samples) {
        const { tree, octets } = signedContent(Buffer.from(content).toString('utf8'));
        const entry = unpacked.find(tree.namespaceOf(tree.root), tree.localNameOf(tree.root))!;
        expect(validator.validate(entry, octets, { tree, element: tree.root }), path).to.deep.equal([]);
      }
      validator.dispose();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('answers odd addresses calmly', async () => {
    for (const path of [
      '/formats/none/',
      '/formats/10.06.S/9.9.9/',
      '/formats/10.06.S/1.1.0..9.9.9/',
      '/formats/10.06.S/1.1.0/samples/secret.xml',
      '/formats/10.06.S/1.1.0/samples/request.xml',
      '/formats/10.06.S/1.1.0/schemas/../../package.json',
      '/formats/10.06.S/1.1.0/schemas/smev/1.1/smev-message-exchange-1.1.xsd',
      '/formats/%E0%A4%A/',
      '/formats/__proto__/constructor/',
    ]) {
      const response = await get(path);
      expect(response.status, path).to.equal(404);
      treeOf(await response.text(), path);
    }
    const bare = await fetch(`${url}/formats/10.06.S/1.1.0?lang=en`, { redirect: 'manual' });
    expect([bare.status, bare.headers.get('location')]).to.deep.equal([301, '/formats/10.06.S/1.1.0/?lang=en']);
  });

  it('escapes what a published format says of itself, and follows a new catalogue without a restart', async () => {
    const evil = '<img src=x onerror="alert(1)">&\'';
    const format = {
      ...catalogue().versions('10.10.I')[0]!,
      id: 'Вид/сведений «1»',
      version: '1..2',
      title: { ru: evil, en: evil },
      namespace: evil,
      successor: evil,
      roots: { request: 'root' },
      entry: 'e.xsd',
    };
    const schema = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="&lt;img src=x onerror=&quot;alert(1)&quot;>&amp;'"><xs:element name="root" fixed="&lt;b>" type="xs:string"><xs:annotation><xs:documentation>&lt;script></xs:documentation></xs:annotation></xs:element></xs:schema>`;
    served = new Catalogue({ formats: [format], schemas: { 'e.xsd': schema } });
    try {
      const list = await text('/formats/');
      const link = addresses(treeOf(list, 'list')).find((a) => a.includes('1..2'));
      const page = await text(link!);
      treeOf(page, 'page');
      for (const shown of [list, page]) expect(shown).to.not.match(/<img|<script|<b>&|onerror="/);
      expect(await text('/formats/10.06.S/1.1.0/')).to.include('Такой страницы нет');
    } finally {
      served = catalogue();
    }
  });
});
