import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import { type Format, type FormatModel, formatDifference, formatModel, sampleOf } from '../../../formats/index.js';
import type { ApiParts } from '../api-parts.js';
import { problem } from '../problem.js';
import { formatArchive } from './archive.js';
import { detail, summary } from './as-json.js';
import { differencePage, noDifferencePage } from './difference-page.js';
import { formatPage } from './format-page.js';
import { historyPage } from './history-page.js';
import { notFoundPage } from './layout.js';
import { listPage, narrow } from './list-page.js';
import { Memo } from './memo.js';
import { STYLE } from './style.js';
import { type View, viewOf } from './view.js';
import { wordsFor } from './words.js';

const CSP =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const MOST_KEPT = 200;

type Parts = Pick<ApiParts, 'catalogue' | 'clock'>;

/** The catalogue for people and programs, open to everybody: fields, samples, schemas, archives, differences. No scripts, nothing from elsewhere. */
export function formatPages(parts: Parts): Router {
  const router = Router({ strict: true });
  const pages = new Pages(parts);
  router.use((_request, response, next) => {
    response.setHeader('Content-Security-Policy', CSP);
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.vary('Accept, Accept-Language');
    next();
  });
  router.get('/style.css', (_request, response) => void response.type('text/css; charset=utf-8').send(STYLE));
  router.get('/', pages.list);
  router.get('/:id/', pages.history);
  router.get('/:id/:version.zip', pages.archive);
  router.get('/:id/:from..:to/', pages.difference);
  router.get('/:id/:version/', pages.format);
  router.get('/:id/:version/samples/:name', pages.sample);
  router.get('/:id/:version/schemas/*path', pages.schema);
  router.get(['/:id', '/:id/:version'], (request, response) => response.redirect(301, withSlash(request)));
  router.use((request, response) => notFound(request, response, parts));
  // A path that cannot be decoded is no page either.
  router.use((error: { status?: number }, request: Request, response: Response, next: NextFunction) =>
    error.status === 400 ? notFound(request, response, parts) : next(error),
  );
  return router;
}

function withSlash(request: Request): string {
  const [path = '', ...query] = request.originalUrl.split('?');
  return [`${path}/`, ...query].join('?');
}

function wantsJson(request: Request): boolean {
  return request.accepts(['html', 'json']) === 'json';
}

/** A page for those who ask for pages; a program that fetches a file takes problem+json. */
function notFound(request: Request, response: Response, { clock }: Parts): void {
  if (!request.headers.accept?.includes('text/html'))
    problem(response, 404, wordsFor('ru').notFound, wordsFor('en').notFound);
  else
    response
      .status(404)
      .type('html')
      .send(notFoundPage(viewOf(request, clock.now())));
}

class Pages {
  readonly #parts: Parts;
  readonly #memo = new Memo(MOST_KEPT);

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  readonly list: RequestHandler = (request, response) => {
    const view = this.#view(request);
    const { formats } = this.#parts.catalogue.data;
    const state = Object.keys(view.words.states).find((s) => s === request.query.state) as
      | keyof View['words']['states']
      | undefined;
    const by = { words: typeof request.query.q === 'string' ? request.query.q.slice(0, 200) : '', state };
    if (wantsJson(request)) response.json({ items: narrow(formats, by, view).map((f) => summary(f, view)) });
    else response.type('html').send(listPage(formats, by, view));
  };

  readonly history: RequestHandler = (request, response, next) => {
    const view = this.#view(request);
    const versions = this.#parts.catalogue.versions(String(request.params.id));
    const [first] = versions;
    if (first === undefined) return next();
    if (wantsJson(request)) response.json({ id: first.id, items: versions.map((f) => summary(f, view)) });
    else response.type('html').send(historyPage(first.id, versions, view));
  };

  readonly format: RequestHandler = (request, response, next) => {
    const format = this.#format(request, 'version');
    if (format === undefined) return next();
    const view = this.#view(request);
    const siblings = this.#parts.catalogue.versions(format.id);
    const model = this.#model(format);
    const json = wantsJson(request);
    // State depends on the day: the page is made anew, the costly model is kept.
    if (json) response.json(detail(format, model, siblings, view));
    else response.type('html').send(formatPage(format, model, siblings, view));
  };

  readonly difference: RequestHandler = (request, response, next) => {
    const [from, to] = [this.#format(request, 'from'), this.#format(request, 'to')];
    if (from === undefined || to === undefined) return next();
    const view = this.#view(request);
    const { data } = this.#parts.catalogue;
    const found = this.#memo.get(data, `difference ${from.id} ${from.version} ${to.version}`, () =>
      formatDifference(data, from, to),
    );
    if (wantsJson(request)) response.json(found);
    else
      response
        .type('html')
        .send('missing' in found ? noDifferencePage(from.id, found.missing, view) : differencePage(found, view));
  };

  readonly archive: RequestHandler = (request, response, next) => {
    const format = this.#format(request, 'version');
    if (format === undefined) return next();
    const { data } = this.#parts.catalogue;
    const bytes = this.#memo.get(data, `archive ${format.id} ${format.version}`, () =>
      formatArchive(data, format, this.#model(format)),
    );
    response.attachment(`${format.id}-${format.version}.zip`).type('application/zip').send(Buffer.from(bytes));
  };

  readonly sample: RequestHandler = (request, response, next) => {
    const format = this.#format(request, 'version');
    const model = format && this.#model(format);
    const named = /^(request|response|document)(-full)?\.xml$/.exec(String(request.params.name));
    const role = (['request', 'response', 'document'] as const).find((r) => r === named?.[1]);
    const xml = model && role && sampleOf(model, role, named?.[2] === undefined ? 'smallest' : 'full');
    if (xml === undefined) return next();
    response.type('application/xml; charset=utf-8').send(xml);
  };

  readonly schema: RequestHandler = (request, response, next) => {
    const format = this.#format(request, 'version');
    const asked = request.params.path as unknown as readonly string[];
    const path = this.#model(format)?.schemas.find((p) => p === asked.join('/'));
    const text = path === undefined ? undefined : this.#parts.catalogue.data.schemas[path];
    if (text === undefined) return next();
    response.type('application/xml; charset=utf-8').send(text);
  };

  #view(request: Request): View {
    return viewOf(request, this.#parts.clock.now());
  }

  #format(request: Request, version: string): Format | undefined {
    const { id } = request.params;
    return this.#parts.catalogue.versions(String(id)).find((f) => f.version === request.params[version]);
  }

  #model(format: Format | undefined): FormatModel | undefined {
    if (format === undefined) return undefined;
    const { data } = this.#parts.catalogue;
    return this.#memo.get(data, `model ${format.id} ${format.version}`, () => formatModel(data, format));
  }
}
