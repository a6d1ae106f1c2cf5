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

  test('takes a house that is as deep as may be, and not one brace more', () => {
    const nested = (depth: number): string => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
    expect(errorsOf(nested(64)).join()).not.toContain('braces and brackets');
    expect(errorsOf(nested(65)).join()).toContain('more than 64 braces and brackets');
    // What was closed again does not count.
    expect(errorsOf(`{"a":[${'[{}],'.repeat(100)}1]}`).join()).not.toContain('braces and brackets');
  });

  test('tells of five faults of the JSON, and of no more', () => {
    expect(errorsOf('{ "a": }')).toHaveLength(1);
    expect(errorsOf(`[${'@,'.repeat(50)}]`)).toHaveLength(5);
  });

  test('tells of twenty errors that there are no more, and of the twenty-first that there is one', () => {
    const withErrors = (count: number): readonly string[] => {
      const sensors = Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`s${index}`, { label: 'S', topic: 't/#' }]),
      );
      return errorsOf(JSON.stringify({ name: 'S', sensors, panels: [{ label: 'P', items: ['s0'] }] }));
    };
    const each = withErrors(1).length;
    expect(withErrors(20 / each)).toHaveLength(20);
    expect(withErrors(20 / each).join()).not.toContain('not shown');
    expect(withErrors(21).at(20)).toContain(`${21 * each - 20} more error`);
  });

  test.each([
    ['{"name":"S","sensors":{},"panels":[]}', 'house.json:1:'],
    ['\n\n{"name":"S","sensors":{},"panels":7}', 'house.json:3:26: error: panels must be Array, it is 7'],
    ['7', 'the house must be Object, it is 7'],
    ['{"name":"S","panels":[{"label":"P","items":["t"]}]}', 'house.json:1:1: error: sensors is missing\n  Give it'],
    [
      '{"name":"S","sensors":{"t":{"label":"T"}},"panels":[{"label":"P","items":["t"]}]}',
      'house.json:1:24: error: sensors.t.topic is missing\n  Give it one: the fields are in house.schema.json',
    ],
    [
      mutate('"unit": "°C"', '"unitt": "°C"'),
      'Remove it, or look for a spelling mistake: the fields are in house.schema.json',
    ],
  ])('places what is missing at what lacks it (%#)', (text, expected) => {
    expect(errorsOf(text).join('\n')).toContain(expected);
  });

  test('names each brace or id that stands where it may not', () => {
    const reserved = errorsOf('{"constructor":{"prototype":1},"a":[{"__proto__":2}]}');
    expect(reserved).toHaveLength(3);
    expect(errorsOf('{"name":"constructor"}').join()).not.toContain('cannot be the name');
    const twice = errorsOf('{"a":1,"a":2,"b":{"c":1,"c":2},"d":[{"e":1,"e":2}],"f":{"a":1}}');
    const names = twice.filter(text => text.includes('a second time')).map(text => /"(.)" stands/.exec(text)?.[1]);
    expect(names).toEqual(['a', 'c', 'e']);
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
