import { expect } from 'chai';
import {
  DEFAULT_POLICY,
  type DeliveryPolicy,
  isWithin,
  LONGEST_OPEN,
  minutesOfWeek,
  PartnerGate,
} from '../../src/delivery/index.js';

/** Monday 23 November 2026, 12:00 UTC. */
const NOON = Date.UTC(2026, 10, 23, 12);

describe('the gate in front of a partner', () => {
  let changes: string[];
  function gateOf(policy: Partial<DeliveryPolicy> = {}): PartnerGate {
    changes = [];
    const whole = { ...DEFAULT_POLICY, outages: 3, coolDown: 1_000, ...policy };
    return new PartnerGate(
      () => whole,
      (at) => minutesOfWeek(at, 0),
      (to) => changes.push(to),
    );
  }
  function fail(gate: PartnerGate, times: number, now: number): void {
    for (let i = 0; i < times; i++) {
      expect(gate.enter(now)).to.equal(undefined);
      gate.leave('outage', now);
    }
  }

  it('opens after so many outages in a row, tells it once, and holds everything back', () => {
    const gate = gateOf();
    fail(gate, 3, NOON);
    expect(gate.enter(NOON)).to.equal(NOON + 1_000);
    expect(gate.enter(NOON + 999)).to.equal(NOON + 1_000);
    expect(changes).to.deep.equal(['open']);
  });

  it('does not open while calls get through in between', () => {
    const gate = gateOf();
    for (let i = 0; i < 10; i++) {
      fail(gate, 2, NOON);
      gate.enter(NOON);
      gate.leave('reached', NOON);
    }
    expect(changes).to.deep.equal([]);
  });

  it('lets one call probe after the cool-down, the others wait for what it finds', () => {
    const gate = gateOf();
    fail(gate, 3, NOON);
    expect(gate.enter(NOON + 1_000)).to.equal(undefined);
    expect(gate.enter(NOON + 1_000)).to.equal(NOON + 1_250);
    gate.leave('reached', NOON + 1_100);
    expect(gate.enter(NOON + 1_100)).to.equal(undefined);
    expect(changes).to.deep.equal(['open', 'closed']);
  });

  it('stays open twice as long after each failed probe, five minutes at most, and tells nobody again', () => {
    const gate = gateOf();
    fail(gate, 3, NOON);
    let now = NOON;
    const waits: number[] = [];
    for (let i = 0; i < 12; i++) {
      const until = gate.shutUntil(now)!;
      waits.push(until - now);
      now = until;
      fail(gate, 1, now);
    }
    expect(waits.slice(0, 4)).to.deep.equal([1_000, 2_000, 4_000, 8_000]);
    expect(waits.at(-1)).to.equal(LONGEST_OPEN);
    expect(changes).to.deep.equal(['open']);
  });

  it('lets another call probe when the first made none after all', () => {
    const gate = gateOf();
    fail(gate, 3, NOON);
    gate.enter(NOON + 1_000);
    gate.leave('idle', NOON + 1_000);
    expect(gate.enter(NOON + 1_000)).to.equal(undefined);
  });

  it('takes calls that began before the breaker opened for what they are', () => {
    const gate = gateOf();
    for (let i = 0; i < 5; i++) gate.enter(NOON);
    for (let i = 0; i < 5; i++) gate.leave('outage', NOON);
    expect(changes).to.deep.equal(['open']);
    expect(gate.shutUntil(NOON)).to.equal(NOON + 1_000);
  });

  it('spreads calls evenly under a rate cap, with a second’s worth saved up at most', () => {
    const gate = gateOf({ perSecond: 10 });
    let now = NOON;
    let made = 0;
    while (now < NOON + 10_000) {
      const until = gate.enter(now);
      if (until === undefined) made++;
      else now = until;
    }
    expect(made).to.be.within(100, 111);
  });

  it('is shut in maintenance hours until they end, whatever the breaker says', () => {
    const gate = gateOf({ maintenance: [{ from: '11:30', until: '12:15' }] });
    expect(gate.enter(NOON)).to.equal(NOON + 15 * 60_000);
    expect(gate.enter(NOON + 15 * 60_000)).to.equal(undefined);
  });
});

describe('maintenance hours', () => {
  it('hold on the days named, past midnight too', () => {
    const sunday = { days: [7], from: '22:00', until: '02:00' };
    const at = (day: number, time: string) => (day - 1) * 1440 + Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
    expect(isWithin(sunday, at(7, '21:59'))).to.equal(undefined);
    expect(isWithin(sunday, at(7, '22:00'))).to.equal(240);
    expect(isWithin(sunday, at(1, '01:59'))).to.equal(1);
    expect(isWithin(sunday, at(1, '02:00'))).to.equal(undefined);
    expect(isWithin(sunday, at(6, '23:00'))).to.equal(undefined);
  });

  it('that begin when they end last a day', () => {
    expect(isWithin({ days: [1], from: '00:00', until: '00:00' }, 10)).to.equal(1430);
  });

  it('know the minute of the week in any zone', () => {
    expect(minutesOfWeek(NOON, 0)).to.equal(12 * 60);
    expect(minutesOfWeek(NOON, 180)).to.equal(15 * 60);
    expect(minutesOfWeek(Date.UTC(2026, 10, 22, 23), 120)).to.equal(60);
    expect(minutesOfWeek(0, 0)).to.equal(3 * 1440);
  });
});
