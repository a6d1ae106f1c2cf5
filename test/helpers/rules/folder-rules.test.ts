import { describe, expect, it } from 'vitest';
import { judgeCircles, judgeFolders, judgeLengths, judgeSizes, MOST_FILES, MOST_LINES } from './folder-rules.ts';
import { readSource, type SourceRead } from './read-source.ts';

const ORDER = { 'src/ui': ['low', 'high'], 'src/core/home': ['parts', '.', 'whole'] };

function read(sources: Record<string, string>): ReadonlyMap<string, SourceRead> {
  return new Map(Object.entries(sources).map(([path, text]) => [path, readSource(text, path)]));
}

function judge(sources: Record<string, string>): readonly string[] {
  return judgeFolders(read(sources), ORDER);
}

describe('the folders inside a room', () => {
  it.each([
    [
      'up',
      'src/ui/low/a.ts',
      "import { x } from '../high/b.ts';",
      /a\.ts:1: low imports src\/ui\/high\/b\.ts, which stands above it.*low, high/,
    ],
    ['up, for a type', 'src/ui/low/a.ts', "import type { X } from '../high/b.ts';", /low imports .* above it/],
    [
      'up, lazily',
      'src/ui/low/a.ts',
      "\nexport const f = () => import('../high/b.ts');",
      /a\.ts:2: low imports .* above it/,
    ],
    ['from a folder to the top', 'src/ui/high/a.ts', "import { x } from '../b.ts';", /high imports .* above it/],
    [
      'from a file to a folder above it',
      'src/core/home/a.ts',
      "import { x } from './whole/b.ts';",
      /the top imports .* above it/,
    ],
    ['from a deeper folder', 'src/ui/low/deep/a.ts', "import { x } from '../../high/b.ts';", /low imports .* above it/],
    ['to a folder without a place', 'src/ui/high/a.ts', "import { x } from '../new/b.ts';", /ui\/new has no place/],
  ])('may not be left %s', (_, path, text, says) => {
    const found = judge({ [path]: text });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(says);
  });

  it.each([
    ['down', 'src/ui/high/a.ts', "import { x } from '../low/b.ts';"],
    ['from the top', 'src/ui/a.ts', "import { x } from './high/b.ts';"],
    ['to the top where that has a place', 'src/core/home/whole/a.ts', "import { x } from '../b.ts';"],
    ['for another room', 'src/ui/low/a.ts', "import { x } from '../../core/a.ts'; import { y } from 'ink';"],
    ['where a room has no order', 'src/io/low/a.ts', "import { x } from '../high/b.ts';"],
  ])('may be left %s', (_, path, text) => {
    expect(judge({ [path]: text })).toEqual([]);
  });

  it('hold no more files than a person keeps in mind', () => {
    const files = (folder: string, count: number): readonly string[] =>
      Array.from({ length: count }, (_, place) => `${folder}/${place}.ts`);
    expect(judgeSizes([...files('src/ui/low', MOST_FILES), ...files('src/ui', MOST_FILES)])).toEqual([]);
    expect(judgeSizes(files('src/ui/low', MOST_FILES + 1))).toEqual([
      'src/ui/low has 16 files. Give some of them another folder.',
    ]);
  });
});

it('finds the circles of files, those of types and through several rooms too', () => {
  const found = judgeCircles(
    read({
      'src/io/a.ts': "import { b } from './b.ts';",
      'src/io/b.ts': "import { c } from '../app/c.ts'; import { d } from './d.ts';",
      'src/io/d.ts': "import { c } from '../app/c.ts';",
      'src/app/c.ts': "import type { A } from '../io/a.ts';",
    }),
  );
  expect(found).toEqual([
    'src/io/a.ts:1: a circle: src/io/a.ts → src/io/b.ts → src/app/c.ts → src/io/a.ts. Take one part out.',
  ]);
});

it('finds the files that are too long', () => {
  const found = judgeLengths(
    new Map([
      ['src/a.ts', 'a\n'.repeat(MOST_LINES)],
      ['src/b.ts', 'b\n'.repeat(MOST_LINES + 1)],
    ]),
  );
  expect(found).toEqual(['src/b.ts:1: has 301 lines. Give a part of it another file.']);
});
