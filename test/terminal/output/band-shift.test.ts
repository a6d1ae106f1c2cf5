import { describe, expect, it } from 'vitest';
import { createFrameParser } from '../../../src/terminal/cells/frame-parser.ts';
import { createStyleTable, PLAIN } from '../../../src/terminal/cells/style.ts';
import { findBandShift } from '../../../src/terminal/output/band-shift.ts';
import { NO_HABIT } from '../../../src/terminal/output/cursor-habit.ts';
import { diffFrames } from '../../../src/terminal/output/frame-diff.ts';
import { bytesOf, UNKNOWN_CURSOR } from '../../../src/terminal/output/pencil.ts';
import { openEmulator } from '../../helpers/terminal/emulator.ts';
import { capabilitiesOf, differences } from '../../helpers/terminal/frames.ts';

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

  it('opens plain rows, also where the way to them brings back a pen with a background', async () => {
    const capabilities = capabilitiesOf('linux');
    const emulator = openEmulator(40, 6);
    const [blue, red] = [{ background: 4 }, { foreground: 1 }].map(look => styles.intern({ ...PLAIN, ...look }));
    const [before, after] = [screen(1), frame('title', '', logLine(1), logLine(2), logLine(3), 'footer')];
    const first = diffFrames({ before: null, after: before, cursor: UNKNOWN_CURSOR, styles, capabilities });
    await emulator.write(first.output);
    // A place with a blue background is kept (DECSC), and the last frame ended in red.
    await emulator.write('\u001b[2;1H\u001b[;44m\u001b7\u001b[;31m\u001b[6;7H');
    const habit = { ...NO_HABIT, kept: { x: 0, y: 1, pen: blue ?? 0 } };
    const cursor = { x: 6, y: 5, pen: red ?? 0, habit };
    const { output } = diffFrames({ before, after, cursor, styles, capabilities });
    await emulator.write(output);
    expect(differences(after, styles, emulator), JSON.stringify(output)).toEqual([]);
  });
});
