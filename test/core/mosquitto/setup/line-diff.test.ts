import { describe, expect, it } from 'vitest';
import { lineDiff } from '../../../../src/core/mosquitto/setup/line-diff.ts';
import { createRandom } from '../../../helpers/random/random.ts';
import { rounds } from '../../../helpers/random/rounds.ts';

/** The text after it, by the lines of the diff alone. */
function follow(before: string, diff: readonly string[]): string {
  const lines = before.split('\n').slice(0, -1);
  const gone = new Set(diff.flatMap(line => (/^\d+ - /.test(line) ? [Number(line.split(' ')[0])] : [])));
  const kept = lines.filter((_, index) => !gone.has(index + 1));
  for (const line of diff) {
    const [, number, text] = /^(\d+) \+ (.*)$/.exec(line) ?? [];
    if (number !== undefined) kept.splice(Number(number) - 1, 0, text ?? '');
  }
  return kept.map(line => `${line}\n`).join('');
}

describe('lineDiff', () => {
  it('says what goes and what comes', () => {
    expect(lineDiff('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual(['2 - b', '2 + x', '4 + d']);
    expect(lineDiff('', 'a\n')).toEqual(['1 + a']);
    expect(lineDiff('a\n', 'a\n')).toEqual([]);
  });

  it('leads from the one text to the other, whatever they are, and says nothing of common lines', () => {
    const random = createRandom(3);
    const text = (): string =>
      Array.from({ length: random.below(9) }, () => `${random.pick(['a', 'b', 'c', 'd'])}\n`).join('');
    for (let round = 0; round < rounds(500); round++) {
      const [before, after] = [text(), text()];
      const diff = lineDiff(before, after);
      expect(follow(before, diff), JSON.stringify([before, after])).toBe(after);
      if (before === after) expect(diff).toEqual([]);
    }
  });

  it('is as short as it can be: all lines that can stay do', () => {
    const random = createRandom(5);
    const lines = (): readonly string[] => Array.from({ length: random.below(7) }, () => random.pick(['a', 'b', 'c']));
    const text = (of: readonly string[]): string => of.map(line => `${line}\n`).join('');
    for (let round = 0; round < rounds(300); round++) {
      const [before, after] = [lines(), lines()];
      const most = longestCommon(before, after);
      expect(lineDiff(text(before), text(after)).length, JSON.stringify([before, after])).toBe(
        before.length + after.length - 2 * most,
      );
    }
  });

  it('takes a last line without its end for the same line', () => {
    expect(lineDiff('a\nb', 'a\nb\n')).toEqual([]);
    expect(lineDiff('a', 'a\nb')).toEqual(['2 + b']);
    expect(lineDiff('a\n\n', 'a\n')).toEqual(['2 -']);
  });
});

/** How many lines two texts have in common in the same order, by trying all. */
function longestCommon(one: readonly string[], other: readonly string[]): number {
  const [first, ...rest] = one;
  if (first === undefined) return 0;
  const place = other.indexOf(first);
  const without = longestCommon(rest, other);
  return place < 0 ? without : Math.max(without, 1 + longestCommon(rest, other.slice(place + 1)));
}
