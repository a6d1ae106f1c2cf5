import { describe, expect, it } from 'vitest';
import { createFrameParser } from '../../../src/terminal/cells/frame-parser.ts';
import { createStyleTable } from '../../../src/terminal/cells/style.ts';
import type { Capabilities } from '../../../src/terminal/identity/capabilities.ts';
import { diffFrames } from '../../../src/terminal/output/frame-diff.ts';
import { bytesOf, UNKNOWN_CURSOR } from '../../../src/terminal/output/pencil.ts';
import { capabilitiesOf } from '../../helpers/terminal/frames.ts';
import { houseFrame } from '../../helpers/terminal/house-frame.ts';

/** Bytes of each of a series of frames, the first one painted from nothing. */
function bytesOfSeries(frames: readonly string[], capabilities: Capabilities, columns = 80, rows = 24): number[] {
  const styles = createStyleTable();
  const parser = createFrameParser(styles, capabilities.colors);
  let before = null;
  let cursor = UNKNOWN_CURSOR;
  const bytes: number[] = [];
  for (const text of frames) {
    const after = parser.parse(text, columns, rows);
    const diff = diffFrames({ before, after, cursor, styles, capabilities });
    before = after;
    cursor = diff.cursor;
    bytes.push(bytesOf(diff.output));
  }
  return bytes;
}

const SAMPLES = '▁▂▃▄▅▆▇█▇▆▅▄▃▂▁▂▃▄▅▆▇▆▅▄▃▂▁▂▃▄▅';
const second = (n: number, changes = {}) => ({
  clock: `12:34:${String(51 + n).padStart(2, '0')}`,
  flow: (54.3 + n / 10).toFixed(1),
  flowSamples: SAMPLES.slice(n, n + 20),
  ...changes,
});
const SECONDS = [0, 1, 2, 3, 4].map(n => second(n));

describe('bytes on the line for a second in which a value, its sparkline and the clock change', () => {
  const terminals: readonly [string, Capabilities, number][] = [
    ['xterm', capabilitiesOf('xterm-256color'), 65],
    ['PuTTY', capabilitiesOf('putty'), 65],
    ['the Linux console', capabilitiesOf('linux'), 65],
    ['a VT100, which cannot shift', capabilitiesOf('vt100'), 125],
  ];
  it.each(terminals)('are few on %s', (_name, capabilities, limit) => {
    const [, ...updates] = bytesOfSeries(
      SECONDS.map(moment => houseFrame(moment)),
      capabilities,
    );
    expect(Math.max(...updates)).toBeLessThanOrEqual(limit);
  });

  it('are no more on a larger screen', () => {
    const frames = SECONDS.map(moment => houseFrame(moment, 120, 40));
    const [, ...updates] = bytesOfSeries(frames, capabilitiesOf('xterm-256color'), 120, 40);
    expect(Math.max(...updates)).toBeLessThanOrEqual(65);
  });

  it('are none where nothing changed', () => {
    const frame = houseFrame(second(0));
    expect(bytesOfSeries([frame, frame], capabilitiesOf('xterm-256color'))[1]).toBe(0);
  });

  it('are three for a clock that the cursor was led away from each time, once the terminal has kept its place', () => {
    const frames = [1, 2, 3, 4, 5, 6, 7].flatMap(n => {
      const before = { clock: `12:34:5${n}`, flow: `5${n}.0` };
      return [houseFrame(second(0, before)), houseFrame(second(0, { ...before, clock: `12:34:5${n + 1}` }))];
    });
    const bytes = bytesOfSeries(frames, capabilitiesOf('xterm-256color'));
    const clocks = bytes.filter((_, place) => place % 2 === 1);
    expect(clocks.slice(2)).toEqual([3, 3, 3, 3, 3]);
  });

  it('are about ten for the clock alone', () => {
    const frames = [houseFrame(second(0)), houseFrame(second(0, { clock: '12:34:52' }))];
    expect(bytesOfSeries(frames, capabilitiesOf('xterm-256color'))[1]).toBeLessThanOrEqual(12);
  });
});
