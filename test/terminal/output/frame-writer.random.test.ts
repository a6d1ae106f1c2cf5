import { describe, expect, it } from 'vitest';
import { createFrameParser } from '../../../src/terminal/cells/frame-parser.ts';
import { createStyleTable } from '../../../src/terminal/cells/style.ts';
import { openFrameWriter } from '../../../src/terminal/output/frame-writer.ts';
import { createRandom } from '../../helpers/random/terminal-random.ts';
import { openEmulator } from '../../helpers/terminal/emulator.ts';
import { openFakeTty, turns } from '../../helpers/terminal/fake-tty.ts';
import {
  CERTAIN_CHARACTERS,
  capabilitiesOf,
  createCanvas,
  differences,
  disturb,
  frameText,
} from '../../helpers/terminal/frames.ts';

const capabilities = capabilitiesOf('xterm-256color', { hasSynchronizedOutput: true });

/** Frames that come too fast, a line that moves now and then, resizes, repaints, and others who write meanwhile. */
async function play(seed: number, steps: number): Promise<void> {
  const random = createRandom(seed);
  const styles = createStyleTable();
  const parser = createFrameParser(styles, capabilities.colors);
  const output = openFakeTty(60, 12);
  const emulator = openEmulator(60, 12);
  await emulator.write('\u001b[?7l');
  const writer = openFrameWriter({ output, capabilities });
  let canvas = createCanvas(60, 12);
  const show = async () => {
    await turns(1);
    await emulator.write(output.drain());
  };
  for (let step = 0; step < steps; step += 1) {
    disturb(canvas, random, CERTAIN_CHARACTERS);
    writer.write(frameText(canvas));
    if (random.oneIn(25)) writer.repaint();
    if (random.oneIn(25)) writer.send('\u001b[31m\u001b[5;5H');
    if (random.oneIn(40)) {
      writer.suspend();
      await show();
      await emulator.write('\u001b[H\u001b[7msomebody else wrote this\u001b[m');
      writer.resume();
    }
    if (random.oneIn(40)) {
      await show();
      const [columns, rows] = [1 + random.below(70), 1 + random.below(14)];
      emulator.resize(columns, rows);
      output.resize(columns, rows);
      canvas = createCanvas(columns, rows);
      writer.write(frameText(canvas));
    }
    if (random.oneIn(2)) continue;
    // Twice: once for the write that was in flight, once for the newest frame.
    await show();
    await show();
    const frame = parser.parse(frameText(canvas), output.columns, output.rows);
    expect(differences(frame, styles, emulator), `seed ${seed}, step ${step}`).toEqual([]);
  }
}

describe('the frame writer, whatever happens', () => {
  it.each([31, 32, 33])('leaves the terminal with the newest frame, seed %i', async seed => {
    await play(seed, 800);
  });
});
