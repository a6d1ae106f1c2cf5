import { describe, expect, it } from 'vitest';
import { moveCursor } from '../../../src/terminal/output/cursor-move.ts';
import { createRandom } from '../../helpers/random/terminal-random.ts';
import { openEmulator } from '../../helpers/terminal/emulator.ts';

const MODERN = { hasAbsoluteMoves: true };
const OLD = { hasAbsoluteMoves: false };
const move = (x: number | null, y: number | null, toX: number, toY: number, capabilities = MODERN) =>
  moveCursor({ x, y }, toX, toY, capabilities).replace('\u001b', 'ESC');

describe('a cursor move', () => {
  it.each([
    [5, 5, 5, 5, ''],
    [5, 5, 6, 5, 'ESC[C'],
    [5, 5, 4, 5, '\b'],
    [5, 5, 0, 5, '\r'],
    [40, 5, 19, 5, 'ESC[20G'],
    [0, 3, 0, 4, '\r\n'],
    [30, 3, 0, 5, '\r\n\n'],
    [30, 3, 30, 4, 'ESC[B'],
    [30, 3, 30, 1, 'ESC[2A'],
    [30, 3, 0, 0, 'ESC[H'],
    [30, 3, 71, 0, 'ESC[;72H'],
    [30, 3, 0, 20, 'ESC[21H'],
    [null, 3, 5, 3, 'ESC[6G'],
    [null, 3, 0, 3, '\r'],
    [null, 3, 5, 4, 'ESC[5;6H'],
    [null, null, 5, 4, 'ESC[5;6H'],
  ])('from %s,%s to %s,%s is %j', (x, y, toX, toY, expected) => {
    expect(move(x, y, toX, toY)).toBe(expected);
  });

  it('does without CHA where the terminal has none', () => {
    expect(move(40, 5, 19, 5, OLD)).toBe('ESC[21D');
  });

  it('arrives, wherever it begins', async () => {
    const emulator = openEmulator(80, 24);
    const random = createRandom(9);
    let [x, y] = [0, 0];
    for (let step = 0; step < 1000; step += 1) {
      // Near places more often than far ones.
      const toX = random.oneIn(2) ? random.below(80) : Math.max(0, Math.min(79, x + random.below(9) - 4));
      const toY = random.oneIn(3) ? random.below(24) : Math.max(0, Math.min(23, y + random.below(7) - 3));
      await emulator.write(moveCursor({ x, y }, toX, toY, random.oneIn(2) ? MODERN : OLD));
      expect(emulator.cursor).toEqual({ x: toX, y: toY });
      [x, y] = [toX, toY];
    }
  });
});
