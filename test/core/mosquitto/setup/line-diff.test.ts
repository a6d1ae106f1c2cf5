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
});
