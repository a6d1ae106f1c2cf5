import { expect, it } from 'vitest';
import { ticksBetween } from '../../../src/ui/charts/axis-ticks.ts';

process.env.TZ = 'Europe/Vienna';
const at = (iso: string): number => Date.parse(iso);

/** The labels of a stretch in so many columns. */
function labels(from: string, until: string, columns: number): string {
  const [begin, end] = [at(from), at(until)];
  return ticksBetween(begin, end, (end - begin) / columns)
    .map(({ label }) => label)
    .join(' ');
}

it.each([
  ['minutes', '2026-11-29T14:00', '2026-11-29T14:10', 60, '14:00 14:02 14:04 14:06 14:08'],
  ['hours over midnight', '2026-11-28T18:00', '2026-11-29T06:00', 40, '18:00 21:00 29.11. 03:00'],
  ['weekdays', '2026-11-22T12:00', '2026-11-29T12:00', 56, 'Mon 23 Tue 24 Wed 25 Thu 26 Fri 27 Sat 28 Sun 29'],
  [
    'days',
    '2026-11-01T00:00',
    '2026-11-12T00:00',
    100,
    '1.11. 2.11. 3.11. 4.11. 5.11. 6.11. 7.11. 8.11. 9.11. 10.11. 11.11.',
  ],
  ['weeks, from Monday', '2026-10-30T00:00', '2026-11-29T00:00', 60, '2.11. 9.11. 16.11. 23.11.'],
  ['pairs of weeks', '2026-10-01T00:00', '2026-11-29T00:00', 50, '5.10. 19.10. 2.11. 16.11.'],
  ['months', '2026-06-10T00:00', '2027-03-10T00:00', 70, 'Jul Aug Sep Oct Nov Dec 2027 Feb Mar'],
  ['years', '2020-06-10T00:00', '2026-11-29T00:00', 70, '2021 2022 2023 2024 2025 2026'],
  ['the hour that is not there', '2026-03-29T00:00', '2026-03-29T06:00', 60, '29.3. 01:00 03:00 04:00 05:00'],
  ['the hour that is there twice', '2026-10-25T00:00', '2026-10-25T05:00', 60, '25.10. 01:00 02:00 02:00 03:00 04:00'],
  ['a day of 25 hours', '2026-10-25T00:00', '2026-10-26T00:00', 75, '25.10. 03:00 06:00 09:00 12:00 15:00 18:00 21:00'],
])('an axis of %s has round times of here', (_, from, until, columns, says) => {
  expect(labels(from, until, columns)).toBe(says);
});

it('ends for any stretch, with as many as have room', () => {
  for (let days = 0.001; days < 40_000; days *= 1.7) {
    const until = at('2026-11-29T00:00');
    const ticks = ticksBetween(until - days * 86_400_000, until, (days * 86_400_000) / 70);
    expect(ticks.length).toBeLessThanOrEqual(12);
  }
});
