import { describe, expect, test } from 'vitest';
import { followJsonPath, jsonPathOf, parseJsonPath } from '../../../src/core/mqtt/json-path.ts';
import { createRandom } from '../../helpers/random/random.ts';

describe('parseJsonPath', () => {
  test.each([
    ['ENERGY.Power.0', ['ENERGY', 'Power', '0']],
    ['["1-0:1.8.0"]', ['1-0:1.8.0']],
    ["['a.b'].c", ['a.b', 'c']],
    ['meters["1-0:1.8.0"][2].value', ['meters', '1-0:1.8.0', '2', 'value']],
    [String.raw`a\.b.c`, ['a.b', 'c']],
    [String.raw`["say \"x\""]`, ['say "x"']],
    ['$.value', ['value']],
    ['$[0].t', ['0', 't']],
    ['.value', ['value']],
    ['[0]', ['0']],
    ['[ 10 ]', ['10']],
    ['$', ['$']],
    ['1-0:1', ['1-0:1']],
  ])('reads %s', (path, keys) => {
    expect(parseJsonPath(path)).toEqual({ ok: true, value: keys });
  });

  test.each([
    ['{{ value_json.t }}', 'it is a template: write the keys alone, joined by dots'],
    ['$..t', '"..t" names no key: write keys and indexes joined by dots'],
    ['a.', '"." names no key: write keys and indexes joined by dots'],
    ['a[*]', '"[*]" names no key: write keys and indexes joined by dots'],
    ['a[0]b', 'a dot is missing before "b"'],
    ['.', 'it names no key'],
  ])('says why %s is no path', (path, error) => {
    expect(parseJsonPath(path)).toEqual({ ok: false, error });
  });

  test('finds any key of any document by a quoted key, and by a bare one that is escaped', () => {
    const random = createRandom(20_261);
    const characters = ['a', 'Z', '0', '.', '[', ']', '"', "'", '\\', ' ', 'ü', '𝄞', '$'];
    for (let round = 0; round < 400; round += 1) {
      const keys = Array.from({ length: 1 + random.below(3) }, () =>
        Array.from({ length: 1 + random.below(5) }, () => random.pick(characters)).join(''),
      );
      const document: unknown = JSON.parse(
        JSON.stringify(keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), 7)),
      );
      const quoted = keys.map(key => `["${key.replace(/["\\]/g, String.raw`\$&`)}"]`).join('');
      const bare = keys.map(key => key.replace(/[.[\]\\$]/g, String.raw`\$&`)).join('.');
      for (const path of [quoted, bare]) {
        const parsed = parseJsonPath(path);
        expect(parsed, path).toEqual({ ok: true, value: keys });
        expect(parsed.ok && followJsonPath(document, parsed.value), path).toBe(7);
      }
    }
  });
});

test.each([
  ['a list has no length', [20, 21], ['length']],
  ['a word has no length', { t: 'abc' }, ['t', 'length']],
  ['nothing is inherited', { t: 1 }, ['__proto__']],
  ['nothing is inherited by its name', { t: 1 }, ['constructor', 'name']],
  ['an index beyond the end', [20], ['1']],
  ['a number holds nothing', 7, ['0']],
  ['null holds nothing', { t: null }, ['t', 'x']],
])('followJsonPath: %s', (_what, document, keys) => {
  expect(followJsonPath(document, keys)).toBeUndefined();
});

test('followJsonPath: an index of two digits', () => {
  expect(followJsonPath({ t: Array.from({ length: 11 }, (_, index) => index) }, ['t', '10'])).toBe(10);
});

test.each([
  [['a', 'b1'], 'a.b1'],
  [['a', '0'], 'a.0'],
  [['dew point', 'x'], '["dew point"].x'],
  [['a', 'b.c'], 'a["b.c"]'],
  [['a', '.b'], 'a[".b"]'],
  [['a', 'b.'], 'a["b."]'],
  [['a', 'say "x" \\'], 'a["say \\"x\\" \\\\"]'],
  [['a', ''], 'a[""]'],
  [['$', 'a'], '["$"].a'],
  [['größe'], 'größe'],
  [[], ''],
])('along %o leads %s', (keys, path) => {
  expect(jsonPathOf(keys)).toBe(path);
  if (keys.length > 0) expect(parseJsonPath(path)).toEqual({ ok: true, value: keys });
});
