import { expect, test } from 'vitest';
import { DAY_S, dayName, dayOf, parseDayName } from '../../../src/core/history/calendar.ts';

test.each([
  ['1970-01-01', 0],
  ['1969-12-31', -1],
  ['2024-02-29', 19_782],
  ['2026-11-29', 20_786],
  ['2026-12-31', 20_818],
])('%s is day %i, from its first second to its last', (name, day) => {
  expect([dayName(day), parseDayName(name)]).toEqual([name, day]);
  expect([dayOf(day * DAY_S), dayOf((day + 1) * DAY_S - 1), dayOf((day + 1) * DAY_S)]).toEqual([day, day, day + 1]);
});

test.each([
  ...['2026-02-29', '2026-02-30', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '2026-01-32'],
  ...['2026-1-01', '26-01-01', 'x2026-01-01', '2026-01-01x', '2026/01/01', ''],
])('%j is no day', name => {
  expect(parseDayName(name)).toBeNull();
});
