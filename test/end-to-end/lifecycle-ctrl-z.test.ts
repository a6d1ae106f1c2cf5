import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { articlePasswords, wellCellar, wellHeating } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { childrenOf, isRunning, isStopped, until } from '../helpers/lifecycle/processes.ts';
import { type Sshd, startSshd } from '../helpers/lifecycle/sshd.ts';
import { PROGRAM } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';
import { stillOf } from '../helpers/terminal/still.ts';

const isPossible = [requireProgram('mosquitto'), requireProgram('bash'), requireProgram('dash')].every(
  program => program !== null,
);
const hasSsh = [requireProgram('sshd', 'openssh-server'), requireProgram('ssh', 'openssh-client')].every(
  program => program !== null,
);

const CTRL_Z = '\u001a';
const ALL_WELL = 'All 4 values and 2 clients are live';
const NO_SHELL = 'No shell here could wake hometui again';
/** Longer than what counts as a mere pause of the program. */
const LONG_SLEEP_MS = 7_500;

/** Shells with job control of their own kind. */
const SHELLS: Readonly<Record<string, readonly string[]>> = {
  bash: ['--norc', '--noprofile', '-i'],
  dash: ['-i'],
  zsh: ['-f', '-i', '-o', 'no_prompt_sp'],
  fish: ['--no-config', '-i', '-C', 'function fish_prompt; echo -n "ready> "; end; function fish_greeting; end'],
};
const hasPicture = (home: string): boolean => {
  const folder = join(home, '.cache/hometui');
  return existsSync(folder) && readdirSync(folder).some(name => /^picture-\w+$/.test(name));
};
const shellsHere = Object.keys(SHELLS).filter(name => requireProgram(name) !== null);

describe.runIf(isPossible)('Ctrl-Z in the console', () => {
  const house = useArticleHouse();
  const programs: PtyProgram[] = [];

  afterEach(async () => {
    for (const program of programs.splice(0)) {
      // A shell at its prompt does not hear SIGTERM.
      if (isRunning(program.pid)) program.kill('SIGHUP');
      await program.close();
    }
  });

  const commandOf = (options = ''): string =>
    `${process.execPath} ${PROGRAM} -L ${house.broker.url} -u monitor ${options}`;

  async function open(
    program: string,
    args: readonly string[],
    more: Record<string, string> = {},
  ): Promise<PtyProgram> {
    house.heating.speak(wellHeating);
    house.cellar.speak(wellCellar);
    const env = { HOMETUI_PASSWORD: articlePasswords.monitor, PS1: 'ready> ', ENV: undefined, HISTFILE: '/dev/null' };
    const opened = await startInPty(program, { args, env: { ...env, ...more } });
    programs.push(opened);
    return opened;
  }

  const isUp = (screen: string): boolean => screen.includes(ALL_WELL) && screen.includes('quit');

  /** A shell with job control that runs the command. */
  async function openShell(name: string, command: string): Promise<PtyProgram & { readonly cooked: string }> {
    const shell = await open(name, SHELLS[name] ?? []);
    await shell.waitFor('ready>');
    const cooked = shell.modes();
    shell.write(`${command}\r`);
    await shell.waitFor(isUp);
    return Object.assign(shell, { cooked });
  }

  async function sleep(shell: PtyProgram): Promise<void> {
    shell.write(CTRL_Z);
    await shell.waitFor(/(stopped|suspended)[\s\S]*ready>/i);
  }

  async function leave(shell: PtyProgram): Promise<void> {
    shell.write('q');
    await shell.waitFor(/ready>\s*$/);
    expect(shell.terminal.isAlternate).toBe(false);
  }

  describe.each(shellsHere)('in %s', name => {
    it('gives the shell its terminal as it was, and fg brings the whole picture', async () => {
      const shell = await openShell(name, commandOf());
      const [raw, before] = [shell.modes(), stillOf(shell.screen())];
      await sleep(shell);
      expect(shell.terminal.isAlternate).toBe(false);
      expect(shell.screen()).not.toContain('Flow');
      await expect.poll(() => shell.modes()).toBe(shell.cooked);
      shell.write('clear\r');
      await shell.waitFor(/^ready>\s*$/);
      shell.write('fg\r');
      await shell.waitFor(isUp);
      expect(shell.modes()).toBe(raw);
      await expect.poll(() => stillOf(shell.screen()), { timeout: 5_000 }).toBe(before);
      await leave(shell);
    });

    it('stops those that started it too, now and in the background', async () => {
      const shell = await openShell(name, `sh -c '${commandOf()}; true'`);
      const [parent = -1] = childrenOf(shell.pid);
      const job = [parent, ...childrenOf(parent)];
      expect(job).toHaveLength(2);
      await sleep(shell);
      await until(() => job.every(isStopped), 'both to be stopped');
      shell.write('clear\r');
      await shell.waitFor(/^ready>\s*$/);
      shell.write('bg\r');
      await shell.waitFor(/bg[\s\S]*ready>/);
      await until(() => job.every(isStopped), 'all to stop in the background');
      await expect.poll(() => shell.modes()).toBe(shell.cooked);
      shell.write('fg\r');
      await shell.waitFor(isUp);
      expect(shell.terminal.isAlternate).toBe(true);
      await leave(shell);
    });
  });

  it('started in the background takes the terminal as it is at the fg, another size included', async () => {
    const command = commandOf();
    const shell = await openShell('bash', command);
    await until(() => hasPicture(shell.home), 'its first picture to be kept');
    await leave(shell);
    shell.write(`${command} &\r`);
    await until(() => childrenOf(shell.pid).some(isStopped), 'it to stop');
    shell.resize(100, 30);
    shell.write('fg\r');
    const screen = await shell.waitFor(isUp);
    expect(Math.max(...screen.split('\n').map(row => row.length))).toBe(100);
    await leave(shell);
  });

  it('works under npm', async () => {
    const shell = await openShell('bash', `npm exec --offline -c '${commandOf()}'`);
    await sleep(shell);
    await expect.poll(() => shell.modes()).toBe(shell.cooked);
    shell.write('fg\r');
    await shell.waitFor(isUp);
    await leave(shell);
  });

  it('works where user and password are asked for, and is no character of them', async () => {
    const shell = await openShell('bash', commandOf());
    await leave(shell);
    shell.write(`unset HOMETUI_PASSWORD; clear; ${commandOf()}\r`);
    await shell.waitFor(/Password +_/);
    shell.write('rot');
    await shell.waitFor(/Password +•••_/);
    await sleep(shell);
    shell.write('fg\r');
    await shell.waitFor(/Password +•••_/);
    shell.write('inom\r');
    await shell.waitFor(isUp);
    await leave(shell);
  });

  it('works at the question before a switching, which still stands afterwards', async () => {
    const shell = await openShell('bash', commandOf());
    const before = house.heating.commands.length;
    shell.write('b');
    await shell.waitFor(/yes[\s\S]*no/);
    await sleep(shell);
    shell.write('fg\r');
    await shell.waitFor(/yes[\s\S]*no/);
    shell.write('n');
    await shell.waitFor('Burner was left as it is');
    expect(house.heating.commands).toHaveLength(before);
    await leave(shell);
  });

  it('takes what was typed behind it for no key of the console', async () => {
    const shell = await openShell('bash', commandOf());
    const before = house.heating.commands.length;
    shell.write(`${CTRL_Z}p`);
    await shell.waitFor(/Stopped[\s\S]*ready>/);
    shell.write('\u0015fg\r');
    await shell.waitFor(isUp);
    shell.write('?');
    await shell.waitFor('Switch Pump on or off');
    expect(house.heating.commands).toHaveLength(before);
    await leave(shell);
  });

  it('is no key in a text that was pasted', async () => {
    const shell = await openShell('bash', commandOf());
    for (const paste of [`\u001b[200~one${CTRL_Z}two\u001b[201~`, `a text from DOS\r\nwith its end${CTRL_Z}`]) {
      shell.write(paste);
      await shell.waitFor('Pasted text is not taken for keys');
      shell.write('\u001b[A');
      await shell.waitFor(isUp);
    }
    await leave(shell);
  });

  it('what was sent meanwhile is not called live', { timeout: 40_000 }, async () => {
    const shell = await openShell('bash', commandOf());
    await sleep(shell);
    house.cellar.speak({ ...wellCellar, 'cellar/temperature': '17.5' });
    await house.cellar.client.publishAsync('cellar/fan/done', 'on', { qos: 1 });
    house.heating.fallSilent();
    house.cellar.fallSilent();
    await new Promise(resolve => setTimeout(resolve, LONG_SLEEP_MS));
    const start = shell.output().length;
    shell.write('fg\r');
    await shell.waitFor(/17\.5 °C[\s\S]*quit/);
    await shell.waitFor('0 of 4 values heard');
    expect(shell.output().subarray(start).toString()).not.toMatch(/ are live|● live|●[^\n]* on /);
    house.heating.speak(wellHeating);
    house.cellar.speak(wellCellar);
    await shell.waitFor(ALL_WELL);
    await leave(shell);
  });

  it.each([
    ['the program that the terminal was opened for', 'exec COMMAND'],
    ['what such a shell runs', 'COMMAND; true'],
    ['what has Ctrl-Z switched off', 'trap "" TSTP; COMMAND; true'],
  ])('does not stop %s, and says so', async (_, script) => {
    const args = ['-c', script.replace('COMMAND', commandOf())];
    // Only the last of them is in a shell, which would wait for what never stops.
    const inShell = script.startsWith('trap');
    const program = inShell
      ? await openShell('bash', `sh -c '${args[1]}'`)
      : await open('sh', args).then(async opened => {
          await opened.waitFor(isUp);
          return opened;
        });
    const [raw, written] = [program.modes(), program.output().length];
    program.write(CTRL_Z);
    await program.waitFor(NO_SHELL);
    expect(program.modes()).toBe(raw);
    expect(program.output().subarray(written).includes('\u001b[?1049l')).toBe(false);
    program.write('?');
    await program.waitFor('Switch Pump on or off');
    program.write('q');
    if (inShell) await program.waitFor(/ready>\s*$/);
    else expect(await program.exit).toMatchObject({ code: 0 });
  });

  it('says at the login too that there is no shell', async () => {
    const program = await open('sh', ['-c', `unset HOMETUI_PASSWORD; exec ${commandOf()}`]);
    await program.waitFor(/Password +_/);
    program.write(`rot${CTRL_Z}`);
    await program.waitFor(NO_SHELL);
    await program.waitFor(/Password +•••_/);
  });

  describe.runIf(hasSsh)('over a real ssh', () => {
    let sshd: Sshd;
    beforeAll(async () => {
      sshd = await startSshd();
    });
    afterAll(() => sshd?.close());

    const settings = (): string => `HOMETUI_PASSWORD=${articlePasswords.monitor} HOME=${sshd.folder}`;

    it('says that there is no shell where ssh was told to start it', async () => {
      const client = await open('ssh', [...sshd.clientArgs, `${settings()} ${commandOf()}`]);
      await client.waitFor(isUp);
      client.write(CTRL_Z);
      await client.waitFor(NO_SHELL);
      client.write('q');
      expect((await client.exit).code).toBe(0);
    });

    it('goes back to the shell that was logged in to', async () => {
      const shell = `${settings()} PS1='ready> ' HISTFILE=/dev/null bash --norc --noprofile -i`;
      const client = await open('ssh', [...sshd.clientArgs, shell]);
      await client.waitFor('ready>');
      client.write(`${commandOf()}\r`);
      await client.waitFor(isUp);
      await sleep(client);
      client.write('clear; stty -a\r');
      await client.waitFor(/ icanon[\s\S]* echo /);
      client.write('fg\r');
      await client.waitFor(isUp);
      await leave(client);
    });
  });
});
