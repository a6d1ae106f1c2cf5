import { describe, expect, it } from 'vitest';
import { writtenSpan } from '../../../../src/core/history/query/written.ts';

const NOW = 1_795_910_400;
const within = { from: NOW - 600, until: NOW + 40 };
const until = (heardUntil: number | null, since: number | null, now = NOW): number =>
  writtenSpan(
    { recordedSince: () => since },
    { heard: heardUntil === null ? [] : [{ from: NOW - 600, until: heardUntil }] },
    within,
    now,
  ).until - NOW;

describe('what may be told of a stretch', () => {
  it('reaches to now where nobody records, and to its end where that is over', () => {
    expect(writtenSpan({}, { heard: [] }, within, NOW)).toEqual({ from: within.from, until: NOW });
    expect(until(NOW - 50, null)).toBe(0);
    expect(until(NOW - 50, null, NOW + 100)).toBe(40);
  });

  it('reaches to what is written where somebody records', () => {
    expect(until(NOW - 50, NOW - 9_000)).toBe(-50);
    expect(until(NOW - 120, NOW - 9_000)).toBe(-120);
    // Longer ago than anything is held back: then nobody listened.
    expect(until(NOW - 121, NOW - 9_000)).toBe(0);
    expect(until(NOW + 10, NOW - 9_000)).toBe(0);
  });

  it('reaches to where the recording began, of which nothing is written yet', () => {
    expect(until(null, NOW - 5)).toBe(-5);
    expect(until(NOW - 300, NOW - 5)).toBe(-5);
    expect(until(null, NOW - 121)).toBe(0);
    expect(writtenSpan({ recordedSince: () => NOW - 50 }, { heard: [] }, { from: NOW - 20, until: NOW }, NOW)).toEqual({
      from: NOW - 20,
      until: NOW - 20,
    });
  });

  it('is the whole of a stretch of which all has long been written, without a look at who records', () => {
    const source = {
      recordedSince: (): number => {
        throw new Error('nobody needs to know');
      },
    };
    const past = { from: NOW - 900, until: NOW - 120 };
    expect(writtenSpan(source, { heard: [] }, past, NOW)).toEqual(past);
  });
});
