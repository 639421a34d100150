import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../config/index.js';
import { EXIT, type Problem, problem } from './exit-codes.js';
import type { Texts } from './texts.js';

const TIMEOUT_MS = 30_000;

/** The gateway's address without a trailing slash: GATEWAY_URL, else host and port, else what the running gateway wrote. */
export function gatewayUrl(settings: Settings): string {
  if (settings.url !== undefined) return settings.url;
  const written = join(settings.data, 'gateway.url');
  // Port 0 says nothing about where the gateway went.
  const useWritten = (!settings.addressGiven || settings.port === 0) && existsSync(written);
  if (useWritten) return readFileSync(written, 'utf8').trim().replace(/\/+$/, '');
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  return `http://${host}:${settings.port}`;
}

function token(settings: Settings): string | undefined {
  if (settings.token !== undefined) return settings.token;
  const file = join(settings.data, 'operator.token');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** The JSON API of the running gateway. Every failure is a Problem with its exit code. */
export class GatewayApi {
  readonly url: string;
  readonly #token: string | undefined;
  readonly #texts: Texts;
  readonly #language: 'ru' | 'en';

  constructor(settings: Settings, texts: Texts) {
    this.url = gatewayUrl(settings);
    this.#token = token(settings);
    this.#texts = texts;
    this.#language = settings.language;
  }

  /** GET of a JSON document below /api/v1; `query` leaves out what is undefined. */
  async get<T>(path: string, query: Readonly<Record<string, string | undefined>> = {}): Promise<T | Problem> {
    const search = new URLSearchParams(
      Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined),
    );
    const answer = await this.fetch(`/api/v1${path}${search.size > 0 ? `?${search}` : ''}`);
    // The shape is the API's promise (its OpenAPI description); a wrong one shows as missing cells, not as a crash.
    return answer instanceof Response ? ((await answer.json()) as T) : answer;
  }

  async post<T>(path: string, contentType: string, body: Uint8Array<ArrayBuffer>): Promise<T | Problem> {
    const answer = await this.fetch(`/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
    });
    return answer instanceof Response ? ((await answer.json()) as T) : answer;
  }

  async text(path: string): Promise<string | Problem> {
    const answer = await this.fetch(path);
    return answer instanceof Response ? answer.text() : answer;
  }

  /** A response with a 2xx status, or the problem. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response | Problem> {
    const headers = new Headers(init.headers);
    if (path.startsWith('/api/') && this.#token !== undefined) headers.set('authorization', `Bearer ${this.#token}`);
    let response: Response;
    try {
      response = await fetch(`${this.url}${path}`, {
        ...init,
        headers,
        signal: init.signal ?? AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      return problem(EXIT.unreachable, this.#texts.unreachable(this.url, causeOf(error)));
    }
    return response.ok ? response : this.#refusal(response);
  }

  async #refusal(response: Response): Promise<Problem> {
    const said = errorText(await response.text(), this.#language);
    if (response.status === 401 || response.status === 403) return problem(EXIT.usage, this.#texts.tokenRefused(said));
    if (response.status === 400) return problem(EXIT.usage, said);
    if (response.status >= 500) return problem(EXIT.unreachable, this.#texts.cannotServe(response.status, said));
    return problem(EXIT.bad, response.status === 404 ? this.#texts.notFound(said) : said);
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}

/** The text of an error answer (RFC 9457: `detail` is Russian, `title` English; several reasons on lines of their own), else the body's beginning. */
function errorText(body: string, language: 'ru' | 'en'): string {
  try {
    const parsed = JSON.parse(body) as { detail?: unknown; title?: unknown; problems?: unknown } | null;
    const several = Array.isArray(parsed?.problems) ? (parsed.problems as Record<string, unknown>[]) : [];
    if (several.length > 1) return several.map((p) => String(p[language])).join('\n');
    const said = language === 'ru' ? parsed?.detail : parsed?.title;
    if (typeof said === 'string') return said;
  } catch {
    // Not JSON: the body itself is shown.
  }
  return body.slice(0, 300).trim();
}
