import type { Request } from 'express';
import { type PlanFilter, REPLAYABLE } from '../../../delivery/index.js';

export type Wrong = { readonly wrong: { readonly ru: string; readonly en: string } };

export function wrong(ru: string, en: string): Wrong {
  return { wrong: { ru, en } };
}

/** The filter of a query or of a JSON body: lists as arrays or with commas, times as RFC 3339. */
export function readPlanFilter(given: Readonly<Record<string, unknown>>): PlanFilter | Wrong {
  const states = listOf(given.states ?? given.state);
  const unknown = states?.find((s) => !(REPLAYABLE as readonly string[]).includes(s));
  if (unknown !== undefined)
    return wrong(
      `Состояние ${unknown}: нужно ${REPLAYABLE.join(', ')}`,
      `State ${unknown}: it is ${REPLAYABLE.join(', ')}`,
    );
  const [from, to] = [instantOf(given.from), instantOf(given.to)];
  if (Number.isNaN(from) || Number.isNaN(to))
    return wrong('from, to: момент RFC 3339 или дата', 'from, to: an RFC 3339 instant or a date');
  const deliveries = listOf(given.deliveries)?.map(Number);
  if (deliveries?.some((id) => !Number.isInteger(id)))
    return wrong('deliveries: номера доставок', 'deliveries: numbers of deliveries');
  const groups = listOf(given.groups ?? given.group);
  const [recipient, format] = [textOf(given.recipient), textOf(given.format)];
  return {
    ...(groups && { groups }),
    ...(states && { states: states as PlanFilter['states'] & object }),
    ...(recipient === undefined ? {} : { recipient }),
    ...(format === undefined ? {} : { format }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(deliveries && { deliveries }),
  };
}

export function isWrong(value: unknown): value is Wrong {
  return typeof value === 'object' && value !== null && 'wrong' in value;
}

/** `by` and `reason` of a body: who says it, and why. */
export function readSaid(body: unknown, reasonNeeded = true): { by: string; reason: string } | Wrong {
  const given = (body ?? {}) as Record<string, unknown>;
  const [by, reason = ''] = [textOf(given.by)?.trim(), textOf(given.reason)?.trim()];
  if (by === undefined || !/^[\p{L}\p{N} ._@-]{1,100}$/u.test(by))
    return wrong(
      'Назовите себя: by (до 100 букв, цифр, пробелов)',
      'Name yourself: by (up to 100 letters, digits, spaces)',
    );
  if (reasonNeeded && reason === '') return wrong('Нужна причина: reason', 'A reason is needed: reason');
  if (reason.length > 1_000) return wrong('reason: до 1000 знаков', 'reason: up to 1000 characters');
  return { by, reason };
}

export function listOf(value: unknown): readonly string[] | undefined {
  const list = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',') : undefined;
  return list?.map((item) => item.trim()).filter((item) => item !== '');
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A whole number of the query within bounds; NaN where it is none. */
export function numberOf({ query }: Request, name: string, otherwise: number, most: number): number {
  const value = query[name] === undefined ? otherwise : Number(query[name]);
  return Number.isInteger(value) && value >= 0 && value <= most ? value : Number.NaN;
}

function instantOf(value: unknown): number | undefined {
  return value === undefined ? undefined : typeof value === 'number' ? value : Date.parse(String(value));
}
