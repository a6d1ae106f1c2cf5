import { expect, it } from 'vitest';
import { parseRetryAfter } from '../../../src/core/engine/retry-after.ts';

const NOW = Date.UTC(2026, 10, 29, 12, 0, 0);

it.each([
  ['0', 0],
  [' 120 ', 120_000],
  ['999999999', 999_999_999_000],
  ['Sun, 29 Nov 2026 12:01:00 GMT', 60_000],
  // It is over.
  ['Sun, 29 Nov 2026 11:59:00 GMT', 0],
  [null, null],
  ['', null],
  ['-5', null],
  ['1.5', null],
  ['soon', null],
  ['9999999999', null],
  ['2026-11-29T12:01:00Z', null],
  ['Sun, 99 Xyz 2026 12:01:00 GMT', null],
  ['x Sun, 29 Nov 2026 12:01:00 GMT', null],
  ['Sun, 29 Nov 2026 12:01:00 GMT+2', null],
])('%j: %s', (value, ms) => {
  expect(parseRetryAfter(value, NOW)).toBe(ms);
});
