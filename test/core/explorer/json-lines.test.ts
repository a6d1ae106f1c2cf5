import { describe, expect, it } from 'vitest';
import { jsonLines, jsonOf } from '../../../src/core/explorer/json-lines.ts';

const of = (now: object, before: object | null) =>
  jsonLines(now, before).map(({ depth, text, mark }) => `${mark[0]} ${'  '.repeat(depth)}${text}`);

describe('a JSON document line by line', () => {
  it('with what is changed, new and gone in it', () => {
    const before = { a: 1, list: [1, 2], gone: 'x', deep: { same: true, word: 'old' } };
    const now = { a: 2, list: [1, 2, 3], deep: { same: true, word: 'new' }, more: null };
    expect(of(now, before)).toEqual([
      's {',
      'c   "a": 2,   was 1',
      's   "list": [',
      's     1,',
      's     2,',
      'a     3',
      's   ],',
      's   "deep": {',
      's     "same": true,',
      'c     "word": "new"   was "old"',
      's   },',
      'a   "more": null',
      's }',
      'r gone: was "x"',
    ]);
  });

  it('compared with nothing, nothing is new', () => {
    expect(of([{ 'a.b': '\u001b[31m' }, [], {}], null)).toEqual([
      's [',
      's   {',
      's     "a.b": "\\u001b[31m"',
      's   },',
      's   [],',
      's   {}',
      's ]',
    ]);
  });

  it('in bounded lines, however deep or long', () => {
    const deep = JSON.parse(`${'['.repeat(5_000)}1${']'.repeat(5_000)}`) as object;
    expect(jsonLines(deep, deep).length).toBeLessThan(100);
    const long = Array.from({ length: 100_000 }, (_, place) => place);
    expect(jsonLines(long, [])).toHaveLength(1_000);
  });
});

it.each(['54', '"x"', 'null', 'true', '{', '[1,', '', 'on', '{"a":1}x'])('%s is no document', text => {
  expect(jsonOf(text)).toBeNull();
});
