import express, { type Request, type RequestHandler, type Response } from 'express';
import { type Change, type Reader, readWhole } from '../../../participants/index.js';
import type { ApiParts } from '../api-parts.js';
import { problems } from '../problem.js';
import { applyChange } from './apply-change.js';

const LARGEST = '256kb';

/** A body of JSON, then the change it asks for; a body that cannot be read is refused with everything wrong with it. */
export function changing<T>(
  parts: ApiParts,
  what: string,
  read: Reader<T>,
  change: (value: T, request: Request) => Change,
): RequestHandler[] {
  return [
    express.json({ limit: LARGEST, strict: true }),
    async (request, response) => {
      const made = readWhole(read, request.body);
      if ('why' in made) problems(response, 400, made.why);
      else await applyChange(parts, request, response, what, change(made.value, request));
    },
  ];
}

/** A change that needs no body. */
export function changingBy(parts: ApiParts, what: string, change: (request: Request) => Change): RequestHandler {
  return (request: Request, response: Response) => applyChange(parts, request, response, what, change(request));
}

/** A part of the path or of the query as text; '' where it is absent, which names nothing. */
export function asked(request: Request, name: string): string {
  const value = request.params[name] ?? request.query[name];
  return typeof value === 'string' ? value : '';
}

export function isForced(request: Request): boolean {
  return request.query.force === '1';
}
