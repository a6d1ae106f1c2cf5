import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { rungs, wrongCells } from '../helpers/matrix/rung.ts';
import { PROGRAM } from '../helpers/program/hometui.ts';
import { createRandom } from '../helpers/random/terminal-random.ts';
import { findProgram, requireProgram } from '../helpers/require-program.ts';
import { type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';

const SIZES = [
  [40, 15],
  [80, 24],
  [120, 40],
] as const;
const ESC = '\u001b';
/** Every key of the console but those that leave it; the burner is asked about, and Enter may say yes. */
const KEYS = [
  'j',
  'k',
  'c',
  'd',
  'l',
  't',
  '?',
  'p',
  'f',
  'b',
  'n',
  '\r',
  '\t',
  ' ',
  '+',
  '-',
  '\f',
  `${ESC}[B`,
  `${ESC}[6~`,
  `${ESC}[F`,
];

interface Multiplexer {
  /** The words that start it with a command inside, its sockets in a folder of its own. */
  readonly start: (
    folder: string,
    command: readonly string[],
  ) => { readonly args: string[]; readonly env: Record<string, string> };
  readonly end: (folder: string) => void;
  /** What it says is on its screen, where it can say it. */
  readonly capture?: (folder: string) => string;
  readonly colors: number;
}

const tmux = (folder: string, ...args: string[]): string =>
  execFileSync('tmux', ['-S', join(folder, 'socket'), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

const MULTIPLEXERS: Readonly<Record<'tmux' | 'screen', Multiplexer>> = {
  tmux: {
    start: (folder, command) => {
      writeFileSync(join(folder, 'conf'), 'set -g status off\nset -g default-terminal tmux-256color\n');
      return { args: ['-S', join(folder, 'socket'), '-f', join(folder, 'conf'), 'new-session', ...command], env: {} };
    },
    end: folder => void tmux(folder, 'kill-server'),
    capture: folder => tmux(folder, 'capture-pane', '-p'),
    colors: 256,
  },
  screen: {
    start: (folder, command) => {
      writeFileSync(join(folder, 'conf'), 'startup_message off\n');
      return { args: ['-U', '-c', join(folder, 'conf'), '-S', 'hometui', ...command], env: { SCREENDIR: folder } };
    },
    end: folder => {
      const env = { ...process.env, SCREENDIR: folder };
      execFileSync(findProgram('screen') ?? 'screen', ['-S', 'hometui', '-X', 'quit'], { env, stdio: 'ignore' });
    },
    colors: 256,
  },
};

const trimmed = (text: string): string => text.replace(/[ \n]+$/, '').replaceAll(/ +$/gm, '');
/** Without what goes on by itself: the clock, the ages and the values. */
const still = (text: string): string => trimmed(text).replaceAll(/\d+/g, '#');

describe.each(['tmux', 'screen'] as const)('inside %s', name => {
  const multiplexer = MULTIPLEXERS[name];
  const program = requireProgram(name);
  const folder: string[] = [];
  let running: PtyProgram | null = null;

  afterEach(async () => {
    for (const path of folder.splice(0)) {
      try {
        multiplexer.end(path);
      } catch {
        // It has ended with the program in it.
      }
      await running?.close();
      rmSync(path, { recursive: true, force: true });
    }
    running = null;
  });

  for (const [columns, rows] of SIZES) {
    it.runIf(program !== null)(`draws right at ${columns}×${rows}`, { timeout: 60_000 }, async () => {
      const path = mkdtempSync(join(tmpdir(), 'hometui-multiplexer-'));
      folder.push(path);
      const { args, env } = multiplexer.start(path, [process.execPath, PROGRAM, 'demo', '--seed', '7']);
      running = await startInPty(name, { args, env, columns, rows });
      const { terminal } = running;
      await running.waitFor('All 4 values and 2 clients are live');
      const random = createRandom(columns);
      for (let step = 0; step < 40; step += 1) {
        running.write(random.pick(KEYS));
        if (step % 10 !== 9) continue;
        await expectRepaintedSame(running);
        const { capture } = multiplexer;
        if (capture !== undefined)
          await expect.poll(() => trimmed(capture(path)) === trimmed(terminal.text())).toBe(true);
        const allowed = { characters: rungs.full, colors: multiplexer.colors };
        expect(wrongCells(terminal, columns, rows, allowed), running.screen()).toEqual([]);
      }
      running.write('n');
      running.write('q');
      expect(await running.exit).toMatchObject({ code: 0 });
    });
  }
});

/** What the differences drew is what a full repaint draws. */
async function expectRepaintedSame(running: PtyProgram): Promise<void> {
  await expect
    .poll(
      async () => {
        const before = still(await settled(running));
        running.write('\f');
        return still(await settled(running)) === before ? 'the same' : `${before}\n---\n${still(running.screen())}`;
      },
      { timeout: 15_000, interval: 50 },
    )
    .toBe('the same');
}

/** The screen when nothing came for a while. */
async function settled(running: PtyProgram): Promise<string> {
  let size = -1;
  await expect
    .poll(
      () => {
        const before = size;
        size = running.output().length;
        return size === before;
      },
      { timeout: 10_000, interval: 120 },
    )
    .toBe(true);
  return running.screen();
}
