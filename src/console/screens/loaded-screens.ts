import type { KeyEvent } from '../../terminal/input/key-event.ts';
import type { ScreenAsk } from '../../ui/keys/intent.ts';
import type { ScreenPane } from '../../ui/picture/frame.ts';
import type { KeyTaker } from '../../ui/state/app-state.ts';
import type { Readable } from '../../ui/state/pace.ts';
import type { HouseView, Lines, Size } from '../../ui/text/house-view.ts';
import type { Line } from '../../ui/text/line.ts';

/** The screens that are loaded when they are first asked for, but for the topics, which have a link of their own. */
export type SideScreen = 'alarms' | 'visitors';

/** One visit to such a screen: what is chosen there, drawn and carried out. */
export interface ScreenDesk {
  readonly ask: (ask: ScreenAsk) => void;
  readonly type: (key: KeyEvent) => void;
  readonly isTyping: () => boolean;
  readonly isDeep: () => boolean;
  readonly lines: (view: HouseView, size: Size) => Lines;
  readonly keys: (view: HouseView, width: number) => Line | null;
  /** The house changed, or time went by. */
  readonly heard: () => void;
}

/** These screens as the console has them. */
export interface LoadedScreens extends ScreenPane, KeyTaker {
  /** Which of them is on the screen from now on; `null` for none. */
  readonly follow: (screen: SideScreen | null) => void;
  readonly ask: (ask: ScreenAsk) => void;
  /** A key for what is being typed. */
  readonly type: (key: KeyEvent) => void;
  /** Says when they are to be drawn anew, besides when the house changed. */
  readonly drawn: Pick<Readable<unknown>, 'subscribe'>;
  readonly close: () => void;
}

/** What they are given of the console. */
export interface LoadedScreensSetup {
  readonly home: Pick<Readable<unknown>, 'subscribe'>;
  /** Loads one, and begins a visit; `redraw` is called when it is to be drawn anew. */
  readonly open: (screen: SideScreen, redraw: () => void) => Promise<ScreenDesk>;
  /** The console cannot go on. */
  readonly fail: (error: unknown) => void;
}

/** Makes them; nothing is loaded before one is first shown. */
export function openLoadedScreens({ home, open, fail }: LoadedScreensSetup): LoadedScreens {
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  let shown: SideScreen | null = null;
  let desk: ScreenDesk | null = null;
  /** What was asked while it was loaded. */
  let waiting: ScreenAsk[] = [];
  const begin = async (screen: SideScreen): Promise<void> => {
    const opened = await open(screen, tell);
    if (shown !== screen || desk !== null) return;
    desk = opened;
    for (const ask of waiting.splice(0)) opened.ask(ask);
    tell();
  };
  const unwatch = home.subscribe(() => desk?.heard());
  return {
    follow: screen => {
      if (screen === shown) return;
      shown = screen;
      desk = null;
      waiting = [];
      if (screen !== null) void begin(screen).catch(fail);
    },
    ask: ask => {
      if (desk === null) waiting.push(ask);
      else desk.ask(ask);
    },
    type: key => desk?.type(key),
    get isTyping() {
      return desk?.isTyping() ?? false;
    },
    get isDeep() {
      return desk?.isDeep() ?? false;
    },
    lines: (view, size) => desk?.lines(view, size) ?? null,
    keys: (view, width) => desk?.keys(view, width) ?? null,
    drawn: {
      subscribe: listener => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    close: () => {
      unwatch();
      shown = null;
      desk = null;
    },
  };
}
