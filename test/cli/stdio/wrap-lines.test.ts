import { describe, expect, it } from 'vitest';
import { widthOf, wrapLines } from '../../../src/cli/stdio/wrap-lines.ts';

describe('wrapLines', () => {
  it('breaks sentences at blanks, and leaves what is to be copied', () => {
    const text =
      'one two three four five six\n  a cure that is rather long here\n    sudo systemctl reload mosquitto.service\n';
    expect(wrapLines(text, 20)).toBe(
      [
        ...['one two three four', '  five six', '  a cure that is', '    rather long here'],
        ...['    sudo systemctl reload mosquitto.service', ''],
      ].join('\n'),
    );
    expect(wrapLines(text, Number.POSITIVE_INFINITY)).toBe(text);
  });

  it('goes by a terminal that tells its width', () => {
    expect(widthOf({ isTTY: true, columns: 80 })).toBe(80);
    for (const stream of [{}, { columns: 80 }, { isTTY: true }, { isTTY: true, columns: 0 }]) {
      expect(widthOf(stream)).toBe(Number.POSITIVE_INFINITY);
    }
  });
});
