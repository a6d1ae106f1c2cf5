import { expect, it } from 'vitest';
import { unitChange } from '../../../../src/core/history/query/unit-change.ts';

it.each([
  ['°F', '°C', 212, 100],
  ['°C', '°F', -40, -40],
  ['kW', 'W', 1.2, 1_200],
  ['mbar', 'Pa', 1_013.25, 101_325],
  ['°C', '°C', 0.1, 0.1],
  ['bananas', 'bananas', 7, 7],
])('makes %s into %s', (from, to, value, changed) => {
  expect(unitChange(from, to)?.(value)).toBeCloseTo(changed, 9);
});

it.each([
  ['°C', '%'],
  ['', '°C'],
  ['bananas', 'kg'],
  ['kg', 'bananas'],
  ['K', '°C'],
])('does not make %s into %s', (from, to) => {
  expect(unitChange(from, to)).toBeNull();
});
