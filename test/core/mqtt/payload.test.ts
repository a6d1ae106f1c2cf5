import { describe, expect, test } from 'vitest';
import { decodeNumber, decodePosition } from '../../../src/core/mqtt/payload.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('decodeNumber', () => {
  test.each([
    ['54.3', 54.3],
    ['54,3', 54.3],
    [' -0.5 ', -0.5],
    ['+7', 7],
    ['.5', 0.5],
    ['1e2', 100],
    ['54.3 °C', 54.3],
    ['54.3°C', 54.3],
    ['54.3 C', 54.3],
    ['21.', 21],
    ['.55', 0.55],
    ['1e-2', 0.01],
    ['1e12', 1e12],
  ])('reads %j', (payload, value) => {
    expect(decodeNumber(bytes(payload), '°C')).toEqual({ ok: true, value });
  });

  test.each([
    ['', 'the payload is empty'],
    ['   ', 'the payload is blank'],
    ['NaN', '"NaN" is not a number'],
    ['Infinity', '"Infinity" is not a number'],
    ['-inf', '"-inf" is not a number'],
    ['1e999', '"1e999" is not a number'],
    ['1,234.5', '"1,234.5" is not a number'],
    ...['0x1f', '0x1A', '-0x1f', '+0b101', '12:30 h', "1'234.5", '12:30', '2026-01-02', '1/2', '1.2.3'].map(text => [
      text,
      `"${text}" is not a number`,
    ]),
    ['129 °F', '"129 °F" is in another unit than °C'],
    [
      '54.3 °',
      '"54.3 °" is not in °C, cut at its end: the sender may count characters as bytes (MicroPython: send text.encode())',
    ],
    ['{"t":1}', '"{"t":1}" is not a number: it is JSON, name its path in the house file'],
  ])('refuses %j', (payload, error) => {
    expect(decodeNumber(bytes(payload), '°C')).toEqual({ ok: false, error });
  });

  test.each([
    ['5 mW', 'MW'],
    ['5 MW', 'mW'],
    ['5 Mm', 'mm'],
  ])('refuses %j where the unit is %s: a thousand million times as much', (payload, unit) => {
    const error = `"${payload}" is in another unit than ${unit}`;
    expect(decodeNumber(bytes(payload), unit)).toEqual({ ok: false, error });
  });

  test.each([
    ['5 kw', 'kW'],
    ['5 µg/m³', 'μg/m³'],
    ['5 μS', 'µS'],
    ['54.3 º c', '°C'],
    ['21 ℃', '°C'],
    ['21 degC', '°C'],
    ['21 Celsius', '°C'],
    ['21', '℃'],
    ['5 ug/m3', 'µg/m³'],
  ])('takes %j for %s', (payload, unit) => {
    expect(decodeNumber(bytes(payload), unit).ok).toBe(true);
  });

  test.each([
    ['0bar', 'bar', 0],
    ['10Bd', 'Bd', 10],
  ])('takes %j for a number with a unit, and for none to another base', (payload, unit, value) => {
    expect(decodeNumber(bytes(payload), unit)).toEqual({ ok: true, value });
  });

  test('takes the begin of a unit for a cut one only where the unit has a character of several bytes', () => {
    expect(decodeNumber(bytes('5 k'), 'kW')).toEqual({ ok: false, error: '"5 k" is in another unit than kW' });
  });

  test('says where the house file has no unit', () => {
    const error = '"5 W" has a unit, where the house file has none';
    expect(decodeNumber(bytes('5 W'), '')).toEqual({ ok: false, error });
  });

  test('tells a payload that ends within a character from one that is no text', () => {
    const cut = bytes('21 °').subarray(0, -1);
    const error =
      'the payload is 4 bytes that are not UTF-8 text, cut at its end: the sender may count characters as bytes';
    expect(decodeNumber(cut, '°C')).toEqual({ ok: false, error: `${error} (MicroPython: send text.encode())` });
  });

  test.each([
    [undefined, 256],
    ['t', 256 * 1_024],
  ])('with the path %s reads %i bytes, and not one more', (path, longest) => {
    const text = path === undefined ? '7' : '{"t":7}';
    expect(decodeNumber(bytes(text.padEnd(longest)), '', path)).toEqual({ ok: true, value: 7 });
    const error = `the payload is ${longest + 1} bytes long, more than the ${longest} that are read`;
    expect(decodeNumber(bytes(text.padEnd(longest + 1)), '', path)).toEqual({ ok: false, error });
  });

  test('says what is not text, and what is too long, without showing it', () => {
    expect(decodeNumber(new Uint8Array([0xff, 0xfe, 0x31]), '')).toEqual({
      ok: false,
      error: 'the payload is 3 bytes that are not UTF-8 text',
    });
    const huge = decodeNumber(new Uint8Array(1_048_576).fill(0x31), '');
    expect(huge).toEqual({ ok: false, error: 'the payload is 1048576 bytes long, more than the 256 that are read' });
  });

  test('shows no character that a terminal would act on', () => {
    const result = decodeNumber(bytes('\u001b[2J\u202e54'), '');
    expect(result).toEqual({ ok: false, error: '"\ufffd[2J\ufffd54" is not a number' });
  });

  test.each([
    ['{"ENERGY":{"Power":[12.5]}}', 'ENERGY.Power.0', { ok: true, value: 12.5 }],
    ['{"t":"21.4 °C"}', 't', { ok: true, value: 21.4 }],
    ['{"t":{}}', 't', { ok: false, error: 't in the JSON payload is no single value' }],
    ['{"1-0:1.8.0":{"value":7}}', '["1-0:1.8.0"].value', { ok: true, value: 7 }],
    ['{"t":null}', 't', { ok: false, error: 't in the JSON payload is null' }],
    ['{"t":" "}', 't', { ok: false, error: 't is empty' }],
    ['[20,21]', 'length', { ok: false, error: 'the JSON payload has no length' }],
    ['{"t":1}', '__proto__', { ok: false, error: 'the JSON payload has no __proto__' }],
    ['{"t":1}', 'humidity', { ok: false, error: 'the JSON payload has no humidity' }],
    ['{"t":1}', 'constructor', { ok: false, error: 'the JSON payload has no constructor' }],
    ['{"t":"{x"}', 't', { ok: false, error: '"{x" is not a number' }],
    [
      '{"t":1}',
      'a..b',
      {
        ok: false,
        error: 'the path a..b cannot be followed: ".b" names no key: write keys and indexes joined by dots',
      },
    ],
    ['{"t":', 't', { ok: false, error: '"{"t":" is not JSON, where t is looked for' }],
  ])('follows the path in %s', (payload, path, expected) => {
    expect(decodeNumber(bytes(payload), '°C', path)).toEqual(expected);
  });
});

describe('decodePosition', () => {
  const words = { on: 'EIN', off: 'AUS' };

  test.each([
    ['EIN', 'on'],
    ['AUS', 'off'],
    ['on', 'on'],
    ['Off', 'off'],
    ['AN', 'on'],
    ['aus', 'off'],
    ['1', 'on'],
    ['0', 'off'],
    ['TRUE', 'on'],
    ['false', 'off'],
  ])('reads %j', (payload, value) => {
    expect(decodePosition(bytes(payload), words)).toEqual({ ok: true, value });
  });

  test('the configured words come first, even where they turn the usual ones round', () => {
    expect(decodePosition(bytes('0'), { on: '0', off: '1' })).toEqual({ ok: true, value: 'on' });
  });

  test('reads booleans and words in JSON', () => {
    expect(decodePosition(bytes('{"state":true}'), { ...words, path: 'state' })).toEqual({ ok: true, value: 'on' });
    expect(decodePosition(bytes('{"state":"OFF"}'), { ...words, path: 'state' })).toEqual({ ok: true, value: 'off' });
  });

  test.each(['constructor', '__proto__', 'toString'])('takes %j for no position', payload => {
    const error = { reason: `"${payload}" is neither on nor off`, word: payload };
    expect(decodePosition(bytes(payload), words)).toEqual({ ok: false, error });
  });

  test('says what else it was', () => {
    const error = { reason: '"maybe" is neither on nor off', word: 'maybe' };
    expect(decodePosition(bytes('maybe'), words)).toEqual({ ok: false, error });
    const broken = { reason: '"{" is not JSON, where state is looked for', word: null };
    expect(decodePosition(bytes('{'), { ...words, path: 'state' })).toEqual({ ok: false, error: broken });
  });
});
