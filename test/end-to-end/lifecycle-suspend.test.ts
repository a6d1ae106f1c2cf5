import { describe, expect, it } from 'vitest';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { articlePasswords, wellCellar, wellHeating } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { childrenOf, isStopped, until } from '../helpers/lifecycle/processes.ts';
import { PROGRAM } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';
import { stillOf } from '../helpers/terminal/still.ts';

const isPossible = requireProgram('mosquitto') !== null && requireProgram('bash') !== null;
/** Longer than what counts as a mere pause of the program. */
const LONG_SLEEP_MS = 7_000;

describe.runIf(isPossible)('a console that is put to sleep in a shell', () => {
  const house = useArticleHouse();
  const keep = closeAfterEach();

  /** A shell with job control, and a console in it that shows a house in which all is well. */
  async function startInShell(): Promise<{ shell: PtyProgram; pid: number; raw: string }> {
    house.heating.speak(wellHeating);
    house.cellar.speak(wellCellar);
    const env = { HOMETUI_PASSWORD: articlePasswords.monitor, PS1: 'ready> ', ENV: undefined, HISTFILE: '/dev/null' };
    const shell = keep(await startInPty('bash', { args: ['--norc', '--noprofile', '-i'], env }));
    await shell.waitFor('ready>');
    const command = [process.execPath, PROGRAM, '-L', house.broker.url, '-u', 'monitor'];
    shell.write(`${command.join(' ')}\r`);
    await shell.waitFor(screen => screen.includes('All 4 values and 2 clients are live') && screen.includes('quit'));
    const [pid = -1] = childrenOf(shell.pid);
    const raw = shell.modes();
    return { shell, pid, raw };
  }

  async function sleep(shell: PtyProgram, pid: number, signal: NodeJS.Signals = 'SIGTSTP'): Promise<void> {
    process.kill(pid, signal);
    await until(() => isStopped(pid), 'the console to stop');
    await shell.waitFor(/Stopped[\s\S]*ready>/);
  }

  it('the shell gets a cooked terminal and its own screen, and typing there works', async () => {
    const { shell, pid } = await startInShell();
    await sleep(shell, pid);
    expect(shell.terminal.isAlternate).toBe(false);
    expect(shell.terminal.modes).toMatchObject({ wraparoundMode: true, applicationCursorKeysMode: false });
    expect(shell.screen()).not.toContain('Flow');
    shell.write('stty -a; echo "typed $((6 * 7))"\r');
    await shell.waitFor('typed 42');
    expect(shell.screen()).toMatch(/ icanon/);
    expect(shell.screen()).toMatch(/ echo /);
    shell.write('kill %1; fg\r');
    await until(() => childrenOf(shell.pid).length === 0, 'the console to end');
  });

  it('fg brings raw mode, the whole picture and the keys back', async () => {
    const { shell, pid, raw } = await startInShell();
    const before = stillOf(shell.screen());
    await sleep(shell, pid);
    shell.write('clear; seq 100\r');
    await shell.waitFor(/100\s+ready>/);
    shell.write('fg\r');
    await shell.waitFor('All 4 values and 2 clients are live');
    expect(shell.terminal.isAlternate).toBe(true);
    expect(shell.modes()).toBe(raw);
    await expect.poll(() => stillOf(shell.screen()), { timeout: 5_000 }).toBe(before);
    shell.write('?');
    await shell.waitFor('Switch Pump on or off');
    shell.write('q');
    await shell.waitFor(/ready>\s*$/);
    expect(shell.terminal.isAlternate).toBe(false);
    expect(shell.screen()).toContain('100');
  });

  it('bg leaves the shell its terminal, and fg after it brings the picture', async () => {
    const { shell, pid, raw } = await startInShell();
    await sleep(shell, pid);
    shell.write('bg\r');
    await shell.waitFor(/bg\s[\s\S]*ready>/);
    shell.write('echo "still $((6 * 7))"\r');
    await shell.waitFor('still 42');
    expect(shell.terminal.isAlternate).toBe(false);
    // In the background it stops by itself.
    await until(() => isStopped(pid), 'the console to stop again');
    shell.write('fg\r');
    await shell.waitFor('All 4 values and 2 clients are live');
    await expect.poll(() => shell.modes(), { timeout: 5_000 }).toBe(raw);
    shell.write('q');
    await shell.waitFor(/ready>\s*$/);
  });

  it('after SIGSTOP, which nobody can hear, fg brings all back too', async () => {
    const { shell, pid, raw } = await startInShell();
    process.kill(pid, 'SIGSTOP');
    await until(() => isStopped(pid), 'the console to stop');
    shell.resize(100, 30);
    shell.write('\u000cfg\r');
    await shell.waitFor('All 4 values and 2 clients are live');
    await expect
      .poll(() => shell.modes(), { timeout: 5_000 })
      .toBe(raw.replace('rows 24; columns 80', 'rows 30; columns 100'));
    await shell.waitFor(screen => screen.split('\n').at(-1)?.includes('quit') === true);
    shell.write('q');
    await shell.waitFor(/ready>\s*$/);
  });

  it('what was typed while it was stopped switches nothing, and that is said', async () => {
    house.heating.speak(wellHeating);
    house.cellar.speak(wellCellar);
    const env = { HOMETUI_PASSWORD: articlePasswords.master };
    const console = keep(
      await startInPty(process.execPath, { args: [PROGRAM, '-L', house.broker.url, '-u', 'master'], env }),
    );
    await console.waitFor('All 4 values and 2 clients are live');
    const before = house.heating.commands.length;
    process.kill(console.pid, 'SIGSTOP');
    await until(() => isStopped(console.pid), 'the console to stop');
    console.write('p');
    // It is written behind our back, and nothing tells when; typed after the waking it would be obeyed.
    await new Promise(resolve => setTimeout(resolve, 200));
    process.kill(console.pid, 'SIGCONT');
    await console.waitFor('A key was not obeyed');
    // What this one sends comes to the broker behind what the other would have sent.
    console.write('f');
    await expect.poll(() => house.cellar.commands, { timeout: 10_000 }).toEqual(['cellar/fan on']);
    expect(house.heating.commands.slice(before)).toEqual([]);
    console.write('q');
    await console.exit;
  });

  it('in a terminal that was resized meanwhile it fills the new size', async () => {
    const { shell, pid } = await startInShell();
    await sleep(shell, pid);
    shell.resize(120, 40);
    shell.write('fg\r');
    await shell.waitFor(screen => screen.split('\n').at(39)?.includes('quit') === true);
    shell.write('q');
    await shell.waitFor(/ready>\s*$/);
  });

  it('knows that time went by: nothing is called live until it has spoken again', async () => {
    const { shell, pid } = await startInShell();
    await sleep(shell, pid);
    house.heating.fallSilent();
    house.cellar.fallSilent();
    await new Promise(resolve => setTimeout(resolve, LONG_SLEEP_MS));
    const start = shell.output().length;
    shell.write('fg\r');
    await shell.waitFor('Flow');
    await shell.waitFor('quit');
    expect(shell.screen()).not.toMatch(/are live/);
    expect(shell.output().subarray(start).toString()).not.toMatch(/ are live|● live/);
    house.cellar.speak(wellCellar);
    house.heating.speak(wellHeating);
    await shell.waitFor('All 4 values and 2 clients are live');
    shell.write('q');
    await shell.waitFor(/ready>\s*$/);
  });
});
