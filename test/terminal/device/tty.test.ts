import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTtySettings, writeNow } from '../../../src/terminal/device/tty.ts';
import { makeTerminalProgram } from '../../helpers/terminal/program.ts';
import { startInPty } from '../../helpers/terminal/pty.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-tty-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('writing at once', () => {
  it('writes all of it', () => {
    const path = join(folder, 'out');
    const fd = openSync(path, 'w');
    const text = 'wärme '.repeat(50_000);
    expect(writeNow(fd, text)).toBe(true);
    closeSync(fd);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('bears with a terminal that is gone', () => {
    const fd = openSync(join(folder, 'out'), 'w');
    closeSync(fd);
    expect(writeNow(fd, 'x')).toBe(false);
  });

  it('gives up on a terminal that takes nothing', async () => {
    const result = join(folder, 'result');
    const program = makeTerminalProgram(`
      stdout._handle.setBlocking(false);
      writeFileSync(env.RESULT, String(writeNow(1, 'x'.repeat(1_000_000))));
    `);
    const env = { PATH: process.env.PATH, TERM: 'xterm', RESULT: result };
    const pty = spawn(process.execPath, [program.path], { cols: 80, rows: 24, env });
    pty.pause();
    const deadline = performance.now() + 10_000;
    const said = () => (existsSync(result) ? readFileSync(result, 'utf8') : '');
    while (said() === '' && performance.now() < deadline) await new Promise(resolve => setTimeout(resolve, 20));
    expect(said()).toBe('false');
    const ended = new Promise(resolve => pty.onExit(resolve));
    pty.resume();
    await ended;
    program.close();
  });
});

describe('the settings of the tty', () => {
  it('are what stty says in the terminal', async () => {
    const program = makeTerminalProgram("console.log('got', parseUtf8Flag(await readTtySettings()));");
    for (const [persona, expected] of [
      ['putty', 'got true'],
      ['putty-latin1', 'got false'],
    ] as const) {
      const started = await startInPty(process.execPath, { args: [program.path], persona });
      await started.exit;
      expect(started.screen()).toContain(expected);
      await started.close();
    }
    program.close();
  });

  it('are empty where stty is missing', async () => {
    expect(await readTtySettings('no-such-program')).toBe('');
  });
});
