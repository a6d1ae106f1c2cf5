import { describe, expect, it } from 'vitest';
import { formatAge, formatCadence, formatDuration } from '../../src/core/duration.ts';
import { createRandom } from '../helpers/random/random.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [0.9, '0 ms'],
    [84, '84 ms'],
    [999.9, '999 ms'],
    [SECOND, '1 s'],
    [2 * MINUTE - 1, '119 s'],
    [2 * MINUTE, '2 min'],
    [2 * HOUR - 1, '119 min'],
    [2 * HOUR, '2 h'],
    [5 * HOUR + 20 * MINUTE, '5 h 20 m'],
    [10 * HOUR - 1, '9 h 59 m'],
    [23 * HOUR + 59 * MINUTE, '23 h'],
    [2 * DAY - 1, '47 h'],
    [2 * DAY, '2 d'],
    [3 * DAY + 4 * HOUR, '3 d 4 h'],
    [10 * DAY - 1, '9 d 23 h'],
    [400 * DAY, '400 d'],
    [-5, '0 ms'],
    [Number.NaN, '0 ms'],
    [Number.POSITIVE_INFINITY, '0 ms'],
  ])('%d ms: %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('never takes more than eight columns and never says more than it was', () => {
    const random = createRandom(1);
    for (let round = 0; round < 5_000; round++) {
      const ms = random.next() * 10 ** random.below(12);
      const text = formatDuration(ms);
      expect(text.length, `${ms}: ${text}`).toBeLessThanOrEqual(8);
      expect(readDuration(text), `${ms}: ${text}`).toBeLessThanOrEqual(ms);
    }
  });
});

function readDuration(text: string): number {
  const units: Readonly<Record<string, number>> = { ms: 1, s: SECOND, min: MINUTE, m: MINUTE, h: HOUR, d: DAY };
  return [...text.matchAll(/(\d+) ([a-z]+)/g)].reduce(
    (sum, [, n, unit = '']) => sum + Number(n) * (units[unit] ?? 0),
    0,
  );
}

describe('formatAge', () => {
  it.each([
    [0, '0 s'],
    [999, '0 s'],
    [-3, '0 s'],
    [Number.NaN, '0 s'],
    [SECOND, '1 s'],
    [3 * MINUTE, '3 min'],
  ])('%d ms: %s', (ms, text) => {
    expect(formatAge(ms)).toBe(text);
  });
});

describe('formatCadence', () => {
  it.each([
    [5_000, '5.0 s'],
    [333, '333 ms'],
    [40, '40 ms'],
    [2 * MINUTE, '2 min'],
  ])('%d ms: %s', (ms, text) => {
    expect(formatCadence(ms)).toBe(text);
  });
});
