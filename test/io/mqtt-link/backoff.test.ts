import { describe, expect, it } from 'vitest';
import { retryWaitMs, takenOverWaitMs } from '../../../src/io/mqtt-link/backoff.ts';

describe('retryWaitMs', () => {
  it('grows to 30 s and stays there', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 100].map(failures => retryWaitMs(failures, () => 0.5));
    expect(waits).toEqual([800, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('differs by a fifth at most, and the first is below a second', () => {
    expect([retryWaitMs(1, () => 0), retryWaitMs(1, () => 0.999_999)]).toEqual([640, 960]);
    expect([retryWaitMs(9, () => 0), retryWaitMs(9, () => 0.999_999)]).toEqual([24_000, 36_000]);
  });
});

describe('takenOverWaitMs', () => {
  it('is long from the first time on', () => {
    expect(takenOverWaitMs(() => 0)).toBe(24_000);
  });
});
