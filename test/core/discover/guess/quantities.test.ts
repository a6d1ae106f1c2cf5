import { describe, expect, it } from 'vitest';
import { quantityOf, wordsIn } from '../../../../src/core/discover/guess/quantities.ts';

describe('the unit of a number', () => {
  it.each<[string, readonly (readonly [value: number, unit: string])[]]>([
    [
      'battery',
      [
        [-1, ''],
        [0, '%'],
        [100, '%'],
        [100.5, ''],
        [1_000, ''],
        [1_001, 'mV'],
        [59_999, 'mV'],
        [60_000, ''],
      ],
    ],
    [
      'temperature',
      [
        [-80.1, ''],
        [-80, '°C'],
        [400, '°C'],
        [400.1, ''],
      ],
    ],
    [
      'humidity',
      [
        [-0.1, ''],
        [0, '%'],
        [100, '%'],
        [100.1, ''],
      ],
    ],
    [
      'percent',
      [
        [-0.1, ''],
        [0, '%'],
        [100, '%'],
        [100.1, ''],
      ],
    ],
    [
      'pressure',
      [
        [-0.1, ''],
        [0, 'bar'],
        [16, 'bar'],
        [16.1, ''],
        [849.9, ''],
        [850, 'hPa'],
        [1_100, 'hPa'],
        [1_100.1, ''],
      ],
    ],
    [
      'luftdruck',
      [
        [84_999, ''],
        [85_000, 'Pa'],
        [110_000, 'Pa'],
        [110_001, ''],
      ],
    ],
    [
      'voltage',
      [
        [230, 'V'],
        [1_000, 'V'],
        [1_001, 'mV'],
      ],
    ],
    [
      'frequency',
      [
        [39.9, ''],
        [40, 'Hz'],
        [70, 'Hz'],
        [70.1, ''],
      ],
    ],
    [
      'rssi',
      [
        [-1, 'dBm'],
        [0, ''],
        [40, ''],
      ],
    ],
    ['lqi', [[120, 'lqi']]],
    ['uptime', [[120, 's']]],
    ['heap', [[120, '']]],
    ['strom', [[1, 'A']]],
    ['leistung', [[1, 'W']]],
    ['kwh', [[1, 'kWh']]],
    ['lux', [[1, 'lx']]],
    ['co2', [[400, 'ppm']]],
    ['tvoc', [[1, 'ppb']]],
    ['pm25', [[1, 'µg/m³']]],
    ['thing', [[1, '']]],
  ])('that is called %s', (name, values) => {
    for (const [value, unit] of values)
      expect([value, quantityOf([name], value, []).unit]).toStrictEqual([value, unit]);
  });

  it.each(['rssi', 'lqi', 'uptime', 'heap'])('of %s is about the device itself', name => {
    expect(quantityOf([name], 5, []).isExtra).toBe(true);
    expect(quantityOf(['temperature'], 5, []).isExtra).toBe(false);
    expect(quantityOf(['thing'], 5, []).isExtra).toBe(false);
  });

  it('is said why, also where there is none', () => {
    expect(quantityOf(['roomTemp'], 5, []).why).toBe('°C is supposed from the word "temp"');
    expect(quantityOf(['rssi'], 5, []).why).toBe('no unit is known for "rssi"');
    expect(quantityOf(['thing', 'other'], 5, []).why).toBe(
      'no unit is known: neither the payload nor "thing" tells one',
    );
    expect(quantityOf([], 5, []).why).toBe('no unit is known: neither the payload nor "" tells one');
  });

  it('is that of the nearest name that tells one', () => {
    expect(quantityOf(['thing', 'temp', 'humidity'], 5, []).unit).toBe('°C');
  });

  it('has a range where it is a share of a hundred that is one by its kind', () => {
    expect(quantityOf(['humidity'], 5, []).range).toStrictEqual({ min: 0, max: 100 });
    for (const name of ['battery', 'temperature', 'thing'])
      expect(quantityOf([name], 5, [])).not.toHaveProperty('range');
  });
});

describe('in a heating', () => {
  it.each([
    ['flow', 'return'],
    ['supply', 'return'],
    ['return', 'flow'],
    ['return', 'supply'],
    ['flow', 'return_temp'],
  ])('%s beside %s is a temperature', (name, partner) => {
    expect(quantityOf([name], 40, ['other', partner])).toStrictEqual({
      ...{ unit: '°C', isExtra: false, range: { min: 0, max: 90 } },
      why: `°C is supposed: "${name}" stands beside "${partner}", as in a heating`,
    });
  });

  it.each([
    ['flow', 'flow'],
    ['flow', 'supply'],
    ['flow', 'returns'],
    ['flow', 'noreturn'],
    ['supply', 'returns'],
    ['supply', 'noreturn'],
    ['return', 'return'],
    ['return', 'flows'],
    ['return', 'overflow'],
    ['overflow', 'return'],
    ['flows', 'return'],
    ['other', 'return'],
  ])('%s beside %s is none', (name, other) => {
    expect(quantityOf([name], 40, [other]).unit).toBe('');
  });

  it.each([
    [-0.1, '', undefined],
    [0, '°C', { min: 0, max: 90 }],
    [90, '°C', { min: 0, max: 90 }],
    [90.1, '°C', undefined],
    [110, '°C', undefined],
    [110.1, '', undefined],
  ])('water of %d has the unit "%s"', (value, unit, range) => {
    const guess = quantityOf(['flow'], value, ['return']);
    expect([guess.unit, guess.range]).toStrictEqual([unit, range]);
  });
});

it.each([
  ['returnTemp2', ['return', 'temp2', 'temp']],
  ['aussenfühlerWest', ['aussenfühler', 'west']],
  ['dew_point--1', ['dew', 'point', '1']],
  ['a1b22', ['a1b22', 'a1b']],
  ['KWh', ['kwh']],
  ['/', []],
])('the words of %s', (name, words) => {
  expect(wordsIn(name)).toStrictEqual(words);
});
