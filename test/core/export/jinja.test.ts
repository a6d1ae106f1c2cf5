import { expect, it } from 'vitest';
import { choiceExpression, filledTemplate, lineExpression, valueExpression } from '../../../src/core/export/jinja.ts';

it.each([
  [undefined, 'value'],
  ['a', 'value_json.a'],
  ['a_1.B', 'value_json.a_1.B'],
  ['a.0', 'value_json.a[0]'],
  ['a.10', 'value_json.a[10]'],
  ['a.1b', 'value_json.a["1b"]'],
  ['["b.c"]', 'value_json["b.c"]'],
  ['["b "]', 'value_json["b "]'],
  ['[" b"]', 'value_json[" b"]'],
  ['a[', 'value'],
])('the value at %s is %s', (path, expression) => {
  expect(valueExpression(path)).toBe(expression);
});

it.each([
  [1, 0, 'value'],
  [undefined, undefined, 'value'],
  [0.1, 0, '(value | float) * 0.1'],
  [1, 5, '(value | float) + 5'],
  [1, -5, '(value | float) - 5'],
  [2, -0.5, '(value | float) * 2 - 0.5'],
])('times %s plus %s it is %s', (scale, offset, expression) => {
  expect(lineExpression('value', scale, offset)).toBe(expression);
});

it('other words stand for some, and every other stays', () => {
  expect(choiceExpression('value', [])).toBe('value');
  expect(
    choiceExpression('value', [
      ['a', '"b"'],
      ['c', 'd'],
    ]),
  ).toBe('{"a": "\\"b\\"", "c": "d"}.get(value, value)');
});

it.each([
  [undefined, '{{ x }}'],
  ['%s', '{{ x }}'],
  ['a=%s;b=%%', 'a={{ x }};b=%'],
  ['{"a":%s}', '{"a":{{ x }}}'],
  ['{%s}', '{{ "{" }}{{ x }}}'],
  ['%d', '%d'],
])('the template %s is %s', (template, expected) => {
  expect(filledTemplate(template, 'x')).toBe(expected);
});
