import { expect, it } from 'vitest';
import { quietUntil } from '../../../src/core/notices/quiet-hours.ts';

// Berlin's, where the process may have it: all else holds in any time zone.
process.env.TZ = 'Europe/Berlin';
const at = (text: string): number => new Date(text).getTime();

it.each([
  ['22:00', '06:30', '2026-11-29T21:59:59', null],
  ['22:00', '06:30', '2026-11-29T22:00:00', '2026-11-30T06:30:00'],
  ['22:00', '06:30', '2026-11-30T00:00:00', '2026-11-30T06:30:00'],
  ['22:00', '06:30', '2026-11-30T06:29:59', '2026-11-30T06:30:00'],
  ['22:00', '06:30', '2026-11-30T06:30:00', null],
  ['13:00', '15:00', '2026-11-30T12:59:59', null],
  ['13:00', '15:00', '2026-11-30T13:00:00', '2026-11-30T15:00:00'],
  ['13:00', '15:00', '2026-11-30T14:59:59', '2026-11-30T15:00:00'],
  ['13:00', '15:00', '2026-11-30T15:00:00', null],
  ['13:00', '13:00', '2026-11-30T13:00:00', null],
  // The night in which the clocks are set back has an hour more.
  ['22:00', '06:30', '2026-10-24T23:00:00', '2026-10-25T06:30:00'],
  // In it, from two to three comes twice.
  ['22:00', '02:30', '2026-10-25T02:15:00+02:00', '2026-10-25T02:30:00+02:00'],
  ['22:00', '02:30', '2026-10-25T02:15:20+01:00', '2026-10-25T02:30:00+01:00'],
  ['22:00', '02:30', '2026-10-25T02:30:00+01:00', null],
  // In the other one it does not come: half past two is half past three.
  ['22:00', '02:30', '2026-03-29T01:59:00+01:00', '2026-03-29T03:30:00+02:00'],
])('from %s to %s, at %s until %s', (from, to, now, until) => {
  expect(quietUntil({ from, to }, at(now))).toBe(until === null ? null : at(until));
});
