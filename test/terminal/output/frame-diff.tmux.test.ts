import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/terminal/cells/cell.ts';
import { createFrameParser } from '../../../src/terminal/cells/frame-parser.ts';
import { createStyleTable } from '../../../src/terminal/cells/style.ts';
import { diffFrames } from '../../../src/terminal/output/frame-diff.ts';
import { UNKNOWN_CURSOR } from '../../../src/terminal/output/pencil.ts';
import { createRandom } from '../../helpers/random/terminal-random.ts';
import { requireProgram } from '../../helpers/require-program.ts';
import { CERTAIN_CHARACTERS, capabilitiesOf, createCanvas, disturb, frameText } from '../../helpers/terminal/frames.ts';

const COLUMNS = 60;
const ROWS = 12;
const tmuxPath = requireProgram('tmux');
const socket = `hometui-test-${process.pid}`;
const tmux = (...args: string[]): string =>
  execFileSync(tmuxPath ?? 'tmux', ['-u', '-L', socket, '-f', '/dev/null', ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, TERM: 'xterm', LANG: 'C.UTF-8', HOME: process.env.HOME },
  });

/** Text of a pane or frame, blanks at the ends of lines cut. */
const trimmed = (lines: readonly string[]): string =>
  lines
    .map(line => line.trimEnd())
    .join('\n')
    .trimEnd();

describe.runIf(tmuxPath !== null)('diffFrames on tmux, a terminal that others wrote', () => {
  let pane = '';
  beforeAll(() => {
    tmux('new-session', '-d', '-x', String(COLUMNS), '-y', String(ROWS), 'sleep 600');
    tmux('set-option', '-g', 'status', 'off');
    tmux('resize-window', '-x', String(COLUMNS), '-y', String(ROWS));
    pane = tmux('display-message', '-p', '#{pane_tty}').trim();
    writeFileSync(pane, '\u001b[?7l');
  });
  afterAll(() => void tmux('kill-server'));

  const shown = () => trimmed(tmux('capture-pane', '-p').split('\n'));

  async function untilShown(expected: string): Promise<string> {
    const deadline = performance.now() + 5000;
    let text = shown();
    while (text !== expected && performance.now() < deadline) {
      await new Promise(resolve => setTimeout(resolve, 5));
      text = shown();
    }
    return text;
  }

  it.each([41, 42])('leaves it showing the frame, seed %i', async seed => {
    const random = createRandom(seed);
    const styles = createStyleTable();
    const parser = createFrameParser(styles, 24);
    const capabilities = capabilitiesOf('tmux-256color');
    const canvas = createCanvas(COLUMNS, ROWS);
    let before: Frame | null = null;
    let cursor = UNKNOWN_CURSOR;
    for (let step = 0; step < 200; step += 1) {
      disturb(canvas, random, CERTAIN_CHARACTERS);
      const after = parser.parse(frameText(canvas), COLUMNS, ROWS);
      const diff = diffFrames({ before, after, cursor, styles, capabilities });
      writeFileSync(pane, diff.output);
      before = after;
      cursor = diff.cursor;
      const expected = trimmed(after.lines.map(row => row.characters.join('')));
      expect(await untilShown(expected), `seed ${seed}, step ${step}: ${JSON.stringify(diff.output)}`).toBe(expected);
    }
  });
});
