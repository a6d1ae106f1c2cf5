import { describe, expect, it } from 'vitest';
import { plainNumber, switchPair, wordPair } from '../../../../src/core/discover/guess/values.ts';

describe('a number', () => {
  it.each([
    ['5', 5, ''],
    ['-5.25', -5.25, ''],
    ['+5', 5, ''],
    ['5.', 5, ''],
    ['5,5', 5.5, ''],
    ['.25', 0.25, ''],
    [',25', 0.25, ''],
    ['1e3', 1_000, ''],
    ['1E-2', 0.01, ''],
    ['1e+2', 100, ''],
    ['1e123', 1e123, ''],
    ['21.5 °C', 21.5, '°C'],
    ['21.5°C', 21.5, '°C'],
    ['40%', 40, '%'],
    ['5   W', 5, 'W'],
    ['5 µg', 5, 'µg'],
    ['5 abcdefgh', 5, 'abcdefgh'],
  ])('%s is one', (text, value, unit) => {
    expect(plainNumber(text)).toStrictEqual({ value, unit });
  });

  it.each([
    ...[
      '',
      'x',
      'x5',
      '5 abcdefghi',
      '5 W h',
      '12:30',
      '1/2',
      '192.0.2.7',
      '2026-11-29',
      '5 (W)',
      '--5',
      '1e999',
      '5\n6',
    ],
    ...['0x1f', '0b11', '-0o7', '+0xff', '.', 'NaN', '5 +x'],
  ])('"%s" is none', text => {
    expect(plainNumber(text)).toBeNull();
  });

  it('that only begins like one of another base has a unit', () => {
    expect(plainNumber('10 bar')).toStrictEqual({ value: 10, unit: 'bar' });
    expect(plainNumber('10bar')).toStrictEqual({ value: 10, unit: 'bar' });
  });
});

describe('two words that belong together', () => {
  it.each([
    ['on', 'off'],
    ['an', 'aus'],
    ['true', 'false'],
    ['1', '0'],
    ['open', 'closed'],
    ['opened', 'closed'],
    ['offen', 'zu'],
    ['offen', 'geschlossen'],
    ['motion', 'clear'],
    ['detected', 'clear'],
    ['wet', 'dry'],
    ['home', 'away'],
    ['home', 'not_home'],
    ['yes', 'no'],
    ['ja', 'nein'],
    ['active', 'inactive'],
    ['running', 'stopped'],
    ['locked', 'unlocked'],
  ])('%s and %s', (on, off) => {
    expect(wordPair([off, on])).toStrictEqual({ on, off, unheard: null });
  });

  it.each([
    [['on'], { on: 'on', off: 'off', unheard: 'off' }],
    [['off'], { on: 'on', off: 'off', unheard: 'on' }],
    [['ON'], { on: 'ON', off: 'OFF', unheard: 'OFF' }],
    [['Open'], { on: 'Open', off: 'Closed', unheard: 'Closed' }],
    [['Closed'], { on: 'Open', off: 'Closed', unheard: 'Open' }],
    [['oPEN'], { on: 'oPEN', off: 'closed', unheard: 'closed' }],
    [['1'], { on: '1', off: '0', unheard: '0' }],
    [['NOT_HOME'], { on: 'HOME', off: 'NOT_HOME', unheard: 'HOME' }],
  ])('of %o the other is supposed in the same letters', (texts, expected) => {
    expect(wordPair(texts)).toStrictEqual(expected);
  });

  it.each([[[]], [['maybe']], [['on', 'maybe']], [['on', 'off', 'maybe']], [['on', 'false']], [['on', 'off', 'ON']]])(
    'not %o',
    texts => {
      expect(wordPair(texts)).toBeNull();
    },
  );

  it.each([
    [['ON', 'OFF'], true],
    [['an'], true],
    [['true'], true],
    [['0'], true],
    [['open', 'closed'], false],
    [['motion'], false],
    [['active'], false],
    [['opened'], false],
    [['maybe'], false],
  ])('%o tell a switch: %s', (texts, isSwitch) => {
    expect(switchPair(texts) !== null).toBe(isSwitch);
  });
});
