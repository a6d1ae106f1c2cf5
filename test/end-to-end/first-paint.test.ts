import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { KeptFirstPaint } from '../../src/io/files/first-paint-file.ts';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { articlePasswords } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { isStopped, until, untilIdle } from '../helpers/lifecycle/processes.ts';
import { PROGRAM } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { type PtyExit, type PtyOptions, type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';

const mosquitto = requireProgram('mosquitto');
const VALUE = '54.3 °C';

const commandOf = (pid: number): string =>
  readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, 2).join(' ');

describe.runIf(mosquitto !== null)('the picture of an earlier start', () => {
  const house = useArticleHouse();
  const keep = closeAfterEach();
  let home = '';
  let passwordFile = '';
  let first = '';

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'hometui-early-'));
    passwordFile = join(home, 'password');
    givePassword();
    await showOnce();
    [first = ''] = pictures();
  });
  afterEach(givePassword);
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  function givePassword(): void {
    writeFileSync(passwordFile, articlePasswords.monitor ?? '', { mode: 0o600 });
  }

  async function start(options: PtyOptions = {}): Promise<PtyProgram> {
    const args = [PROGRAM, '-L', house.broker.url, '-u', 'monitor', '--password-file', passwordFile];
    return keep(await startInPty(process.execPath, { ...options, args, env: { HOME: home, ...options.env } }));
  }

  /** A start that leaves a picture for the next one. */
  async function showOnce(options: PtyOptions = {}): Promise<string> {
    const before = pictures();
    const program = await start(options);
    const screen = await program.waitFor(VALUE);
    await until(() => pictures().length > before.length, 'the picture to be kept');
    program.write('q');
    expect((await program.exit).code).toBe(0);
    return screen;
  }

  function pictures(): readonly string[] {
    const folder = join(home, '.cache', 'hometui');
    mkdirSync(folder, { recursive: true });
    const names = readdirSync(folder).filter(name => name.startsWith('picture-') && !name.endsWith('.tmp'));
    return names.map(name => join(folder, name));
  }

  /** The one of a plain start: starts of another kind that take long leave theirs beside it. */
  function thePicture(): { readonly path: string; readonly picture: KeptFirstPaint } {
    return { path: first, picture: JSON.parse(readFileSync(first, 'utf8')) as KeptFirstPaint };
  }

  async function withPicture(
    change: (picture: KeptFirstPaint) => KeptFirstPaint,
    test: () => Promise<void>,
  ): Promise<void> {
    const { path, picture } = thePicture();
    try {
      writeFileSync(path, JSON.stringify(change(picture)));
      await test();
    } finally {
      writeFileSync(path, JSON.stringify(picture));
    }
  }

  /** The tty puts a carriage return before each line feed, also where there is one. */
  const sentBy = (program: PtyProgram): string => program.output().toString().replaceAll('\r\r\n', '\r\n');

  async function expectGivenBack({ terminal, exit }: PtyProgram): Promise<PtyExit> {
    const end = await exit;
    expect(end.modesAfter).toBe(end.modesBefore);
    expect(end.modesBefore).not.toBe('');
    expect(terminal.isAlternate).toBe(false);
    expect(terminal.modes).toMatchObject({ bracketedPasteMode: false, wraparoundMode: true });
    return end;
  }

  it('is sent before anything else, and then what differs from it', async () => {
    const { picture } = thePicture();
    expect(picture.frame).toContain('Flow');
    expect(picture.frame).not.toMatch(/\d\d:\d\d/);
    const program = await start();
    const screen = await program.waitFor(VALUE);
    const sent = sentBy(program);
    expect(sent.startsWith(picture.opening + picture.painted)).toBe(true);
    // Nothing of what opens or clears a screen a second time.
    expect(sent.slice((picture.opening + picture.painted).length)).not.toMatch(/\u001b\[\?1049h|\u001b\[J/);
    for (const label of ['Heating', 'Return', 'Spread', 'p Pump', 'Cellar', 'Dew point', 'monitor@127.0.0.1']) {
      expect(screen).toContain(label);
    }
    program.write('\f');
    const painted = program.output().length;
    await program.waitFor(() => program.output().length > painted + 1_000);
    program.write('q');
    expect(await expectGivenBack(program)).toMatchObject({ code: 0 });
    expect(program.screen().trim()).toBe('');
  });

  it.each([
    ['of another size', { columns: 100 }],
    ['with another character set', { env: { LC_ALL: 'de_DE.ISO-8859-1' } }],
    ['with other settings', { env: { HOMETUI_THEME: 'light' } }],
  ] as [string, PtyOptions][])('is not sent to a start %s', async (_, options) => {
    const { picture } = thePicture();
    const program = await start(options);
    await program.waitFor(/54\.3/);
    expect(sentBy(program)).not.toContain(picture.painted);
    program.write('q');
    expect(await expectGivenBack(program)).toMatchObject({ code: 0 });
  });

  it('is corrected where it is not right', async () => {
    const wrong = (text: string): string => text.replaceAll('Return', 'Detour');
    await withPicture(
      picture => ({ ...picture, frame: wrong(picture.frame), painted: wrong(picture.painted) }),
      async () => {
        const program = await start();
        await program.waitFor('Detour');
        const screen = await program.waitFor(VALUE);
        expect(screen).toContain('Return');
        expect(screen).not.toContain('Detour');
      },
    );
  });

  it('is taken back where the terminal has to be opened in another way', async () => {
    await withPicture(
      picture => ({ ...picture, opening: `\u001b[?1049h${picture.opening}` }),
      async () => {
        const { picture } = thePicture();
        const program = await start();
        await program.waitFor(VALUE);
        expect(sentBy(program).split(picture.closing)).toHaveLength(2);
        program.write('q');
        expect(await expectGivenBack(program)).toMatchObject({ code: 0 });
      },
    );
  });

  it.each(['xterm', 'mute'] as const)('leaves the screen to what a start that fails has to say: %s', async persona => {
    await withPicture(
      picture => picture,
      async () => {
        rmSync(passwordFile);
        const program = await start({ persona, env: { TERM: 'xterm-256color' } });
        expect(await expectGivenBack(program)).toMatchObject({ code: 66 });
        expect(sentBy(program)).toContain(thePicture().picture.painted);
        const screen = program.screen().trim();
        expect(screen).toMatch(/^hometui: the password file .* cannot be read/);
        // What the terminal answered was not typed to the shell.
        expect(screen).not.toMatch(/\[\?|;0c/);
      },
    );
  });

  it.each(['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const)(
    '%s right after it: the terminal is as it was',
    async signal => {
      const program = await start();
      await program.waitFor('Return');
      program.kill(signal);
      const codes = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 };
      expect(await expectGivenBack(program)).toMatchObject({ code: codes[signal] });
    },
  );

  it.each([
    ['a start like it', {}],
    ['a start of another size, which has none', { columns: 90 }],
  ] as [string, PtyOptions][])('leaves the shell its screen where the line is full: %s', async (_, options) => {
    const mine = [PROGRAM, '-L', house.broker.url, '-u', 'monitor', '--password-file', passwordFile];
    // Once the far end reads no more, this is stopped by the line, and what comes then is the first to be kept out.
    const fill =
      'while [ ! -e "$HOME/full" ]; do sleep .02; done; tr "\\0" y </dev/zero & sleep .7; kill $!; wait; exec "$@"';
    const args = ['-c', fill, 'sh', process.execPath, ...mine];
    const program = await startInPty('sh', { ...options, args, env: { HOME: home } });
    keep(program);
    program.stall();
    writeFileSync(join(home, 'full'), '');
    await until(() => commandOf(program.pid).includes(PROGRAM), 'the line to be full and the console to be started');
    await untilIdle(program.pid);
    program.flow();
    await program.waitFor(VALUE);
    expect(program.terminal.isAlternate).toBe(true);
    expect(program.terminal.modes).toMatchObject({ wraparoundMode: false, bracketedPasteMode: true });
    program.write('q');
    expect(await expectGivenBack(program)).toMatchObject({ code: 0 });
    expect(program.screen()).toMatch(/^y{80}/);
    rmSync(join(home, 'full'));
  });

  it('is not sent by a start that nobody could bring to the foreground', async () => {
    const mine = [process.execPath, PROGRAM, '-L', house.broker.url, '-u', 'monitor', '--password-file', passwordFile];
    const script =
      '(set -m; ("$@" </dev/tty 2>"$HOME/said"; echo $? >"$HOME/code") &); until [ -s "$HOME/code" ]; do sleep .05; done';
    const program = await startInPty('bash', { args: ['-c', script, 'bash', ...mine], env: { HOME: home } });
    keep(program);
    await expectGivenBack(program);
    expect(readFileSync(join(home, 'said'), 'utf8')).toBe('');
    expect(readFileSync(join(home, 'code'), 'utf8').trim()).toBe('129');
  });

  it('is painted anew after a stop that nobody can hear of, and keys are heard', async () => {
    const program = await start();
    await program.waitFor('Return');
    program.kill('SIGSTOP');
    await until(() => isStopped(program.pid), 'it to stop');
    const others = 'stty sane; echo; echo rubbish of another';
    execFileSync('sh', ['-c', `exec <"$0" >"$0"; ${others}`, readlinkSync(`/proc/${program.pid}/fd/0`)]);
    await program.waitFor('rubbish');
    program.kill('SIGCONT');
    await program.waitFor(screen => screen.includes(VALUE) && !screen.includes('rubbish'));
    program.write('q');
    expect(await expectGivenBack(program)).toMatchObject({ code: 0 });
  });

  it('is painted anew after a sleep that began right after it', async () => {
    const program = await start();
    await program.waitFor('Return');
    program.kill('SIGTSTP');
    await until(() => isStopped(program.pid), 'it to stop');
    await expect.poll(() => program.terminal.isAlternate).toBe(false);
    expect(program.modes()).toMatch(/ icanon .* echo /s);
    program.kill('SIGCONT');
    await program.waitFor(VALUE);
    program.write('q');
    expect(await expectGivenBack(program)).toMatchObject({ code: 0 });
  });
});
