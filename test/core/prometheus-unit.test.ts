import { describe, expect, it } from 'vitest';
import { prometheusText } from '../../src/core/format/status/prometheus.ts';
import { takeSnapshot } from '../../src/core/format/status-snapshot.ts';
import { metricUnit } from '../../src/core/prometheus-unit.ts';
import { parsePrometheus } from '../helpers/formats/parse-prometheus.ts';
import { articleHouse, runHouse } from '../helpers/house/house-run.ts';

describe('metricUnit', () => {
  it.each([
    ['°C', 21, 'celsius', 21],
    ['°F', 212, 'celsius', 100],
    ['%', 71, 'ratio', 0.71],
    ['mW', 5, 'watts', 0.005],
    ['MW', 5, 'watts', 5e6],
    ['kWh', 1.5, 'watthours', 1_500],
    ['hPa', 1_013, 'pascals', 101_300],
    ['km/h', 36, 'meters_per_second', 10],
    ['min', 2, 'seconds', 120],
    ['', 3, 'value', 3],
    ['K', 273, 'kelvin', 273],
    ['bar', 2, 'pascals', 200_000],
    ['mbar', 1_013, 'pascals', 101_300],
    ['lx', 40, 'lux', 40],
    ['ppm', 800, 'ppm', 800],
    ['h', 2, 'seconds', 7_200],
    ['ms', 5, 'seconds', 0.005],
    ['m/s', 3, 'meters_per_second', 3],
    ['m³', 4, 'cubic_meters', 4],
    ['m³/h', 7_200, 'cubic_meters_per_second', 2],
    ['l/min', 120, 'liters_per_second', 2],
    ['l/h', 7_200, 'liters_per_second', 2],
    ['l', 3, 'liters', 3],
    ['L', 3, 'liters', 3],
    ['kg', 2, 'grams', 2_000],
    ['µA', 5, 'amperes', 5e-6],
    ['μA', 5, 'amperes', 5e-6],
    ['nA', 5, 'amperes', 5e-9],
    ['GHz', 2, 'hertz', 2e9],
    ['cm', 5, 'meters', 0.05],
    ['dl', 5, 'liters', 0.5],
    ['kΩ', 5, 'ohms', 5_000],
    ['V', 230, 'volts', 230],
    ['MJ', 1, 'joules', 1e6],
  ])('makes %j a base unit', (unit, value, name, wanted) => {
    const found = metricUnit(unit);
    expect(found?.name).toBe(name);
    expect(value * (found?.factor ?? 0) + (found?.shift ?? 0)).toBeCloseTo(wanted, 9);
  });

  it.each(['µg/m³', 'dB', 'level', 'freshness', 'toString', '__proto__', 'pH', 'kK'])('does not guess at %j', unit => {
    expect(metricUnit(unit)).toBeNull();
  });
});

it('a unit that is not known becomes a label, whatever it is called', () => {
  const house = articleHouse();
  const flow = house.sensors.flow;
  if (flow === undefined) throw new Error('the house has no flow');
  const strange = { ...flow, unit: 'level', range: { min: 0, max: 100 } };
  const run = runHouse({ ...house, sensors: { ...house.sensors, flow: strange } });
  run.connect();
  run.receive('heating/flow', '12');
  const families = parsePrometheus(prometheusText(takeSnapshot(run.state), 'home'));
  const samples = families.get('hometui_sensor_value')?.samples;
  expect(samples).toEqual([{ labels: { sensor: 'flow', label: 'Flow', unit: 'level', house: 'home' }, value: 12 }]);
});

it('derived values are told while their sensors are live', () => {
  const run = runHouse();
  run.connect();
  run.receive('heating/flow', '50');
  run.receive('heating/return', '40');
  const of = () =>
    parsePrometheus(prometheusText(takeSnapshot(run.state), 'home')).get('hometui_derived_kelvin')?.samples;
  expect(of()).toEqual([{ labels: { derived: 'spread', label: 'Spread', house: 'home' }, value: 10 }]);
  run.pass(60_000);
  expect(of()).toBeUndefined();
});

it('a difference of degrees Fahrenheit is scaled and not shifted', () => {
  const house = articleHouse();
  const inFahrenheit = Object.fromEntries(
    Object.entries(house.sensors).map(([id, sensor]) => [
      id,
      id === 'flow' || id === 'return' ? { ...sensor, unit: '°F' } : sensor,
    ]),
  );
  const spread = { kind: 'difference', label: 'Spread', unit: '°F', minuend: 'flow', subtrahend: 'return' } as const;
  const run = runHouse({ ...house, sensors: inFahrenheit, derived: { spread } });
  run.connect();
  run.receive('heating/flow', '130');
  run.receive('heating/return', '112');
  const families = parsePrometheus(prometheusText(takeSnapshot(run.state), 'home'));
  expect(families.get('hometui_derived_celsius')?.samples.map(sample => sample.value)).toEqual([10]);
});
