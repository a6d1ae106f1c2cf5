import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/terminal/cells/cell.ts';
import { createFrameParser } from '../../../src/terminal/cells/frame-parser.ts';
import { createStyleTable } from '../../../src/terminal/cells/style.ts';
import type { Capabilities } from '../../../src/terminal/identity/capabilities.ts';
import { diffFrames } from '../../../src/terminal/output/frame-diff.ts';
import { type Cursor, UNKNOWN_CURSOR } from '../../../src/terminal/output/pencil.ts';
import { createRandom } from '../../helpers/random/terminal-random.ts';
import { openEmulator } from '../../helpers/terminal/emulator.ts';
import {
  ANY_CHARACTERS,
  type Canvas,
  CERTAIN_CHARACTERS,
  capabilitiesOf,
  createCanvas,
  differences,
  disturb,
  frameText,
} from '../../helpers/terminal/frames.ts';

/** What changes in each frame at the same place, and now and then a column further left. */
function tickClock(canvas: Canvas, step: number): void {
  const row = canvas[Math.floor(canvas.length / 3)] ?? [];
  const end = Math.floor(row.length / 2);
  const digits = String(step % 100).padStart(2, '0');
  for (const [place, character] of [...digits].entries()) {
    if (row[end + place] !== undefined) row[end + place] = { character, style: '' };
  }
}

async function play(seed: number, steps: number, capabilities: Capabilities, characters: readonly string[]) {
  const random = createRandom(seed);
  const styles = createStyleTable();
  const parser = createFrameParser(styles, capabilities.colors);
  let columns = 1 + random.below(60);
  let rows = 1 + random.below(14);
  const emulator = openEmulator(columns, rows);
  await emulator.write('\u001b[?1049h\u001b[?7l');
  let canvas = createCanvas(columns, rows);
  let shown: Frame | null = null;
  let cursor: Cursor = UNKNOWN_CURSOR;
  for (let step = 0; step < steps; step += 1) {
    if (random.oneIn(40)) {
      columns = 1 + random.below(60);
      rows = 1 + random.below(14);
      emulator.resize(columns, rows);
      canvas = createCanvas(columns, rows);
      shown = null;
      cursor = UNKNOWN_CURSOR;
    }
    if (random.oneIn(30)) shown = null;
    if (random.oneIn(2)) disturb(canvas, random, characters);
    tickClock(canvas, step);
    const before = shown;
    const after = parser.parse(frameText(canvas), columns, rows);
    const diff = diffFrames({ before, after, cursor, styles, capabilities });
    await emulator.write(diff.output);
    const wrong = differences(after, styles, emulator);
    if (wrong.length > 0) {
      expect.fail(
        `seed ${seed}, step ${step}, ${columns}x${rows}: ${JSON.stringify(diff.output)}\n${wrong.join('\n')}`,
      );
    }
    shown = after;
    cursor = diff.cursor;
  }
  emulator.close();
}

/** Steps per seed; a long run is `HOMETUI_STEPS=5000 npm run unit -- frame-diff`. */
const STEPS = Number(process.env.HOMETUI_STEPS ?? 500);

const FULL = capabilitiesOf('xterm-256color');

describe('diffFrames', () => {
  it.each([1, 2, 3, 4, 5])('leaves an xterm showing the frame, seed %i', async seed => {
    await play(seed, STEPS, FULL, CERTAIN_CHARACTERS);
  });

  it.each([11, 12])('leaves an xterm showing the frame without the newer sequences, seed %i', async seed => {
    await play(seed, STEPS, capabilitiesOf('vt100'), CERTAIN_CHARACTERS);
  });

  it.each([21, 22])('bears with characters that terminals disagree about, seed %i', async seed => {
    await play(seed, STEPS, FULL, ANY_CHARACTERS);
  });
});
