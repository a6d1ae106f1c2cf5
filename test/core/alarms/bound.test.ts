import { describe, expect, it } from 'vitest';
import { type Bound, besideText, endOf, heldText, isBeyond, standingOf } from '../../../src/core/alarms/bound.ts';

const high: Bound = { side: 'high', limit: 80, hysteresis: 1 };
const low: Bound = { side: 'low', limit: 6, hysteresis: 0.1 };
const degrees = { unit: '°C' };

describe('where a value stands', () => {
  it.each([
    [high, 80.01, 'beyond', 'beyond'],
    [high, 80, 'within', 'held'],
    [high, 79.01, 'within', 'held'],
    [high, 79, 'within', 'within'],
    [low, 5.99, 'beyond', 'beyond'],
    [low, 6, 'within', 'held'],
    [low, 6.1, 'within', 'within'],
    [{ ...high, hysteresis: 0 }, 80, 'within', 'within'],
  ] as const)('to %j at %s', (bound, value, before, raised) => {
    expect([standingOf(bound, value, false), standingOf(bound, value, true)]).toEqual([before, raised]);
  });

  it('is beyond a limit on neither side where it is on it', () => {
    expect([isBeyond(5, 'high', 5), isBeyond(5, 'low', 5)]).toEqual([false, false]);
  });

  it('ends without the dust of binary fractions', () => {
    expect([endOf(low), endOf({ side: 'high', limit: 0.3, hysteresis: 0.1 })]).toEqual([6.1, 0.2]);
  });
});

describe('the words', () => {
  it('show on which side a value is, of the limit or of where it is over', () => {
    expect(besideText(high, 80.03, 'beyond', degrees)).toBe('80.03 °C');
    expect(besideText(high, 79.03, 'held', degrees)).toBe('79.03 °C');
    expect(besideText(high, 80, 'held', { unit: '°C', decimals: 2 })).toBe('80.00 °C');
  });

  it('say where it is over only where it is held', () => {
    expect(heldText(high, 'held', degrees)).toBe('; it is over from 79.0 °C down');
    expect(heldText(low, 'held', { unit: '°C', decimals: 0 })).toBe('; it is over from 6.1 °C up');
    expect([heldText(high, 'beyond', degrees), heldText(high, 'within', degrees)]).toEqual(['', '']);
  });
});
