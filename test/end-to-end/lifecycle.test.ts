import { afterAll, describe, expect, it } from 'vitest';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { articlePasswords, startArticleBroker } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { openFarEnd } from '../helpers/lifecycle/far-end.ts';
import { makePoisonedConsole, type Poison } from '../helpers/lifecycle/poisoned.ts';
import { isRunning, processesOfSession, sessionOf, until } from '../helpers/lifecycle/processes.ts';
import { PROGRAM } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { type PtyExit, type PtyOptions, type PtyProgram, startInPty } from '../helpers/terminal/pty.ts';

const mosquitto = requireProgram('mosquitto');
const keep = closeAfterEach();

/** A console in a terminal, and the session of processes that must be gone with it. */
interface Life {
  readonly program: PtyProgram;
  readonly session: number;
}

async function live(command: readonly string[], options: PtyOptions = {}): Promise<Life> {
  const [file = '', ...args] = command;
  const program = keep(await startInPty(file, { ...options, args }));
  return { program, session: sessionOf(program.pid) };
}

/** Holds that nothing is left of a console but its code: no mode of the tty, none of the terminal, and no process. */
async function expectNothingLeft({ program, session }: Life, code: number): Promise<PtyExit> {
  const exit = await program.exit;
  expect(exit).toMatchObject({ code, modesAfter: exit.modesBefore });
  expect(exit.modesBefore).not.toBe('');
  expectGivenBack(program);
  await until(() => processesOfSession(session).length === 0, 'the last process of the terminal to end');
  return exit;
}

function expectGivenBack({ terminal, output }: Pick<PtyProgram, 'terminal' | 'output'>): void {
  expect(terminal.isAlternate).toBe(false);
  expect(terminal.modes).toMatchObject({
    bracketedPasteMode: false,
    wraparoundMode: true,
    applicationCursorKeysMode: false,
    applicationKeypadMode: false,
    mouseTrackingMode: 'none',
  });
  expect(lastOf(output().toString('latin1'), '\u001b[?25h', '\u001b[?25l')).toBe('\u001b[?25h');
}

function lastOf(text: string, ...parts: readonly string[]): string | undefined {
  return [...parts].sort((a, b) => text.lastIndexOf(b) - text.lastIndexOf(a))[0];
}

const BEARS_XFSZ = 'data:text/javascript,process.on("SIGXFSZ", () => {})';

describe.runIf(mosquitto !== null)('the ways to die', () => {
  const house = useArticleHouse();
  const command = (...more: string[]): string[] => [
    process.execPath,
    PROGRAM,
    '-L',
    house.broker.url,
    '-u',
    'monitor',
    ...more,
  ];
  const env = { HOMETUI_PASSWORD: articlePasswords.monitor ?? '' };

  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGQUIT', 131],
    ['SIGTERM', 143],
  ] as const)('%s: the terminal is as it was, the broker is told goodbye, the code is %i', async (signal, code) => {
    const life = await live(command('-i', `goes-by-${signal}`), { env });
    await life.program.waitFor('54.3 °C');
    life.program.kill(signal);
    await expectNothingLeft(life, code);
    expect(life.program.screen().trim()).toBe('');
    await house.broker.waitForLog(new RegExp(`Client goes-by-${signal} disconnected\\.`));
  });

  it.each([
    ['q', 0],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('with the mouse, by %s: it reports nothing any more', async (way, code) => {
    const life = await live(command('--mouse'), { env });
    await life.program.waitFor('54.3 °C');
    expect(life.program.terminal.modes.mouseTrackingMode).toBe('vt200');
    if (way === 'q') life.program.write('q');
    else life.program.kill(way);
    await expectNothingLeft(life, code);
    const output = life.program.output().toString('latin1');
    expect(lastOf(output, '\u001b[?1006l', '\u001b[?1006h')).toBe('\u001b[?1006l');
  });

  it('does not ask for the mouse unless it is told to', async () => {
    const life = await live(command(), { env });
    await life.program.waitFor('54.3 °C');
    life.program.write('q');
    await expectNothingLeft(life, 0);
    expect(life.program.output().toString('latin1')).not.toMatch(/\u001b\[\?100[0236]h/);
  });

  it('the same signal twice, as a login shell passes a hang-up on: the terminal is as it was', async () => {
    const life = await live(command(), { env });
    await life.program.waitFor('54.3 °C');
    life.program.kill('SIGHUP');
    life.program.kill('SIGHUP');
    await expectNothingLeft(life, 129);
  });

  it.each([0, 10, 40, 80, 150, 250])('a signal %i ms after the start leaves nothing either', async delayMs => {
    const life = await live(command(), { env });
    // Wherever the start may stand by then.
    await new Promise(resolve => setTimeout(resolve, delayMs));
    life.program.kill('SIGTERM');
    await expectNothingLeft(life, 143);
  });

  it.each(['dies', 'stays'] as const)(
    'the far end is cut off, as when the child of sshd is killed, and the shell %s: it ends as hung up',
    async leader => {
      const farEnd = keep(await openFarEnd(command('-i', `cut-off-${leader}`), { env, leader }));
      const session = sessionOf(farEnd.pid);
      await farEnd.waitFor(/54\.3 °C/);
      farEnd.cut();
      await until(() => processesOfSession(session).length === 0, 'the last process of the terminal to end');
      expect(farEnd.code()).toBe(129);
      await house.broker.waitForLog(new RegExp(`Client cut-off-${leader} disconnected\\.`));
    },
  );

  it.each([
    ['input', 'exec "$@" <"$DEVICE"'],
    ['output', 'exec "$@" >"$DEVICE"'],
  ] as const)(
    'its standard %s, in another terminal, is gone: it ends as hung up and gives back what is left',
    async (name, shell) => {
      const other = keep(await openFarEnd(['/bin/sh', '-c', 'echo here; exec sleep 1000']));
      await other.waitFor(/here/);
      const life = await live(['/bin/sh', '-c', shell, 'sh', ...command('-i', `lost-its-${name}`)], {
        env: { ...env, DEVICE: other.device },
      });
      await (name === 'input' ? life.program.waitFor('54.3 °C') : other.waitFor(/54\.3 °C/));
      other.cut();
      const exit = await life.program.exit;
      expect(exit).toMatchObject({ code: 129, modesAfter: exit.modesBefore });
      if (name === 'input') expectGivenBack(life.program);
      await until(() => processesOfSession(life.session).length === 0, 'the last process of the terminal to end');
      await house.broker.waitForLog(new RegExp(`Client lost-its-${name} disconnected\\.`));
    },
  );

  it.each(['<&-', '>&-', '</dev/null', '>/dev/null'])(
    'started with %s it says that it needs a terminal',
    async redirection => {
      const life = await live(['/bin/sh', '-c', `exec "$@" ${redirection}`, 'sh', ...command()], { env });
      await expectNothingLeft({ ...life, session: life.session }, 64);
      expect(life.program.screen()).toContain('the console needs a terminal');
    },
  );

  it('the broker is killed: the console says so, stays, and leaves as ever', async () => {
    const own = keep(await startArticleBroker());
    const life = await live([process.execPath, PROGRAM, '-L', own.url, '-u', 'monitor'], { env });
    await life.program.waitFor('connected');
    await own.stop('SIGKILL');
    await life.program.waitFor(/lost|refused|cannot be reached|not reach/i);
    expect(isRunning(life.program.pid)).toBe(true);
    life.program.write('q');
    await expectNothingLeft(life, 0);
  });

  it('the broker is frozen: leaving does not wait for it', async () => {
    const own = keep(await startArticleBroker());
    const life = await live([process.execPath, PROGRAM, '-L', own.url, '-u', 'monitor'], { env });
    await life.program.waitFor('connected');
    process.kill(own.pid(), 'SIGSTOP');
    life.program.kill('SIGTERM');
    await expectNothingLeft(life, 143);
  });

  it.each([
    // As on a full disk each write fails; Node.js 20 would be ended by the signal that comes with it.
    ['no room for any file', `ulimit -f 0; exec "$0" --import '${BEARS_XFSZ}' "$@"`, {}],
    ['a file in place of the settings folder', 'exec "$0" "$@"', { XDG_CONFIG_HOME: '/dev/null' }],
    ['no HOME', 'unset HOME; exec "$0" "$@"', {}],
  ] as const)('%s for the settings: the console says so and goes on', async (_, shell, more) => {
    const life = await live(['/bin/sh', '-c', shell, ...command()], {
      env: { ...env, ...more },
      columns: 120,
      rows: 40,
    });
    await life.program.waitFor('54.3 °C');
    life.program.write('t');
    await life.program.waitFor('high-contrast');
    life.program.write('\u001b[B\r');
    await life.program.waitFor(/settings cannot be saved|no place for settings/);
    await life.program.waitFor(screen => screen.includes('54.3 °C') && !screen.includes('high-contrast'));
    life.program.write('q');
    await expectNothingLeft(life, 0);
  });
});

describe('a fault of its own', () => {
  const poisoned = makePoisonedConsole();
  afterAll(() => poisoned.close());

  it.each([
    ['component', 'a component that was poisoned'],
    ['rejection', 'a promise nobody kept'],
    ['exception', 'nobody caught this'],
    ['exception-each-turn', 'again and again'],
  ] as const satisfies readonly (readonly [Poison, string])[])(
    '%s: gives the terminal back, then says what it was, and exits 70',
    async (poison, said) => {
      const life = await live([process.execPath, poisoned.path], { env: { POISON: poison } });
      await life.program.waitFor('Flow');
      await life.program.waitFor('quit');
      life.program.kill('SIGUSR2');
      await expectNothingLeft(life, 70);
      expect(life.program.screen()).toContain('this is a fault in hometui itself');
      expect(life.program.screen()).toContain(said);
      expect(life.program.screen().match(/fault in hometui/g)).toHaveLength(1);
    },
  );
});
