import { describe, expect, it } from 'vitest';
import { parseDuration, parsePast, parseWhen } from '../../../../src/core/history/query/when.ts';

process.env.TZ = 'Europe/Berlin';
const NOW = Date.UTC(2026, 10, 29, 14, 5, 6);

describe('parseDuration', () => {
  it.each([
    ['90s', 90],
    ['10min', 600],
    ['10m', 600],
    ['24h', 86_400],
    ['1.5h', 5_400],
    ['1.25 h', 4_500],
    ['2w', 1_209_600],
    ['1s', 1],
    ['0.5s', 1],
    [' 5 min ', 300],
    ['7d', 604_800],
    ['1y', 31_536_000],
  ])('%s', (text, seconds) => {
    expect(parseDuration(text)).toEqual({ ok: true, value: seconds });
  });

  it.each(['', '5', 'h', '-1h', '5m.', '0.4s', '0s', '1 fortnight', '9999999999d', '1e3s'])('%j is none', text => {
    expect(parseDuration(text).ok).toBe(false);
  });
});

describe('parseWhen', () => {
  it.each([
    ['now', '2026-11-29T14:05:06Z'],
    ['today', '2026-11-28T23:00:00Z'],
    ['yesterday', '2026-11-27T23:00:00Z'],
    ['yesterday 03:00', '2026-11-28T02:00:00Z'],
    ['14:00', '2026-11-29T13:00:00Z'],
    ['7:30:15', '2026-11-29T06:30:15Z'],
    ['2 h ago', '2026-11-29T12:05:06Z'],
    ['90min ago', '2026-11-29T12:35:06Z'],
    ['90minago', '2026-11-29T12:35:06Z'],
    ['2026-07-01', '2026-06-30T22:00:00Z'],
    ['2026-07-01 12:00', '2026-07-01T10:00:00Z'],
    ['2026-07-01T12:00:30', '2026-07-01T10:00:30Z'],
    ['2026-07-01T12:00:30Z', '2026-07-01T12:00:30Z'],
    ['2026-07-01 12:00+02:00', '2026-07-01T10:00:00Z'],
    // This hour was left out, and this one came twice.
    ['2026-03-29 02:30', '2026-03-29T01:30:00Z'],
    ['2026-10-25 02:30', '2026-10-25T00:30:00Z'],
  ])('%s', (text, iso) => {
    expect(parseWhen(text, NOW)).toEqual({ ok: true, value: Date.parse(iso) });
  });

  it.each([
    '',
    '3',
    '25:00',
    '2026-02-30',
    '2026-13-01',
    '2026-01-00',
    'tomorrow',
    '29.11.2026',
    '12:60',
    '24:00',
    '12:00:60',
    '12:00:61',
    'at 14:00',
    '14:00h',
    'today 14:00 or so',
    'long ago',
    'ago',
  ])('%j is none', text => {
    expect(parseWhen(text, NOW).ok).toBe(false);
  });
});

describe('parsePast', () => {
  it.each([
    ['14:00', '2026-11-29T13:00:00Z'],
    ['now', '2026-11-29T14:05:06Z'],
    // In Berlin it is five past three.
    ['15:06', '2026-11-28T14:06:00Z'],
    [' 23:00 ', '2026-11-28T22:00:00Z'],
  ])('%s is over', (text, iso) => {
    expect(parsePast(text, NOW)).toEqual({ ok: true, value: Date.parse(iso) });
  });

  it('takes a time of day to the second, and an hour of one digit', () => {
    expect(parsePast('23:00:05', NOW)).toEqual({ ok: true, value: Date.parse('2026-11-28T22:00:05Z') });
    const early = Date.parse('2026-11-29T06:00:00Z');
    expect(parsePast('9:30', early)).toEqual({ ok: true, value: Date.parse('2026-11-28T08:30:00Z') });
    expect(parsePast('7:00', early)).toEqual({ ok: true, value: early });
  });

  it.each(['today 23:00', '2026-11-30', '2027-01-01T00:00Z'])('%s is yet to come', text => {
    expect(parsePast(text, NOW)).toEqual({ ok: false, error: 'That is yet to come.' });
  });

  it('says of what is no time what it takes', () => {
    expect(parsePast('soon', NOW)).toEqual({ ok: false, error: expect.stringMatching(/^It takes /) });
  });
});
