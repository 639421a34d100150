/** What became of one call; failures are told apart by whether the partner may have acted. */
export type Call<Answer> =
  | { readonly kind: 'told'; readonly answer: Answer }
  /** The partner says it does not know the message asked about. */
  | { readonly kind: 'unknown' }
  /** It said «later», or nothing reached it. */
  | { readonly kind: 'not-taken'; readonly cause: string }
  /** It may have acted; what it answered is lost or unreadable. */
  | { readonly kind: 'lost'; readonly cause: string }
  /** It refuses the request as such: sending it again would not help. */
  | { readonly kind: 'refused'; readonly cause: string };

export interface PartnerClient<Answer> {
  /** The body names the MessageID: the partner's idempotency key. */
  post(path: string, body: unknown, signal: AbortSignal): Promise<Call<Answer>>;
  /** What the partner did with a message: GET /messages/{MessageID}. */
  message(messageId: string, signal: AbortSignal): Promise<Call<Answer>>;
}

export interface PartnerClientOptions<Answer> {
  /** Without a slash at the end. */
  readonly url: string;
  /** How causes call the partner: «реестр», «фонд». */
  readonly name: string;
  /** Whether the JSON has the parts an answer is written from. */
  readonly isAnswer: (value: unknown) => value is Answer;
  /** Patience with one call, ms; 30 000 when absent. */
  readonly timeout?: number | undefined;
  /** Instead of the built-in one. */
  readonly fetch?: typeof fetch | undefined;
}

/** Failures of undici and of the system that come before the first octet leaves. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Every call ends after `timeout` ms, or when its signal aborts; expected failures are values. */
export function partnerClient<Answer>(options: PartnerClientOptions<Answer>): PartnerClient<Answer> {
  const send = options.fetch ?? fetch;
  const call = async (path: string, init: RequestInit, signal: AbortSignal): Promise<Call<Answer>> => {
    if (signal.aborted) return { kind: 'not-taken', cause: 'прервано до отправки' };
    const limited = AbortSignal.any([signal, AbortSignal.timeout(options.timeout ?? 30_000)]);
    try {
      const response = await send(options.url + path, { ...init, redirect: 'manual', signal: limited });
      return judged(options, response.status, await response.text());
    } catch (error) {
      const code = codeOf(error);
      return { kind: BEFORE_SENDING.has(code) ? 'not-taken' : 'lost', cause: `${options.name} не ответил: ${code}` };
    }
  };
  return {
    post: (path, body, signal) =>
      call(
        path,
        { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
        signal,
      ),
    message: (messageId, signal) => call(`/messages/${encodeURIComponent(messageId)}`, { method: 'GET' }, signal),
  };
}

/** 503 and 429 are the partner's own «later». Any other 5xx leaves open what was done, so the message is asked about. */
function judged<Answer>({ name, isAnswer }: PartnerClientOptions<Answer>, status: number, text: string): Call<Answer> {
  const cause = `${name} ответил ${status}`;
  if (status === 503 || status === 429) return { kind: 'not-taken', cause };
  if (status >= 500) return { kind: 'lost', cause };
  if (status === 404 && isUnknown(parsed(text))) return { kind: 'unknown' };
  if (status !== 200) return { kind: 'refused', cause: `${cause}: ${text.slice(0, 200)}` };
  const answer = parsed(text);
  return isAnswer(answer) ? { kind: 'told', answer } : { kind: 'lost', cause: `${name}: ответ не читается` };
}

/** A 404 of whatever else may stand at the address settles nothing: the partner's own names the id. */
function isUnknown(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'unknown' in value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `fetch` hides the system's code behind one or more causes; an abort has only its name. */
function codeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    if (at.name === 'TimeoutError' || at.name === 'AbortError') return at.name;
  }
  return error instanceof Error ? error.message : 'UNKNOWN';
}
