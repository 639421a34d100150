import { TrustStore } from '../../../src/signature/index.js';
import * as der from './der-writer.js';
import { mutate, randomFrom } from './mutate.js';
import { DAY, extendedKeyUsage, extension, issue, NOW, nameOf, ocspResponse, revocationList } from './pki.js';

export interface FuzzReport {
  readonly cases: number;
  /** Verdicts `ok` by what was damaged. Only parts nobody signed may be: what is sent along with an OCSP answer. */
  readonly accepted: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  readonly totalMs: number;
  /** Growth of the resident memory, MB. */
  readonly grownMb: number;
  /** What was thrown, with the input that did it. */
  readonly thrown: readonly string[];
}

/**
 * Judges `count` damaged certificates, authorities, lists and answers made from `seed`. Nothing may be thrown, and no
 * certificate whose own bytes were changed may be accepted.
 */
export function fuzzCertificates(count: number, seed: number): FuzzReport {
  const random = randomFrom(seed);
  const { root, authority, end, rootList, list, answer } = samples();
  const all = [root.der, authority.der, end.der, rootList, list, answer];
  const file = (content: Buffer) => ({ name: 'f', content });
  const store = (parts: { authority?: Buffer; list?: Buffer; answer?: Buffer }) =>
    new TrustStore(
      {
        roots: [file(root.der)],
        intermediates: [file(parts.authority ?? authority.der)],
        lists: [file(rootList), ...(parts.answer === undefined ? [file(parts.list ?? list)] : [])],
        responses: parts.answer === undefined ? [] : [file(parts.answer)],
      },
      { policy: { revocation: 'required' } },
    );
  const whole = store({});
  const kinds = [
    { name: 'end', bytes: end.der, judge: (b: Buffer) => whole.judgeDer(b, NOW) },
    { name: 'authority', bytes: authority.der, judge: (b: Buffer) => store({ authority: b }).judgeDer(end.der, NOW) },
    { name: 'list', bytes: list, judge: (b: Buffer) => store({ list: b }).judgeDer(end.der, NOW) },
    { name: 'answer', bytes: answer, judge: (b: Buffer) => store({ answer: b }).judgeDer(end.der, NOW) },
  ] as const;
  const thrown: string[] = [];
  const started = performance.now();
  const memory = process.memoryUsage().rss;
  const accepted = { end: 0, authority: 0, list: 0, answer: 0 };
  let slowest = 0;
  for (let i = 0; i < count; i++) {
    const before = performance.now();
    try {
      const { name, bytes, judge } = kinds[i % kinds.length]!;
      const damaged = mutate(bytes, all[random(all.length)]!, random);
      if (judge(damaged).ok && !damaged.equals(bytes)) accepted[name]++;
    } catch (error) {
      thrown.push(`case ${i} of seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`);
    }
    slowest = Math.max(slowest, performance.now() - before);
  }
  return {
    cases: count,
    accepted,
    slowestMs: Math.round(slowest),
    totalMs: Math.round(performance.now() - started),
    grownMb: Math.round((process.memoryUsage().rss - memory) / 1e6),
    thrown,
  };
}

/** One of everything, with every extension the readers know. */
function samples() {
  const names = der.sequence(
    der.context(
      0,
      true,
      der.sequence(der.context(4, true, nameOf('RU'))),
      der.sequence(der.context(2, false, Buffer.from('a.ru'))),
    ),
    der.context(1, true, der.sequence(der.context(1, false, Buffer.from('.b.ru')))),
  );
  const place = der.context(0, true, der.context(0, true, der.context(6, false, Buffer.from('http://a.ru/1.crl'))));
  const root = issue(undefined, true);
  const authority = issue(root, true, { extensions: { names: extension('2.5.29.30', names, true) } });
  const end = issue(authority, false, {
    subject: nameOf('RU', 'Орган', 'Система'),
    extensions: {
      alt: extension('2.5.29.17', der.sequence(der.context(2, false, Buffer.from('x.a.ru')))),
      points: extension('2.5.29.31', der.sequence(der.sequence(place))),
      use: extendedKeyUsage('1.3.6.1.5.5.7.3.2'),
      keys: extension('2.5.29.35', der.sequence(der.context(0, false, Buffer.alloc(20)))),
    },
  });
  const revoked = Array.from({ length: 50 }, (_, i) => ({ serial: (0x5000 + i).toString(16), reason: 1 + (i % 6) }));
  const responder = issue(authority, false, {
    extensions: { use: extendedKeyUsage('1.3.6.1.5.5.7.3.9'), noCheck: extension('1.3.6.1.5.5.7.48.1.5', der.tlv(5)) },
    subject: nameOf('RU', 'Ответчик'),
  });
  return {
    root,
    authority,
    end,
    rootList: revocationList(root, { until: NOW + 9 * DAY }),
    list: revocationList(authority, { revoked, scope: [place] }),
    answer: ocspResponse(end, authority, { responder, nonce: Buffer.alloc(16) }),
  };
}
