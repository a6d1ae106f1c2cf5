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
  ['\u2103', '°C'],
  ['degC', '°C'],
  ['Celsius', '°C'],
  ['degrees Celsius', '°C'],
  ['degF', '°F'],
  ['Fahrenheit', '°F'],
  ['degrees Fahrenheit', '°F'],
  ['Kelvin', 'K'],
  ['percent', '%'],
  ['Ohm', 'Ω'],
  ['\u2126', 'Ω'],
  ['ug', 'µg'],
  ['ug/m3', 'µg/m³'],
  ['uPa', 'µPa'],
  ['m^3', 'm³'],
  ['k W h', 'kWh'],
  ['mw', 'mW'],
])('%j and %j are one', (one, other) => {
  expect(isSameUnit(one, other)).toBe(true);
});

test.each([
  ['°F', '°C'],
  ['mW', 'MW'],
  ['Mm', 'mm'],
  ['', '%'],
  ['bar', 'mbar'],
  ['MM', 'mM'],
  ['ux', 'µx'],
  ['u', 'µ'],
  ['Mbar', 'mbar'],
  ['kW', 'kWh'],
])('%j and %j are two', (one, other) => {
  expect(isSameUnit(one, other)).toBe(false);
});
