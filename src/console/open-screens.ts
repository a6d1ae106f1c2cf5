import type { ConsoleOptions } from './console-options.ts';
import type { ReplayMode } from './replay-mode.ts';
import { type LoadedScreens, openLoadedScreens } from './screens/loaded-screens.ts';

/** What they tell the console. */
interface Told {
  readonly fail: (error: unknown) => void;
  readonly say: (text: string) => void;
}

/** Alarms and visitors of a console, each loaded with its first key. */
export function openScreens(options: ConsoleOptions, mode: ReplayMode, { fail, say }: Told): LoadedScreens {
  const { writer, clock, readPast = null, readHappened = null, alarms: door = null, timeOfDay = at => at } = options;
  const { home } = mode;
  const replay = () => mode.player()?.status() ?? null;
  return openLoadedScreens({
    home,
    fail,
    open: async (screen, redraw) => {
      if (screen === 'visitors') {
        const { openVisitorDesk } = await import('./screens/visitor-desk.ts');
        return openVisitorDesk({ home, replay, clock, timeOfDay, readHappened, redraw });
      }
      const { openAlarmsScreen } = await import('./screens/alarm-desk.ts');
      return openAlarmsScreen({ home, replay, writer, readPast, door, say, redraw });
    },
  });
}
