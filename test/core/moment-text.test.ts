import { expect, it } from 'vitest';
import { localDay } from '../../src/core/moment-text.ts';

it('a day is that of here', () => {
  expect(localDay(new Date(2026, 0, 1, 23, 59, 59).getTime())).toBe('2026-01-01');
  expect(localDay(new Date(2026, 0, 2).getTime())).toBe('2026-01-02');
  expect(localDay(new Date(2026, 9, 9, 12).getTime())).toBe('2026-10-09');
});
