import { ExitCode } from '../app/exit-code.ts';
import { Failure } from '../app/failure.ts';
import type { World } from '../app/world.ts';
import { afterWaitingKeys } from '../io/clock.ts';
import { keepMemorySmall } from '../io/memory.ts';
import { readTtySettings, writeNow } from '../terminal/device/tty.ts';
import { refreshSize, setNonBlocking, sizeOf } from '../terminal/device/tty-output.ts';
import type { Capabilities } from '../terminal/identity/capabilities.ts';
import { judgeTerminal, type LookFlags, lookOf } from '../terminal/identity/judge-terminal.ts';
import { presumeUtf8 } from '../terminal/identity/presumed-charset.ts';
import { probeTerminal } from '../terminal/identity/probe.ts';
import type { ProbeReplies } from '../terminal/identity/probe-replies.ts';
import { parseUtf8Flag } from '../terminal/identity/tty-flags.ts';
import { openTerminalInput, type TerminalInput } from '../terminal/input/input.ts';
import { type FrameWriter, openFrameWriter } from '../terminal/output/frame-writer.ts';
import { openingOf } from '../terminal/output/opening.ts';
import { openScreen } from '../terminal/output/screen.ts';
import type { TerminalLook } from '../ui/text/house-view.ts';
import { openJobControl, type Sleep } from './job-control.ts';
import { openTypeAhead, type TypeAhead } from './type-ahead.ts';

/** The terminal in our hands. */
export interface OpenTerminal {
  readonly writer: FrameWriter;
  /** Keys that come before somebody subscribes are kept and told then. */
  readonly keys: Pick<TypeAhead, 'subscribe' | 'dropTyped' | 'setLook'>;
  readonly capabilities: () => Capabilities;
  /** The first picture of an earlier start is on the terminal. */
  readonly isPainted: boolean;
  /** Changes once, when the terminal has answered. */
  readonly look: { readonly getState: () => TerminalLook; readonly subscribe: (listener: () => void) => () => void };
  /** To be called after the first frame: resolves when the line has taken it, or is a slow one. */
  readonly painted: () => Promise<void>;
  /**
   * Looks closer at the terminal, with a process, once the first frame is out and keys are answered, and adapts to it when
   * it is known; again it does nothing.
   */
  readonly adapt: () => Promise<void>;
  /** Resolves when the terminal is gone: the line was dropped, or its input has ended. */
  readonly gone: Promise<void>;
  /** Gives it to the shell and stops until that wakes us; where no shell would, calls back with that in words. */
  readonly sleep: Sleep['fallAsleep'];
  /** Gives it back as it was, at once. Doing it again does nothing. */
  readonly close: () => void;
}

/** A line that has not taken the first frame by now is a slow one, and is not waited for any longer, ms. */
const PAINT_LIMIT_MS = 50;

/** Nothing waits for the terminal's answers, and a line may be slow: they are good as late as this, ms. */
const ANSWER_LIMIT_MS = 3_000;

/** A stalled line gets so long to take what gives the terminal back, ms: what is lost of it, the person is left with. */
const LAST_PATIENCE_MS = 1_500;

/**
 * Takes the terminal: screen, keyboard and painter, and asks it what it is. Throws a `Failure` (64) where there is none
 * to draw on.
 */
export function openTerminal(world: World, flags: LookFlags): OpenTerminal {
  const { stdin, stdout, clock } = world;
  const capabilities = judgeTerminal(world, flags);
  if (!capabilities.canDrawScreen || stdin.isTTY !== true) throw noTerminal();
  // Before the first paint is taken over: a SIGTSTP that came since it was shown is told when `sleep` listens.
  const releaseStop = world.onSignal('SIGTSTP', () => {});
  // Started in the background it was stopped when it took the keyboard, and was told of nothing until the `fg`.
  refreshSize(stdout);
  const { opening } = openingOf(capabilities, world.env.TERM ?? '');
  const early = world.firstPaint?.take(opening, sizeOf(stdout)) ?? null;
  const keys = openTypeAhead();
  const gone = createEnd();
  setNonBlocking(stdout);
  // What touches the terminal comes last: a fault before it leaves nothing to restore.
  const writer = openFrameWriter({ output: stdout, capabilities, shown: early?.frame ?? null, onGone: gone.tell });
  const input = openTerminalInput({
    ...{ input: stdin, onKey: keys.take, onEnd: gone.tell, clock },
    onMouse: capabilities.hasMouse ? keys.take : undefined,
  });
  // What opens the terminal has been sent with a first paint.
  const direct = createDirectLine(stdout.fd, writer, early === null);
  const sendLast = (text: string): void => void writeNow(stdout.fd, text, LAST_PATIENCE_MS);
  const screen = openScreen({ capabilities, send: direct.send, sendLast, sendBetween: writer.send });
  const known = createKnown(capabilities, [screen, writer]);
  const acquaintance = openAcquaintance(world, flags, { known, input, screen, send: direct.send });
  direct.open();
  const release = (): void => {
    keys.forget();
    input.suspend();
  };
  const sleep = openJobControl(world, { input: { suspend: release, resume: input.resume }, keys, screen, writer });
  releaseStop();
  const releases = [
    sleep.close,
    // Node.js tells of another size only: a terminal that was made smaller and back meanwhile has lost its picture too.
    world.onSignal('SIGWINCH', writer.repaint),
  ];
  return {
    writer,
    keys,
    capabilities: known.capabilities,
    isPainted: early !== null,
    look: known.look,
    painted: () => flushSoon(writer, clock),
    adapt: onceCalm(writer, acquaintance.learn),
    gone: gone.promise,
    sleep: sleep.fallAsleep,
    close: () => {
      for (const release of releases.splice(0)) release();
      input.close();
      writer.close();
      direct.close();
      screen.leave();
      acquaintance.close();
    },
  };
}

async function flushSoon({ flush }: FrameWriter, clock: World['clock']): Promise<void> {
  const limit = new Promise<void>(resolve => clock.after(PAINT_LIMIT_MS, resolve, { isBackground: true }));
  await Promise.race([flush(), limit]);
}

/** The first keys are answered by then, and the most of what is to be loaded is not yet. */
function onceCalm({ flush }: FrameWriter, learn: () => Promise<void>): () => Promise<void> {
  let adapting: Promise<void> | null = null;
  const adapt = async (): Promise<void> => {
    await flush();
    await afterWaitingKeys();
    keepMemorySmall();
    await learn();
  };
  return () => {
    adapting ??= adapt();
    return adapting;
  };
}

/** Comes once; telling it again does nothing. */
function createEnd(): { readonly promise: Promise<void>; readonly tell: () => void } {
  let tell = (): void => {};
  const promise = new Promise<void>(resolve => {
    tell = resolve;
  });
  return { promise, tell };
}

/** The way past the frames, for what must be on the terminal before the first of them. */
interface DirectLine {
  /** Sends at once; on a stalled line between two frames. */
  readonly send: (text: string) => void;
  /** From now on what is sent is not dropped any more. */
  readonly open: () => void;
  /** The frames have ended: all is sent at once again. */
  readonly close: () => void;
}

function createDirectLine(fd: number, writer: FrameWriter, isOpenFromStart: boolean): DirectLine {
  let isOpen = isOpenFromStart;
  let isStalled = false;
  return {
    send: text => {
      if (!isOpen) return;
      isStalled ||= !writeNow(fd, text);
      // Whole, also where a part was taken: it begins with ESC. On the shell's screen a frame must not be painted.
      if (isStalled) writer.send(text);
    },
    open: () => {
      isOpen = true;
    },
    close: () => {
      isStalled = false;
    },
  };
}

/** What is known of the terminal so far. */
interface Known {
  readonly capabilities: () => Capabilities;
  readonly look: OpenTerminal['look'];
  readonly adapt: (next: Capabilities) => void;
}

/** Tells `parts` first when more is known, and then those who draw. */
function createKnown(first: Capabilities, parts: readonly { adapt(next: Capabilities): void }[]): Known {
  let capabilities = first;
  let look = lookOf(first);
  const lookers = new Set<() => void>();
  return {
    capabilities: () => capabilities,
    look: {
      getState: () => look,
      subscribe: listener => {
        lookers.add(listener);
        return () => void lookers.delete(listener);
      },
    },
    adapt: next => {
      if (JSON.stringify(next) === JSON.stringify(capabilities)) return;
      capabilities = next;
      look = lookOf(next);
      for (const part of parts) part.adapt(next);
      for (const listener of [...lookers]) listener();
    },
  };
}

/** What is at hand when the terminal is got to know. */
interface Acquainted {
  readonly known: Known;
  readonly input: TerminalInput;
  readonly screen: { readonly isEntered: boolean };
  readonly send: (text: string) => void;
}

/** Asks before the first frame: the question needs a free line, and the screen is still empty. */
function openAcquaintance(
  world: World,
  flags: LookFlags,
  { known, input, screen, send }: Acquainted,
): { readonly learn: () => Promise<void>; readonly close: () => void } {
  const asked = askInBackground(input, send, world);
  const presumed = presumeUtf8(known.capabilities(), send);
  const adapt = (next: Capabilities): void => {
    if (screen.isEntered) known.adapt(next);
  };
  return {
    learn: async () => {
      const iutf8 = parseUtf8Flag(await readTtySettings());
      // Until the terminal answers, which it may never do, ASCII is right in any character set.
      if (iutf8 === false && !known.capabilities().mayBePutty) adapt(judgeTerminal(world, flags, null, iutf8));
      const next = judgeTerminal(world, flags, await asked, iutf8);
      input.setPutty(next.kind === 'putty');
      presumed.settle(next);
      adapt(next);
    },
    close: presumed.close,
  };
}

function askInBackground(
  { onReply }: TerminalInput,
  send: (text: string) => void,
  world: World,
): Promise<ProbeReplies> {
  const clock = { after: (ms: number, call: () => void) => world.clock.after(ms, call, { isBackground: true }) };
  return probeTerminal({ send, onReply, term: world.env.TERM ?? '', timeoutMs: ANSWER_LIMIT_MS, clock });
}

function noTerminal(): Failure {
  const cure = 'hometui status and hometui watch work without one; hometui terminal says what was found.';
  return new Failure(ExitCode.usage, 'the console needs a terminal that it can draw on, for reading and writing', cure);
}
