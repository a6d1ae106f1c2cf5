import { expect, it } from 'vitest';
import {
  fieldsOf,
  labelText,
  listOf,
  numberOf,
  parseDocument,
  payloadOf,
  textOf,
  textsOf,
  unitOf,
  wordsOfName,
} from '../../../src/core/discover/document.ts';

it('a text is read as JSON, and anything else is nothing', () => {
  expect(parseDocument('{"a":[1]}')).toStrictEqual({ a: [1] });
  for (const text of ['{', '', null]) expect(parseDocument(text)).toBeUndefined();
});

it('a value is what it is asked to be, or nothing', () => {
  expect(fieldsOf({ a: 1 })).toStrictEqual({ a: 1 });
  for (const value of [null, [], 'a', 5, undefined]) expect(fieldsOf(value)).toBeNull();
  expect(listOf([1])).toStrictEqual([1]);
  expect(listOf('ab')).toStrictEqual([]);
  expect(textOf('a')).toBe('a');
  for (const value of ['', 5, null]) expect(textOf(value)).toBeNull();
  expect(numberOf(-5)).toBe(-5);
  for (const value of ['5', Number.NaN, Number.POSITIVE_INFINITY, null]) expect(numberOf(value)).toBeNull();
});

it('a payload is a text, a number or a truth', () => {
  expect([0, false, true, 'x'].map(payloadOf)).toStrictEqual(['0', 'false', 'true', 'x']);
  expect(['', null, {}].map(payloadOf)).toStrictEqual([null, null, null]);
  expect(textsOf(['a', 2, null, ''])).toStrictEqual(['a', '2']);
  for (const value of [[], [null], 'ab']) expect(textsOf(value)).toBeNull();
});

it('a unit has up to 8 signs', () => {
  expect(unitOf(' µg/m³ ')).toBe('µg/m³');
  expect(unitOf('12345678')).toBe('12345678');
  expect(unitOf('123456789')).toBe('');
  expect(unitOf('😀😀😀😀😀😀😀😀')).toBe('😀😀😀😀😀😀😀😀');
  expect(unitOf(5)).toBe('');
});

it('a label is one line of up to 40 signs', () => {
  expect(labelText('  a \n\n b\u0007 ')).toBe('a b\ufffd');
  expect(labelText('x'.repeat(41))).toBe(`${'x'.repeat(39)}…`);
});

it.each([
  ['return_temp', 'Return temp'],
  ['dewPoint', 'Dew point'],
  ['a-b.c  d', 'A b c d'],
  ['ENERGY', 'Energy'],
  ['POWER1', 'POWER1'],
  ['myENERGY', 'MyENERGY'],
  ['ENERGYx', 'ENERGYx'],
  ['POWER', 'Power'],
  ['VOLT', 'VOLT'],
  ['aBC', 'ABC'],
  ['1Ab', '1Ab'],
  ['eCO', 'ECO'],
  ['_x_', 'X'],
])('%s is written %s', (name, words) => {
  expect(wordsOfName(name)).toBe(words);
});
