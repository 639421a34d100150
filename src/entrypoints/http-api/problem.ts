import type { Response } from 'express';

/** An error in RFC 9457 form, in both languages. */
export function problem(response: Response, status: number, ru: string, en: string): void {
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', status, title: en, detail: ru }));
}
