import { expect, it } from 'vitest';
import { commandKey, heardKey, labelOfTopic } from '../../../../src/core/node-red/widgets/found-item.ts';
import { plainText } from '../../../../src/core/node-red/widgets/plain-text.ts';

it.each([
  ['a/hall/temp', 'Hall temp'],
  ['/temp/', 'Temp'],
  ['a/b_c--d', 'A b c d'],
  ['_x_', 'X'],
  ['/', 'Value'],
  ['', 'Value'],
  [`a/${'x'.repeat(50)}`, `A ${'x'.repeat(38)}`],
])('what is heard on %s is called %s', (topic, label) => {
  expect(labelOfTopic(topic)).toBe(label);
});

it('the same place is the same in whichever way its path is written', () => {
  expect(heardKey('a', 'b.c')).toBe(heardKey('a', '["b"].c'));
  expect(heardKey('a', undefined)).toBe('["heard","a",[]]');
  expect(heardKey('a', 'b[')).toBe(heardKey('a', undefined));
  expect(heardKey('a', 'b')).not.toBe(heardKey('a', 'c'));
  expect(commandKey('a')).toBe('["command","a",""]');
  expect(commandKey('a', 'x')).not.toBe(commandKey('a'));
});

it.each([
  ['<b>A</b>  <i class="x">b</i>', 'A b'],
  ['20&nbsp;&deg;C &amp; more', '20 °C & more'],
  ['  a \n\n b ', 'a b'],
  ['a < b', 'a < b'],
  ['x'.repeat(40), 'x'.repeat(40)],
  ['x'.repeat(41), `${'x'.repeat(39)}…`],
  ['\u0007 a', 'a'],
])('%s is read as %s', (html, text) => {
  expect(plainText(html)).toBe(text);
});
