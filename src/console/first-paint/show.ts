import type { FirstPaint } from '../../app/world.ts';
import { type Clock, systemClock } from '../../io/clock.ts';
import { firstPaintFile, type KeptFirstPaint, readFirstPaint } from '../../io/files/first-paint-file.ts';
import { isTerminal, writeNow } from '../../terminal/device/tty.ts';
import { setRawMode } from '../../terminal/device/tty-input.ts';
import { setNonBlocking, sizeOf, type TerminalSize } from '../../terminal/device/tty-output.ts';

/** The signals that would end or stop the program with our picture on the terminal. */
const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP'] as const;

/** A line that does not take the picture at once is slow, and the picture is painted when all else is there, ms. */
const PATIENCE_MS = 20;

/** As long as the terminal's answers are waited for, ms: what comes later is typing to the shell. */
const ANSWER_LIMIT_MS = 300;

/**
 * Shows at once what the same start looked like before, values not known: the house with its labels. The first real
 * frame corrects it where it is not right any more. `null` where there is no terminal, or no place to keep pictures.
 */
export function showFirstPaint(process: NodeJS.Process, clock: Clock = systemClock()): FirstPaint | null {
  if (!isTerminal(0) || !isTerminal(1)) return null;
  const { stdout, argv, env } = process;
  const size = sizeOf(stdout);
  const file = firstPaintFile({ argv: argv.slice(2), env, cwd: process.cwd(), program: argv[1] ?? '', ...size });
  if (file === null) return null;
  const picture = readFirstPaint(file);
  return { file, size, ...(picture === null ? NONE : show(picture, size, process, clock)) };
}

type Shown = Pick<FirstPaint, 'take' | 'giveBack'>;

const NONE: Shown = { take: () => null, giveBack: async () => {} };

function show(picture: KeptFirstPaint, size: TerminalSize, process: NodeJS.Process, clock: Clock): Shown {
  const { stdin, stdout } = process;
  let state: 'shown' | 'cut' | 'taken' | 'left' = 'cut';
  const leave = (): void => {
    if (state === 'taken' || state === 'left') return;
    state = 'left';
    writeNow(stdout.fd, picture.closing);
    setRawMode(stdin, false);
  };
  const release = (): void => {
    process.off('exit', leave);
    process.off('SIGCONT', leave);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    leave();
    release();
    process.kill(process.pid, signal === 'SIGTSTP' ? 'SIGSTOP' : signal);
  };
  // From here on there is something to give back.
  process.once('exit', leave);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  // Who woke us may have used the terminal. A signal that comes while the program is being loaded is told after that, to
  // who listens then, but only where somebody has listened all the time.
  process.on('SIGCONT', leave);
  // Before the question to the terminal: in the other mode its answers would be echoed.
  setRawMode(stdin, true);
  if (!stdin.isRaw) {
    // In the background, where nobody is left who could bring it to the foreground, or at a line that was dropped.
    release();
    return NONE;
  }
  setNonBlocking(stdout);
  if (writeNow(stdout.fd, picture.opening + picture.painted, PATIENCE_MS)) state = 'shown';
  return {
    take: (opening, { columns, rows }) => {
      release();
      // The same opening again takes a terminal that has a part of it, and clears it.
      if (opening !== picture.opening) leave();
      if (state === 'left') return null;
      const isWhole = state === 'shown' && columns === size.columns && rows === size.rows;
      state = 'taken';
      return isWhole ? picture : null;
    },
    giveBack: async () => {
      if (state === 'shown') await answersFrom(stdin, clock);
      leave();
      release();
    },
  };
}

/** Resolves when the terminal has answered the last question, which is for its primary Device Attributes. */
function answersFrom(stdin: NodeJS.ReadStream, clock: Clock): Promise<void> {
  return new Promise(resolve => {
    let heard = '';
    const finish = (): void => {
      limit.cancel();
      stdin.off('data', read);
      stdin.pause();
      resolve();
    };
    const read = (chunk: Buffer): void => {
      heard += chunk.toString('latin1');
      if (/\u001b\[\?[\d;]*c/.test(heard)) finish();
    };
    const limit = clock.after(ANSWER_LIMIT_MS, finish);
    stdin.on('data', read);
    stdin.resume();
  });
}
