import type { Response } from 'express';

/** An error in RFC 9457 form, in both languages. */
export function problem(response: Response, status: number, ru: string, en: string): void {
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', status, title: en, detail: ru }));
}

/** Several reasons in one answer: `problems` holds each in both languages, `detail` and `title` all of them. */
export function problems(
  response: Response,
  status: number,
  list: readonly { readonly ru: string; readonly en: string }[],
): void {
  const [detail, title] = [list.map((p) => p.ru).join('; '), list.map((p) => p.en).join('; ')];
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', status, title, detail, problems: list }));
}
