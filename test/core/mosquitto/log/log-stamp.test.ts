import { describe, expect, it } from 'vitest';
import { parseStamp } from '../../../../src/core/mosquitto/log/log-stamp.ts';

const AT = Date.UTC(2026, 0, 31, 12, 34, 56);
const HOUR_MS = 3_600_000;

describe('parseStamp', () => {
  it.each([
    ['2026-01-31T12:34:56Z', AT],
    ['2026-01-31 12:34:56 UTC', AT],
    ['2026/01/31 12:34:56 GMT', AT],
    ['Sat 2026-01-31 12:34:56 UTC', AT],
    ['2026-01-31T12:34:56.789Z', AT + 789],
    ['2026-01-31T12:34:56,7Z', AT + 700],
    ['2026-01-31T12:34:56.123456789Z', AT + 123],
    ['2026-01-31T14:34:56+02:00', AT],
    ['2026-01-31T18:04:56+0530', AT],
    ['2026-01-31T09:04:56 -03:30', AT],
    [`${AT / 1_000}.250000`, AT + 250],
  ])('%s names its zone', (stamp, at) => {
    expect(parseStamp(stamp)).toBe(at);
    expect(parseStamp(stamp, HOUR_MS)).toBe(at);
  });

  it.each(['2026-01-31T13:34:56', '2026-01-31 13:34:56 CET', 'Sat Jan 31 13:34:56 2026'])(
    "%s is in the machine's zone",
    stamp => {
      expect(parseStamp(stamp)).toBeNull();
      expect(parseStamp(stamp, HOUR_MS)).toBe(AT);
    },
  );

  it('reads the month and the day of asctime', () => {
    expect(parseStamp('Tue Dec  1 00:00:00 2026', 0)).toBe(Date.UTC(2026, 11, 1));
    expect(parseStamp('Tue Foo  1 00:00:00 2026', 0)).toBeNull();
  });

  it.each([
    'x2026-01-31T12:34:56Z',
    '2026-01-31T12:34:56Zx',
    '2026-01-31T12:34:56Z x',
    'x Sat Jan 31 12:34:56 2026',
    'Sat Jan 31 12:34:56 2026 x',
    'x1769862896.250000',
    '1769862896.2500001',
    '1769862896',
    '12:34:56',
  ])('%s is another form', stamp => {
    expect(parseStamp(stamp, 0)).toBeNull();
  });
});
