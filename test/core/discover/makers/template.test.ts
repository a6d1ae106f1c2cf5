import { describe, expect, it } from 'vitest';
import { parseCommandTemplate, parseTemplate } from '../../../../src/core/discover/makers/template.ts';

describe('a value template', () => {
  it.each([
    ['{{ value }}', {}],
    ['{{value}}', {}],
    ['{{- value -}}', {}],
    [' \n{{ value_json.temperature }}\n ', { path: 'temperature' }],
    ['{{ value_json.a_1.b }}', { path: 'a_1.b' }],
    ["{{ value_json['dew point'] }}", { path: '["dew point"]' }],
    ["{{ value_json[ 'out' ].t }}", { path: 'out.t' }],
    ['{{ value_json["out"] }}', { path: 'out' }],
    ['{{ value_json[ "out" ] }}', { path: 'out' }],
    ["{{ value_json[''] }}", { path: '[""]' }],
    ['{{ value_json[12].t }}', { path: '12.t' }],
    ['{{ value_json[ 0 ] }}', { path: '0' }],
  ])('%s leads to its member', (template, expected) => {
    expect(parseTemplate(template)).toStrictEqual({ ok: true, value: expected });
  });

  it.each([
    ['float', {}],
    ['float(0)', {}],
    ["default('off')", {}],
    ['int', { decimals: 0 }],
    ['int(0)', { decimals: 0 }],
    ['round', { decimals: 0 }],
    ['round(0)', { decimals: 0 }],
    ['round(2)', { decimals: 2 }],
    ['round( 2 )', { decimals: 2 }],
    ["round(1, 'floor')", { decimals: 1 }],
    ['round(3)', { decimals: 3 }],
    ['round(4)', { decimals: 3 }],
    ['round(-1)', {}],
    ['round(1.5)', {}],
    ['round(n)', {}],
    ['float(0) | round(1)', { decimals: 1 }],
    ['round(1) | float', { decimals: 1 }],
  ])('with the filter %s changes no meaning, and tells its digits', (filter, expected) => {
    expect(parseTemplate(`{{ value | ${filter} }}`)).toStrictEqual({ ok: true, value: expected });
  });

  it.each([
    '21.5',
    'about {{ value }}',
    '{{ value }} °C',
    '{{ value }}{{ value }}',
    '{{ }}',
    "{% if value == 'a' %}b{% endif %}",
    '{{ value_json }}',
    '{{ value.t }}',
    '{{ values }}',
    '{{ states.t }}',
    '{{ statistics.value_json }}',
    '{{ value_json.t * 2 }}',
    '{{ value_json+1.b }}',
    '{{ value_json[t] }}',
    '{{ value_json["a\\"b"] }}',
  ])('%s is a program, which nobody runs', template => {
    expect(parseTemplate(template)).toStrictEqual({
      ok: false,
      error: 'its template is a program, which hometui does not run',
    });
  });

  it.each([
    ['upper', 'upper'],
    ['floats', 'floats'],
    ['to_float', 'to_float'],
    ['float(0', 'float(0'],
    ['regex_replace(find="[^0-9]", replace="")', 'regex_replace(find="[^0-9]", r'],
  ])('with the filter %s is not understood', (filter, named) => {
    expect(parseTemplate(`{{ value | ${filter} }}`)).toStrictEqual({
      ok: false,
      error: `its template uses "${named}", which hometui does not know`,
    });
  });
});

describe('a command template', () => {
  it.each([
    ['{{ value }}', null],
    ['{{value}}', null],
    ['{{-  value  -}}', null],
    ['{"state": "{{ value }}"}', '{"state": "%s"}'],
    ['set:{{value}}', 'set:%s'],
  ])('%s has the value in it once', (template, expected) => {
    expect(parseCommandTemplate(template)).toStrictEqual({ ok: true, value: expected });
  });

  it.each(['ON', '{{ value }} {{ value }}', '%s {{ value }}', '{{ x }}{{ value }}', '{% set x = 1 %}{{ value }}'])(
    '%s is a program, which nobody runs',
    template => {
      expect(parseCommandTemplate(template)).toStrictEqual({
        ok: false,
        error: 'its command template is a program, which hometui does not run',
      });
    },
  );
});
