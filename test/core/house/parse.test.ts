import { readFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import { describe, expect, test } from 'vitest';
import { parseHouse } from '../../../src/core/house/parse.ts';
import { presets } from '../../../src/core/house/presets.ts';
import { houseSchema } from '../../../src/core/house/schema.ts';
import { formatIssue } from '../../../src/core/issue.ts';

const article = JSON.stringify(presets.article, null, 2);

/** The article's house with one text replaced by another. */
function mutate(find: string, replacement: string): string {
  if (!article.includes(find)) throw new Error(`the preset has no ${find}`);
  return article.replace(find, replacement);
}

function errorsOf(text: string): readonly string[] {
  const result = parseHouse(text, 'house.json');
  return result.ok ? [] : result.error.map(formatIssue);
}

describe('parseHouse', () => {
  test.each(Object.entries(presets))('takes the preset %s', (_name, house) => {
    expect(parseHouse(JSON.stringify(house), 'house.json')).toEqual({ ok: true, value: house });
  });

  test('counts no bracket in a text or a comment', () => {
    const brackets = '{['.repeat(100);
    const text = mutate('"label": "Flow"', '"label": "Flow {[{[{["').replace(
      '{',
      `{ // ${brackets}\n /* ${brackets} */`,
    );
    expect(parseHouse(text, 'house.json').ok).toBe(true);
  });

  test('takes comments and a byte-order mark', () => {
    expect(parseHouse(`\uFEFF// my house\n${article}`, 'house.json').ok).toBe(true);
  });

  test.each([
    ['', 'house.json:1: error: the house file is empty'],
    ['{ "name": }', 'house.json:1:11: error: the house file is not JSON: value expected'],
    ['['.repeat(100_000), 'house.json:1:65: error: the house file has more than 64 braces and brackets'],
    [`{\n"a":${'{"a":'.repeat(100_000)}`, 'house.json:2:320: error: the house file has more than 64'],
    [mutate('"flow":', '"constructor":'), '"constructor" cannot be the name of anything in a house'],
    [mutate('"flow":', '"__proto__":'), 'house.json:5:5: error: "__proto__" cannot be the name of anything'],
    [mutate('"flow":', '"prototype":'), '"prototype" cannot be the name of anything in a house'],
    [
      mutate('"unit": "°C"', '"unitt": "°C"'),
      'house.json:8:7: error: sensors.flow.unitt is not a field of a house file',
    ],
    [mutate('"label": "Flow"', '"label": 7'), 'house.json:6:7: error: sensors.flow.label must be string, it is 7'],
    [mutate('"label": "Flow"', '"label": "Fl\\now"'), 'sensors.flow.label must be text without line breaks'],
    [mutate('"label": "Flow"', '"label": "\u202eFlow"'), 'sensors.flow.label must be text without line breaks'],
    [mutate('"unit": "°C"', '"unit": "\\u001b[31m"'), 'sensors.flow.unit must be text without line breaks'],
    [mutate('"max": 90', '"max": 10'), 'house.json:9:7: error: sensors.flow.range runs from 20 to 10'],
    [mutate('"topic": "heating/flow"', '"topic": "heating/#"'), 'sensors.flow.topic is no topic name'],
    [mutate('"feedback": "heating/pump/done"', '"feedback": "heating/pump"'), 'each command would confirm itself'],
    [mutate('"key": "b"', '"key": "p"'), 'the key "p" of switches.burner belongs to switches.pump'],
    [mutate('"key": "b"', '"key": "q"'), 'the key "q" of switches.burner belongs to the console itself'],
    [
      mutate('"minuend": "flow"', '"minuend": "flwo"'),
      'derived.spread.minuend names "flwo", which is no sensor of this house',
    ],
    [
      mutate('"off": "off",\n      "key": "p"', '"off": "on",\n      "key": "p"'),
      'switches.pump has one word, "on", for on and off',
    ],
    [
      mutate('"temperature": "temperature"', '"temperature": "humidity"'),
      'derived.dewPoint.temperature names "humidity", which is in %: a dew point is made of °C and %',
    ],
    [mutate('"subtrahend": "return"', '"subtrahend": "humidity"'), 'derived.spread is a difference of °C and %'],
    [
      mutate('"key": "p"', '"answers": { "on": ["yes"], "off": ["no", "YES"] }, "key": "p"'),
      'switches.pump.answers has "YES" for on and off',
    ],
    [
      mutate('"unit": "°C"', '"path": "{{ value_json.t }}", "unit": "°C"'),
      'house.json:8:7: error: sensors.flow.path is no path: it is a template',
    ],
    [mutate('"name": "Home",', ''), 'name is missing'],
  ])('names place, field and cure (%#)', (text, expected) => {
    const errors = errorsOf(text);
    expect(errors.join('\n')).toContain(expected);
    for (const error of errors) expect(error.split('\n')[1]).toMatch(/^ {2}\S/);
  });

  test('finds an id that stands twice, which JSON would swallow', () => {
    const twice = mutate('"return": {', '"flow": {');
    expect(errorsOf(twice).join('\n')).toContain('"flow" stands here a second time');
  });

  test('a house of sensors only is a house, without a scale too', () => {
    const text =
      '{"name":"S","sensors":{"t":{"label":"T","topic":"t","unit":"°C"}},"panels":[{"label":"P","items":["t"]}]}';
    expect(parseHouse(text, 'house.json')).toMatchObject({ ok: true, value: { switches: {}, clients: {} } });
  });

  test('tells twenty errors of a file, and how many more there are', () => {
    const sensors = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [`s${index}`, { label: 'S', topic: 't' }]),
    );
    const errors = errorsOf(JSON.stringify({ name: 'S', sensors, panels: [{ label: 'P', items: ['s0'] }] }));
    expect(errors).toHaveLength(21);
    expect(errors.at(-1)).toMatch(/^house.json: error: 980 more errors, not shown\n {2}Mend those above first/);
  });

  test('the published schema is the one that is checked', () => {
    const published: unknown = JSON.parse(
      readFileSync(new URL('../../../src/core/house/house.schema.json', import.meta.url), 'utf8'),
    );
    expect(published).toEqual(JSON.parse(JSON.stringify(toJsonSchema(houseSchema, { errorMode: 'ignore' }))));
  });
});
