import { expect, it } from 'vitest';
import { localDay } from '../../src/core/moment-text.ts';

process.env.TZ = 'Europe/Berlin';

it('a day is that of here', () => {
  expect(localDay(Date.UTC(2026, 0, 1, 22, 59, 59))).toBe('2026-01-01');
  expect(localDay(Date.UTC(2026, 0, 1, 23))).toBe('2026-01-02');
  expect(localDay(Date.UTC(2026, 9, 9, 12))).toBe('2026-10-09');
});
