import { expect, it } from 'vitest';
import { parseFormat, unitIn, unitOfField } from '../../../../src/core/node-red/widgets/value-format.ts';

it.each([
  ['{{value}}', { keys: [], decimals: null, suffix: '' }],
  ['{{msg.payload}} °C', { keys: [], decimals: null, suffix: '°C' }],
  ['{{value | number:1}}&nbsp;%', { keys: [], decimals: 1, suffix: '%' }],
  ['<b>{{msg.payload.ENERGY["Power.0"]}}</b> W', { keys: ['ENERGY', 'Power.0'], decimals: null, suffix: 'W' }],
  ['{{payload[0]|number}}', { keys: ['0'], decimals: null, suffix: '' }],
])('%s', (format, read) => {
  expect(parseFormat(format)).toEqual(read);
});

it.each([
  '{{msg.payload / 1000}}',
  '{{msg.topic}}',
  '{{value}} of {{msg.payload.max}}',
  'always',
  '{{msg.payload.a | date}}',
])('%s is no plain value', format => {
  expect(parseFormat(format)).toBeNull();
});

it('tells units from words', () => {
  expect(['°C', 'kWh', 'Temperature [°C]', 'Power (W)', 'µg/m³', 'units', 'o’clock', ''].map(unitIn)).toEqual([
    ...['°C', 'kWh', '°C', 'W', 'µg/m³', '', '', ''],
  ]);
  expect(['units', ' l/min ', 'Umdrehungen', '<i>bar</i>'].map(unitOfField)).toEqual(['', 'l/min', '', 'bar']);
});
