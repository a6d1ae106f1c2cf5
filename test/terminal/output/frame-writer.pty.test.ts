import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IPty, spawn } from '@lydell/node-pty';
import { afterEach, describe, expect, it } from 'vitest';
import { openEmulator } from '../../helpers/terminal/emulator.ts';
import { makeTerminalProgram, type TerminalProgram } from '../../helpers/terminal/program.ts';

/** Paints a whole new screen each few ms, and notes how far it came in a file; on a key it paints the last one. */
const SOURCE = `
const notes = env.NOTES;
const writer = openFrameWriter({ output: stdout, capabilities: decide(null, true) });
let n = 0;
let turns = 0;
const frame = text => Array.from({ length: 24 }, (_, y) => (text + ' ' + y + ' ').repeat(9).slice(0, 79)).join('\\n');
const turn = () => { turns += 1; setImmediate(turn); };
const paint = setInterval(() => {
  writer.write(frame('frame ' + ++n));
  writeFileSync(notes + '.new', JSON.stringify({ n, turns, bytes: writer.bytesWritten, frames: writer.framesWritten }));
  renameSync(notes + '.new', notes);
}, 3);
process.on('SIGUSR1', async () => { clearInterval(paint); writer.write(frame('LAST')); await writer.flush(); process.exit(0); });
turn();
`;

interface Note {
  readonly n: number;
  readonly turns: number;
  readonly bytes: number;
  readonly frames: number;
}

const open: { program: TerminalProgram; pty: IPty; notes: string; isOver: boolean }[] = [];

function start() {
  const program = makeTerminalProgram(`import { renameSync } from 'node:fs';\n${SOURCE}`);
  const notes = `${program.path}.json`;
  writeFileSync(notes, '{}');
  const pty = spawn(process.execPath, [program.path], {
    name: 'xterm',
    cols: 80,
    rows: 24,
    encoding: null,
    env: { PATH: process.env.PATH, TERM: 'xterm', NOTES: notes },
  });
  const run = { program, pty, notes, isOver: false };
  open.push(run);
  const ended = new Promise<number>(resolve => {
    pty.onExit(({ exitCode }) => {
      run.isOver = true;
      resolve(exitCode);
    });
  });
  const note = (): Note => JSON.parse(readFileSync(notes, 'utf8')) as Note;
  return { pty, note, ended };
}

async function until(isTrue: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error(`waited 15 s for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

afterEach(() => {
  for (const { program, pty, notes, isOver } of open.splice(0)) {
    if (!isOver) pty.kill('SIGKILL');
    rmSync(notes, { force: true });
    program.close();
  }
});

describe('the frame writer on a line that stalls', () => {
  it('leaves the event loop free, queues nothing, and shows the newest frame when the line moves again', async () => {
    const { pty, note, ended } = start();
    const emulator = openEmulator(80, 24);
    const received: Buffer[] = [];
    (pty.onData as unknown as (listener: (chunk: Buffer) => void) => void)(chunk => received.push(chunk));
    await until(() => (note().frames ?? 0) > 5, 'the first frames');

    pty.pause();
    let last = note();
    await until(() => {
      const before = last;
      last = note();
      return last.n > before.n && last.bytes === before.bytes;
    }, 'the line to be full');
    const atStall = last;
    await until(() => note().n >= atStall.n + 300, 'the event loop to turn while the line stalls');
    const later = note();
    expect(later.turns).toBeGreaterThan(atStall.turns + 300);
    expect(later.bytes - atStall.bytes).toBeLessThanOrEqual(4000);

    process.kill(pty.pid, 'SIGUSR1');
    pty.resume();
    expect(await ended).toBe(0);
    for (const chunk of received) await emulator.write(chunk);
    expect(emulator.text().split('\n')[3]).toMatch(/^LAST 3 LAST 3/);
    expect(emulator.text()).not.toContain('frame');
  });
});
