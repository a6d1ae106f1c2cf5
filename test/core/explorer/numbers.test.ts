import { expect, it } from 'vitest';
import { binaryText } from '../../../src/core/explorer/binary-text.ts';
import { numberAt, numberPaths, unitAt } from '../../../src/core/explorer/numbers.ts';
import { jsonPathOf, parseJsonPath } from '../../../src/core/mqtt/json-path.ts';

function said(text: string, bytes?: number) {
  const payload = new TextEncoder().encode(text);
  return { at: 0, payload: binaryText(payload, 16_384), bytes: bytes ?? payload.length, isRetained: false };
}

it.each([
  ['54.3', 54.3],
  [' -1,5 °C\n', -1.5],
  ['1e3', 1_000],
  ['80 %', 80],
  ['7µg/m³', 7],
])('%j is a number', (text, number) => {
  expect([numberPaths(said(text)), numberAt(said(text), [])]).toEqual([[[]], number]);
});

it.each(['12:30', '1/2', '1.2.3', '2026-01-11', 'on', '', '1,234.5', 'NaN', 'Infinity', '1e999'])('%j is none', text =>
  expect(numberPaths(said(text))).toEqual([]),
);

it('finds the numbers of a document, and each by its keys; texts that are numbers too', () => {
  const value = said('{"ENERGY":{"Power":[5,"6.5"],"a.b":"7 W"},"on":true,"time":"12:30","none":null}');
  const paths = numberPaths(value);
  expect(paths).toEqual([
    ['ENERGY', 'Power', '0'],
    ['ENERGY', 'Power', '1'],
    ['ENERGY', 'a.b'],
  ]);
  expect(paths.map(path => numberAt(value, path))).toEqual([5, 6.5, 7]);
  expect(numberAt(value, ['ENERGY', 'length'])).toBeNull();
  expect(numberAt(value, ['constructor'])).toBeNull();
});

it('of a payload that is not kept as a whole nothing is read', () => {
  expect(numberPaths(said('54', 20_000))).toEqual([]);
});

it.each([
  ['54.3 °C', [], '°C'],
  ['54.3', [], ''],
  ['{"a":"7 W","b":7}', ['a'], 'W'],
  ['{"a":"7 W","b":7}', ['b'], ''],
])('the unit in %s at %j is %j', (text, path, unit) => expect(unitAt(said(text), path)).toBe(unit));

it.each([[['a', 'b', '0']], [['1-0:1.8.0', 'value']], [['a"b\\c', 'ü']], [['x y']]])(
  '%j is written as the house file reads it',
  path => {
    expect(parseJsonPath(jsonPathOf(path))).toEqual({ ok: true, value: path });
  },
);
