import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../lifecycle/processes.ts';
import type { PtyOptions, PtyProgram } from './pty.ts';
import { startInPty } from './pty.ts';

const running: PtyProgram[] = [];

async function start(script: string, options: PtyOptions = {}): Promise<PtyProgram> {
  const program = await startInPty('sh', { ...options, args: ['-c', script] });
  running.push(program);
  return program;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(program => program.close()));
});

describe('startInPty', () => {
  it('gives the program a terminal of that size, types into it, and shows what it draws', async () => {
    const program = await start('stty size; read line; printf "\\033[2J\\033[3;5Hgot %s" "$line"; read end', {
      columns: 40,
      rows: 15,
    });
    await program.waitFor('15 40');
    program.write('pump\r');
    const screen = await program.waitFor(/got pump/);
    expect(screen.split('\n')[2]).toBe('    got pump');
    expect(program.terminal.cellAt(4, 2).character).toBe('g');
    expect(program.output().toString()).toContain('\u001b[3;5H');
  });

  it('resizes, and the program hears of it', async () => {
    const program = await start('trap "stty size" WINCH; echo ready; while :; do sleep 0.05; done');
    await program.waitFor('ready');
    program.resize(100, 30);
    expect(await program.waitFor('30 100')).toContain('30 100');
  });

  it('tells the exit code, or the signal, and whether the tty was left as it was found', async () => {
    const tidy = await start('exit 3');
    expect(await tidy.exit).toMatchObject({ code: 3 });
    expect((await tidy.exit).modesAfter).toBe((await tidy.exit).modesBefore);

    const untidy = await start('stty -echo; echo ready; read end');
    await untidy.waitFor('ready');
    expect(untidy.modes()).toMatch(/(^|\s)-echo\s/);
    untidy.kill('SIGTERM');
    const { code, modesBefore, modesAfter } = await untidy.exit;
    expect(code).toBe(143);
    expect(modesAfter).not.toBe(modesBefore);
  });

  it('takes no picture that is half there for one, but one that is never ended', async () => {
    const begin = 'printf "\\033[?2026hupper"';
    const program = await start(`${begin}; read a; printf "lower\\033[?2026l"; read b; ${begin}last; read c`);
    await until(() => program.output().includes('upper'), 'the first half');
    program.write('\r');
    expect(await program.waitFor('upper')).toContain('lower');
    program.write('\r');
    await program.waitFor('last');
    expect(program.terminal.modes.synchronizedOutputMode).toBe(true);
  });

  it('says what was on the screen when a wait fails, by time and by the end of the program', async () => {
    const program = await start('echo here; read end');
    await expect(program.waitFor('nowhere', 300)).rejects.toThrow(/waited 300 ms for .*nowhere.*here/s);
    program.write('\r');
    await expect(program.waitFor('nowhere')).rejects.toThrow(/the program ended.*here/s);
  });

  it('leaves neither process nor folder', async () => {
    const program = await start('trap "" TERM HUP; echo ready; while :; do sleep 0.05; done');
    await program.waitFor('ready');
    const { pid, home } = program;
    process.kill(pid, 'SIGKILL');
    await program.close();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(existsSync(home)).toBe(false);
  });
});

describe('a persona', () => {
  const ask = 'stty -echo -icanon min 1; printf "\\033[c"; dd bs=1 count=4 2>/dev/null | od -c | head -1; read end';

  it('answers as PuTTY does', async () => {
    const program = await start(`${ask}`, { persona: 'putty' });
    expect(await program.waitFor(/033.*\n/)).toMatch(/033\s+\[\s+\?\s+6/);
    expect(program.modes()).toMatch(/\siutf8/);
  });

  it('reads ISO-8859-1 until it is told otherwise, and its tty says so', async () => {
    const program = await start('printf "\\303\\251 \\033%%G\\303\\251 \\033%%@\\303\\251 end"; read end', {
      persona: 'putty-latin1',
    });
    expect(await program.waitFor('end')).toContain('Ã© é Ã© end');
    expect(program.modes()).toMatch(/\s-iutf8/);
  });
});
