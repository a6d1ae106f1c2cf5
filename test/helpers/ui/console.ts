import type { AlarmDesk } from '../../../src/app/alarms/desk.ts';
import type { ReadPast } from '../../../src/app/history/past-reader.ts';
import type { ReadHappened } from '../../../src/app/visits/event-reader.ts';
import type { ConsoleEnd } from '../../../src/console/console-options.ts';
import type { ExplorerDoor } from '../../../src/console/explorer/explorer-mode.ts';
import type { ReplayOptions } from '../../../src/console/replay-mode.ts';
import type { RightsDesk } from '../../../src/console/rights/give-right.ts';
import { runConsole } from '../../../src/console/run-console.ts';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { update } from '../../../src/core/home/update.ts';
import type { Capabilities } from '../../../src/terminal/identity/capabilities.ts';
import { decideCapabilities } from '../../../src/terminal/identity/capabilities.ts';
import type { GlyphSet } from '../../../src/terminal/identity/evidence.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import type { KeyEvent } from '../../../src/terminal/input/key-event.ts';
import { openFrameWriter } from '../../../src/terminal/output/frame-writer.ts';
import type { Theme } from '../../../src/ui/theme/theme.ts';
import { createFakeClock } from '../fake-clock.ts';
import { type Emulator, openEmulator } from '../terminal/emulator.ts';
import { openFakeTty, turns } from '../terminal/fake-tty.ts';
import { keysOf } from './keys.ts';

/** A console as a person has it: real Ink, the real frame writer, and a terminal that remembers its cells. */
export interface TestConsole {
  readonly emulator: Emulator;
  /** The screen as text, each row as wide as the terminal. */
  screen(): Promise<string>;
  /** Presses keys: characters one by one, or a name in angle brackets: `p`, `<enter>`, `<ctrl+c>`. */
  press(keys: string): Promise<void>;
  paste(text: string): Promise<void>;
  dispatch(...events: readonly HomeEvent[]): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** Puts another state in the place of the house's. */
  replace(home: HomeState): Promise<void>;
  home(): HomeState;
  /** Bytes sent to the terminal since the last call. */
  bytes(): number;
  /** What was sent to the terminal since the last call. */
  sent(): string;
  /** Events that the console dispatched by itself. */
  readonly asked: readonly HomeEvent[];
  readonly passwords: readonly string[];
  /** The users that they were typed for. */
  readonly users: readonly string[];
  readonly keptThemes: readonly string[];
  /** Resolves when this is on the screen, which may take something that is loaded first. */
  until(text: string | RegExp): Promise<void>;
  /** Lets so much time go by, ms. */
  wait(ms: number): Promise<void>;
  /** How often it was to go to sleep; in the test there is no shell. */
  readonly suspensions: () => number;
  /** How it ended. */
  readonly ended: Promise<ConsoleEnd>;
}

interface Options {
  readonly home: HomeState;
  readonly columns?: number;
  readonly rows?: number;
  readonly glyphs?: GlyphSet;
  readonly theme?: string | Theme;
  readonly needsPassword?: boolean;
  readonly colors?: Capabilities['colors'];
  /** What gives rights by the ACL file; without it there is none. */
  readonly rights?: RightsDesk;
  /** Opens the topic explorer; without it there is none. */
  readonly explorer?: ExplorerDoor;
  /** Who does what is asked of alarms; without it nobody does. */
  readonly alarms?: Pick<AlarmDesk, 'act'>;
  /** Reads who rang; there is no history of it without it. */
  readonly readHappened?: ReadHappened;
  readonly hasBell?: boolean;
  /** Keys that were pressed before the console was ready. */
  readonly early?: string;
  /** Answers questions about the past; there is no history without it. */
  readonly readPast?: ReadPast;
  /** Whether several houses are saved. */
  readonly hasHouses?: boolean;
  /** The past, and when it begins. */
  readonly replay?: ReplayOptions;
  readonly favourites?: readonly string[];
}

/** A little longer than the pace of the drawing: what the house changed is drawn by then. */
const PACE_MS = 130;

/** More than any part of the program takes to be loaded. */
const MOST_TURNS = 2_000;

/** Starts a console on a house. Leave it with `q`, or `<escape>` at the login. */
export async function openTestConsole(options: Options): Promise<TestConsole> {
  const { columns = 80, rows = 24, glyphs = 'full' } = options;
  const tty = openFakeTty(columns, rows);
  const emulator = openEmulator(columns, rows);
  const capabilities = decideCapabilities({
    env: { TERM: 'xterm-256color', LANG: 'C.UTF-8' },
    isTTY: true,
    columns,
    rows,
    flags: { ascii: false, colors: options.colors ?? 8, glyphs },
    replies: null,
    iutf8: true,
  });
  const clock = createFakeClock();
  let sent = '';
  tty.flow(text => {
    sent += text;
    void emulator.write(text);
  });
  const writer = openFrameWriter({ output: tty, capabilities });
  let home = options.home;
  const listeners = new Set<() => void>();
  const asked: HomeEvent[] = [];
  const passwords: string[] = [];
  const users: string[] = [];
  const keptThemes: string[] = [];
  let suspensions = 0;
  let onKey: (key: KeyEvent) => void = () => {};
  const take = (event: HomeEvent): void => {
    home = update(home, event).state;
    for (const listener of [...listeners]) listener();
  };
  const settle = async (passMs = 0): Promise<void> => {
    clock.advance(passMs);
    await turns(4);
    await writer.flush();
    await emulator.write('');
  };
  const ended = runConsole({
    store: {
      getState: () => home,
      subscribe: listener => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      dispatch: event => {
        asked.push(event);
        take(event);
      },
    },
    clock: { now: () => home.at, wallNow: () => home.at, after: clock.after },
    writer,
    keys: {
      subscribe: listener => {
        onKey = listener.onKey;
        for (const key of keysOf(options.early ?? '')) listener.onKey(key);
        return () => {
          onKey = () => {};
        };
      },
    },
    look: {
      getState: always({ glyphs: glyphsFor({ glyphs }), isUnicode: glyphs !== 'ascii' }),
      subscribe: () => () => {},
    },
    theme: options.theme ?? 'dark',
    needsPassword: options.needsPassword ?? false,
    readPast: options.readPast ?? null,
    readHappened: options.readHappened ?? null,
    hasBell: options.hasBell ?? false,
    hasHouses: options.hasHouses ?? false,
    replay: options.replay ?? null,
    favourites: options.favourites ?? [],
    onLogIn: (password, user) => {
      passwords.push(password);
      users.push(user);
    },
    ...(options.rights === undefined ? {} : { rights: options.rights }),
    ...(options.explorer === undefined ? {} : { explorer: options.explorer }),
    ...(options.alarms === undefined ? {} : { alarms: options.alarms }),
    onKeepTheme: name => keptThemes.push(name),
    onSuspend: refuse => {
      suspensions += 1;
      refuse('No shell here');
    },
  });
  let hasEnded = false;
  const end = (): void => {
    hasEnded = true;
  };
  // The test looks at it when it is ready to.
  ended.then(end, end);
  // What came so far was drawn without Ink, the next frame will be with it.
  const plainFrames = writer.framesReceived;
  clock.advanceToNextTimer();
  while (!hasEnded && writer.framesReceived === plainFrames) await turns(1);
  await settle();
  return {
    emulator,
    screen: async () => {
      await settle();
      const lines = emulator.text().split('\n');
      return `${lines.map(line => line.padEnd(tty.columns)).join('\n')}\n`;
    },
    press: async keys => {
      for (const key of keysOf(keys)) onKey(key);
      await settle();
    },
    paste: async text => {
      onKey({ type: 'paste', text });
      await settle();
    },
    dispatch: async (...events) => {
      for (const event of events) take(event);
      await settle(PACE_MS);
    },
    resize: async (width, height) => {
      emulator.resize(width, height);
      tty.resize(width, height);
      await settle();
    },
    replace: async next => {
      home = next;
      for (const listener of [...listeners]) listener();
      await settle(PACE_MS);
    },
    until: async text => {
      const isThere = (): boolean =>
        typeof text === 'string' ? emulator.text().includes(text) : text.test(emulator.text());
      for (let turn = 0; !isThere(); turn += 1) {
        if (turn > MOST_TURNS) throw new Error(`no ${text} on the screen:\n${emulator.text()}`);
        await settle();
      }
    },
    wait: settle,
    home: () => home,
    bytes: () => {
      const count = Buffer.byteLength(sent);
      sent = '';
      return count;
    },
    sent: () => {
      const text = sent;
      sent = '';
      return text;
    },
    asked,
    passwords,
    users,
    keptThemes,
    suspensions: () => suspensions,
    ended,
  };
}

const always =
  <Value>(value: Value): (() => Value) =>
  () =>
    value;
