import { describe, expect, it } from 'vitest';
import { nearMoment, stampOf } from '../../../src/ui/text/near-moment.ts';
import { emptyHome } from '../../helpers/ui/home.ts';

/** 14:22:00 of 11 January 2026. */
const view = { home: emptyHome() };
const at = (day: number, hour: number, minute: number, second: number, year = 2026): number =>
  new Date(year, 0, day, hour, minute, second).getTime();

describe('a moment in a sentence', () => {
  it.each([
    [at(11, 0, 0, 0), '00:00', '00:00:00'],
    [at(11, 14, 2, 5), '14:02', '14:02:05'],
    [at(10, 23, 59, 59), '10 Jan 23:59', '10 Jan 23:59:59'],
    [at(12, 0, 0, 0), '12 Jan 00:00', '12 Jan 00:00:00'],
    [at(11, 14, 2, 5, 2025), '11 Jan 2025 14:02', '11 Jan 2025 14:02:05'],
  ])('%# has its day where that is not today, and its year where that is another one', (then, short, long) => {
    expect(nearMoment(view, then)).toBe(short);
    expect(nearMoment(view, then, { hasSeconds: true })).toBe(long);
  });

  it('is told by the clock of the house, of which the day may be another', () => {
    const ahead = { ...view, timeOfDay: (one: number) => one - 15 * 3_600_000 };
    expect(nearMoment(ahead, at(11, 14, 2, 5))).toBe('23:02');
    expect(nearMoment(ahead, at(11, 15, 2, 5))).toBe('11 Jan 00:02');
  });
});

describe('a moment in a list', () => {
  it('takes the columns of a time of day, and what does not fit there goes before the text', () => {
    expect(stampOf(view, at(11, 9, 5, 7))).toEqual({ column: '09:05:07', lead: '' });
    expect(stampOf(view, at(9, 9, 5, 7))).toEqual({ column: '09 Jan  ', lead: '09:05:07 ' });
    expect(stampOf(view, at(9, 9, 5, 7, 2025))).toEqual({ column: '09 Jan  ', lead: '2025 09:05:07 ' });
  });
});
