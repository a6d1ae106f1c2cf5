import type { AlarmDesk } from '../app/alarms/desk.ts';
import type { ReadPast } from '../app/history/past-reader.ts';
import type { ReadHappened } from '../app/visits/event-reader.ts';
import type { HomeEvent } from '../core/home/state/event.ts';
import type { HomeState } from '../core/home/state/state.ts';
import type { Clock } from '../io/clock.ts';
import type { KeyListener } from '../terminal/input/key-event.ts';
import type { FrameWriter } from '../terminal/output/frame-writer.ts';
import type { Readable } from '../ui/state/pace.ts';
import type { TerminalLook } from '../ui/text/house-view.ts';
import type { Theme } from '../ui/theme/theme.ts';
import type { ExplorerDoor } from './explorer/explorer-mode.ts';
import type { ReplayOptions } from './replay-mode.ts';
import type { RightsDesk } from './rights/give-right.ts';

/** Everything the console needs of the world. Whoever starts it opens and closes the terminal; it only draws and decides. */
export interface ConsoleOptions {
  /** The house: app/store. */
  readonly store: Readable<HomeState> & { readonly dispatch: (event: HomeEvent) => void };
  /** The clock of the house's events. */
  readonly clock: Pick<Clock, 'now' | 'wallNow' | 'after'>;
  /** The time of day of an event's `at`, both ms since 1970: they differ after the machine's clock was set back. */
  readonly timeOfDay?: (at: number) => number;
  /** Takes whole frames. The console closes it when it ends, so that Ink's last words reach no terminal. */
  readonly writer: Pick<FrameWriter, 'stream' | 'write' | 'repaint' | 'send' | 'flush' | 'close'>;
  /** Keys as terminal/input decodes them. Those that came before the console was ready are best kept and told at once. */
  readonly keys: { readonly subscribe: (listener: KeyListener) => () => void };
  /** What the terminal can show, and when that changed because its answers came. */
  readonly look: Readable<TerminalLook>;
  /** The name of a built-in theme, or a theme that was read from a file with `parseTheme`. */
  readonly theme: string | Theme;
  /** A password must be asked for before anything else. */
  readonly needsPassword: boolean;
  /** User and password were typed: log in with them. */
  readonly onLogIn: (password: string, user: string) => void;
  /** Reads the past of a chart, beside whoever records; `null` where there is no history. */
  readonly readPast?: ReadPast | null;
  /** Reads who rang and what else happened; `null` where there is no history. */
  readonly readHappened?: ReadHappened | null;
  /** What was recorded of the house; `null` where there is no place for that. */
  readonly replay?: ReplayOptions | null;
  /** What opens the topic explorer; absent where there is no broker to listen to. */
  readonly explorer?: ExplorerDoor;
  /** Whether an alarm that comes rings the terminal's bell; not where it is absent. */
  readonly hasBell?: boolean;
  /** How rights are given; absent where no file is there to be changed. */
  readonly rights?: RightsDesk;
  /** What a person does to alarms goes there; absent where nobody judges them. */
  readonly alarms?: Pick<AlarmDesk, 'act'>;
  /** Whether several houses are saved, of which another one can be chosen; not where it is absent. */
  readonly hasHouses?: boolean;
  /** A theme was chosen and is to be kept in the settings. */
  readonly onKeepTheme: (name: string) => void;
  /** Ids of the items that are marked from the start. */
  readonly favourites?: readonly string[];
  /** Others are marked now and are to be kept in the settings; absent where they are not. */
  readonly onKeepFavourites?: (ids: readonly string[]) => void;
  /** Gives the terminal back and stops until the shell wakes us; where no shell would, calls back with that in words. */
  readonly onSuspend: (refuse: (why: string) => void) => void;
}

/** How a console ended: with an exit code, or to choose another house. */
export type ConsoleEnd = number | 'change-house';
