import { expect, test } from 'vitest';
import { isSameUnit } from '../../src/core/unit.ts';

test.each([
  ['C', '°C'],
  ['º c', '°C'],
  ['KWH', 'kWh'],
  ['m3/h', 'm³/h'],
  ['\u00b5S', '\u03bcS'],
  ['M', 'm'],
  ['', ''],
])('%j and %j are one', (one, other) => {
  expect(isSameUnit(one, other)).toBe(true);
});

test.each([
  ['°F', '°C'],
  ['mW', 'MW'],
  ['Mm', 'mm'],
  ['', '%'],
  ['bar', 'mbar'],
])('%j and %j are two', (one, other) => {
  expect(isSameUnit(one, other)).toBe(false);
});
