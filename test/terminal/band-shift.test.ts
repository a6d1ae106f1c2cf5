import { describe, expect, it } from 'vitest';
import { findBandShift } from '../../src/terminal/band-shift.ts';
import { diffFrames } from '../../src/terminal/frame-diff.ts';
import { createFrameParser } from '../../src/terminal/frame-parser.ts';
import { bytesOf, UNKNOWN_CURSOR } from '../../src/terminal/pencil.ts';
import { createStyleTable } from '../../src/terminal/style.ts';
import { openEmulator } from '../helpers/terminal-emulator.ts';
import { capabilitiesOf } from '../helpers/terminal-frames.ts';

const styles = createStyleTable();
const parser = createFrameParser(styles, 24);
const frame = (...lines: string[]) => parser.parse(lines.join('\n'), 40, lines.length);

const logLine = (n: number) => `│ 12:00:0${n} heating/flow ${50 + n}.${n} °C ${'·'.repeat(7)}│`;
const screen = (first: number) =>
  frame('title', logLine(first), logLine(first + 1), logLine(first + 2), logLine(first + 3), 'footer');

describe('a band of rows that moved', () => {
  it('is found, up and down', () => {
    expect(findBandShift(screen(0), screen(1))).toEqual({ top: 1, bottom: 5, distance: 1 });
    expect(findBandShift(screen(1), screen(0))).toEqual({ top: 1, bottom: 5, distance: -1 });
    expect(findBandShift(screen(0), screen(2))).toEqual({ top: 1, bottom: 5, distance: 2 });
  });

  it('is none where rows stayed or too few moved', () => {
    expect(findBandShift(screen(0), screen(0))).toBe(null);
    expect(findBandShift(frame('a', 'b', 'c'), frame('b', 'x', 'c'))).toBe(null);
  });

  it('costs its new line and a few bytes', async () => {
    const capabilities = capabilitiesOf('linux');
    const emulator = openEmulator(40, 6);
    const first = diffFrames({ before: null, after: screen(0), cursor: UNKNOWN_CURSOR, styles, capabilities });
    const next = diffFrames({ before: screen(0), after: screen(1), cursor: first.cursor, styles, capabilities });
    await emulator.write(first.output);
    await emulator.write(next.output);
    expect(emulator.text().split('\n')).toEqual(['title', ...[1, 2, 3, 4].map(n => logLine(n)), 'footer']);
    expect(bytesOf(next.output)).toBeLessThanOrEqual(bytesOf(logLine(4)) + 15);
  });
});
