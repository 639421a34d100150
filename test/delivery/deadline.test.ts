import { expect } from 'chai';
import { deadlineOf, isWorkingDay } from '../../src/delivery/index.js';

const moscow = () => 180;
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const free = (year: number, month: string) =>
  Array.from({ length: 31 }, (_, i) => `${year}-${month}-${String(i + 1).padStart(2, '0')}`).filter(
    (d) => !Number.isNaN(Date.parse(d)) && new Date(d).toISOString().startsWith(d) && !isWorkingDay(day(d)),
  );

describe('the production calendar', () => {
  it('has the working days a year that the published calendars have: 247 in 2025 and in 2026', () => {
    for (const [year, days] of [
      [2025, 247],
      [2026, 247],
    ] as const) {
      let worked = 0;
      for (let d = day(`${year}-01-01`); d < day(`${year + 1}-01-01`); d += 86_400_000) if (isWorkingDay(d)) worked++;
      expect(worked, `${year}`).to.equal(days);
    }
  });

  it('frees the Monday after a holiday on a weekend, and what the decree moves', () => {
    expect(isWorkingDay(day('2026-03-09')), 'after Sunday 8 March').to.equal(false);
    expect(isWorkingDay(day('2026-05-11')), 'after Saturday 9 May').to.equal(false);
    expect(free(2026, '01')).to.include.members(['2026-01-08', '2026-01-09', '2026-01-10']);
    expect(isWorkingDay(day('2026-01-12'))).to.equal(true);
    expect(isWorkingDay(day('2025-11-01')), 'a Saturday worked').to.equal(true);
    expect(isWorkingDay(day('2025-11-03'))).to.equal(false);
  });
});

describe('the term of an answer', () => {
  it('in hours runs from acceptance, day and night', () => {
    expect(deadlineOf(day('2026-05-08'), { hours: 48 }, moscow)).to.equal(day('2026-05-10'));
  });

  it('in working days begins after the day of acceptance and ends at midnight where the gateway is', () => {
    const friday = Date.parse('2026-05-08T12:00:00+03:00');
    expect(new Date(deadlineOf(friday, { workingDays: 1 }, moscow)).toISOString()).to.equal('2026-05-12T21:00:00.000Z');
    const monday = Date.parse('2026-11-23T00:30:00+03:00');
    expect(new Date(deadlineOf(monday, { workingDays: 2 }, moscow)).toISOString()).to.equal('2026-11-25T21:00:00.000Z');
  });

  it('counts over the new year’s holidays', () => {
    const accepted = Date.parse('2025-12-30T10:00:00+03:00');
    expect(new Date(deadlineOf(accepted, { workingDays: 1 }, moscow)).toISOString()).to.equal(
      '2026-01-12T21:00:00.000Z',
    );
  });
});
