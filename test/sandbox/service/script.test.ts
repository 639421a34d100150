import { expect } from 'chai';
import {
  type Rule,
  type RunningService,
  Script,
  scriptReply,
  startService,
} from '../../../src/sandbox/service/index.js';

const A = '90200000001';
const B = '90200000002';

function plans(rule: Rule, count: number, about: readonly string[] = [A]) {
  const script = new Script();
  script.set([rule]);
  return Array.from({ length: count }, () => script.plan(about));
}

describe('the script of a sandbox partner', () => {
  it('without rules plays fair', () => {
    expect(new Script().plan([A])).to.deep.equal({ manner: { delay: 0, how: 'whole' }, duplicate: false });
  });

  it('befalls a share of the questions, evenly', () => {
    const hits = (share: number) =>
      plans({ what: 'silence', share }, 20)
        .map((p) => Number(p.instead !== undefined))
        .join('');
    expect(hits(0.25)).to.equal('00010001000100010001');
    expect(hits(0.5)).to.equal('01'.repeat(10));
    expect(hits(1)).to.equal('1'.repeat(20));
    expect(hits(0)).to.equal('0'.repeat(20));
    expect(plans({ what: 'silence', share: 0.1 }, 1000).filter((p) => p.instead).length).to.equal(100);
  });

  it('befalls the people it names, and no more often than told', () => {
    const about = (snils: readonly string[]) =>
      plans({ what: 'duplicate', snils: [A], times: 2 }, 5, snils).map((p) => p.duplicate);
    expect(about([B, A])).to.deep.equal([true, true, false, false, false]);
    expect(about([B])).to.deep.equal([false, false, false, false, false]);
    expect(about([])).to.deep.equal([false, false, false, false, false]);
  });

  it('refuses before the work, or loses the answer after it', () => {
    const [before] = plans({ what: 'status', status: 503 }, 1);
    expect([before?.instead?.status, before?.after]).to.deep.equal([503, undefined]);
    const [after] = plans({ what: 'status', status: 502, done: true }, 1);
    expect([after?.instead, after?.after?.status]).to.deep.equal([undefined, 502]);
  });

  it('adds latency to whatever else befalls', () => {
    const script = new Script();
    script.set([{ what: 'latency', ms: 30 }, { what: 'half' }, { what: 'latency', ms: 20 }]);
    expect(script.plan([A])).to.deep.equal({ manner: { delay: 30, how: 'half' }, duplicate: false });
  });

  it('is read, put in place and dropped over HTTP; what is wrong is named and changes nothing', () => {
    const script = new Script();
    const call = (method: string, body?: unknown) =>
      scriptReply({ method, path: '/script', query: new URLSearchParams(), body }, script);
    const rules = [{ what: 'latency', ms: 5, share: 0.5 }];
    expect(call('PUT', { rules })).to.deep.equal({ status: 200, json: { rules } });
    for (const [wrong, says] of [
      [{}, 'rules'],
      [{ rules: [{ what: 'flood' }] }, 'rules[0].what'],
      [{ rules: [null] }, 'rules[0].what'],
      [{ rules: [{ what: 'latency' }] }, 'rules[0].ms'],
      [{ rules: [...rules, { what: 'status', status: 200 }] }, 'rules[1].status'],
      [{ rules: [{ what: 'half', share: 2 }] }, 'rules[0].share'],
      [{ rules: [{ what: 'half', times: 0 }] }, 'rules[0].times'],
      [{ rules: [{ what: 'half', snils: ['112-233-445 95'] }] }, 'rules[0].snils'],
    ] as const) {
      const { status, json } = call('PUT', wrong);
      expect([status, JSON.stringify(json).includes(says)], says).to.deep.equal([400, true]);
    }
    expect(call('GET').json).to.deep.equal({ rules });
    expect(call('DELETE').json).to.deep.equal({ rules: [] });
    expect(call('POST').status).to.equal(405);
  });
});

describe('the service a sandbox partner is', () => {
  let service: RunningService;
  const failures: unknown[] = [];
  before(async () => {
    const options = {
      host: '127.0.0.1',
      port: 0,
      bodyLimit: 1_000,
      onFailure: (error: unknown) => void failures.push(error),
    };
    service = await startService(options, ({ path, body }) => {
      if (path === '/broken') throw new Error('as it is');
      if (path === '/busy') throw Object.assign(new Error('busy'), { errcode: 5 });
      const how = path === '/half' ? 'half' : path === '/silent' ? 'silence' : 'whole';
      return {
        status: 200,
        json: { got: body ?? null, long: 'x'.repeat(200) },
        manner: { delay: path === '/slow' ? 40 : 0, how },
      };
    });
  });
  after(() => service.close());
  const post = (path: string, body: string, signal?: AbortSignal) =>
    fetch(service.url + path, { method: 'POST', body, ...(signal && { signal }) });

  it('answers JSON with JSON', async () => {
    expect(await (await post('/', '{"a":1}')).json()).to.deep.include({ got: { a: 1 } });
    expect(await (await fetch(service.url)).json()).to.deep.include({ got: null });
  });

  it('refuses what is no JSON, not UTF-8, or too long', async () => {
    expect((await post('/', '{')).status).to.equal(400);
    expect((await fetch(service.url, { method: 'PUT', body: Buffer.from([0x22, 0xff, 0x22]) })).status).to.equal(400);
    expect((await post('/', JSON.stringify('x'.repeat(2_000)))).status).to.equal(413);
  });

  it('tells a passing failure from another, and the caller no more than that', async () => {
    expect([(await post('/busy', '1')).status, (await post('/broken', '1')).status]).to.deep.equal([503, 500]);
    expect(failures).to.have.length(2);
    expect(await (await post('/broken', '1')).text()).to.not.include('as it is');
  });

  it('is slow, cuts its answer in the middle, is silent: as the manner has it', async () => {
    const began = performance.now();
    expect((await post('/slow', '1')).status).to.equal(200);
    expect(performance.now() - began).to.be.at.least(35);
    const half = await post('/half', '1');
    const cut = await half.text().catch((error: Error) => error);
    expect(cut).to.be.instanceOf(Error);
    const silent = await post('/silent', '1', AbortSignal.timeout(80)).catch((error: Error) => error.name);
    expect(silent).to.equal('TimeoutError');
  });
});
