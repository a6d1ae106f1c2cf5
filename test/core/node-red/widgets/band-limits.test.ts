import { expect, it } from 'vitest';
import { limitsOfBands } from '../../../../src/core/node-red/widgets/band-limits.ts';

const bands = (...pairs: readonly (readonly [number, string])[]) => pairs.map(([from, color]) => ({ from, color }));

it.each([
  [
    'green to red',
    bands([20, '#00b500'], [80, '#e6e600'], [90, '#ca3838']),
    { warning: { high: 80 }, critical: { high: 90 } },
  ],
  [
    'in any order',
    bands([85, '#ea5353'], [20, '#5cd65c'], [75, '#ffc800']),
    { warning: { high: 75 }, critical: { high: 85 } },
  ],
  [
    'red to green: low is bad',
    bands([0, '#f00'], [20, 'orange'], [40, 'green']),
    { warning: { low: 40 }, critical: { low: 20 } },
  ],
  [
    'green in the middle',
    bands([0, 'red'], [30, 'yellow'], [40, 'rgb(0, 200, 0)'], [60, '#ff0'], [80, '#ff0000']),
    { warning: { low: 40, high: 60 }, critical: { low: 30, high: 80 } },
  ],
  ['only a warning', bands([0, 'green'], [50, '#ffa500']), { warning: { high: 50 } }],
  ['straight to red', bands([0, 'green'], [50, 'red']), { critical: { high: 50 } }],
])('%s', (_, given, limits) => {
  expect(limitsOfBands(given)).toEqual(limits);
});

it.each([
  ['blue', bands([0, '#0000ff'], [50, 'red'])],
  ['grey', bands([0, 'green'], [50, '#888888'])],
  ['no colour', bands([0, 'green'], [50, ''])],
  ['nothing good', bands([0, 'yellow'], [50, 'red'])],
])('says nothing of %s', (_, given) => {
  expect(limitsOfBands(given)).toBeNull();
});
