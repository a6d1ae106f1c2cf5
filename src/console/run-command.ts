import { assertNever } from '../core/assert-never.ts';
import type { PastAnswer } from '../core/history/query/past-page.ts';
import type { AppAction } from '../ui/reducers/app-reducer.ts';
import type { AppCommand } from '../ui/state/app-state.ts';
import type { ConsoleEnd, ConsoleOptions } from './console-options.ts';
import type { ExplorerMode } from './explorer/explorer-mode.ts';
import type { ReplayMode } from './replay-mode.ts';
import { giveRight } from './rights/give-right.ts';
import type { LoadedScreens } from './screens/loaded-screens.ts';

/** What a command can bring about in the console itself. */
export interface Answers {
  readonly leave: (end: ConsoleEnd) => void;
  readonly tell: (text: string) => void;
  readonly dispatch: (action: AppAction) => void;
  readonly answer: (past: PastAnswer) => void;
  readonly mode: ReplayMode;
  readonly explorer: ExplorerMode;
  readonly screens: LoadedScreens;
}

/** Does what the console wants done outside of it. */
export function runCommand(command: AppCommand, options: ConsoleOptions, answers: Answers): void {
  const { leave, tell, answer, mode, explorer } = answers;
  switch (command.type) {
    case 'request-switch': {
      const { switchId, target } = command;
      explorer.whenQuiet(() =>
        options.store.dispatch({ type: 'switch-requested', at: options.clock.now(), switchId, target }),
      );
      break;
    }
    case 'plan-right':
    case 'try-right':
    case 'stop-trying':
    case 'allow-right':
      void giveRight(command, options.rights, answers.dispatch);
      break;
    case 'log-in':
      options.onLogIn(command.password, command.user);
      break;
    case 'keep-theme':
      options.onKeepTheme(command.theme);
      break;
    case 'keep-favourites':
      options.onKeepFavourites?.(command.favourites);
      break;
    case 'read-past':
      void options.readPast?.(command.question, answer).then(past => past !== null && answer(past));
      break;
    case 'replay':
      mode.ask(command.ask);
      break;
    case 'replay-to':
      mode.goTo(command.at);
      break;
    case 'change-house':
      leave('change-house');
      break;
    case 'explore':
    case 'explore-answer':
    case 'explore-key':
    case 'screen':
    case 'screen-key':
      tellScreen(command, answers);
      break;
    case 'repaint':
      options.writer.repaint();
      break;
    case 'suspend':
      options.onSuspend(tell);
      break;
    case 'leave':
      leave(command.code);
      break;
    default:
      assertNever(command);
  }
}

type ScreenCommand = Extract<AppCommand, { type: `explore${string}` | `screen${string}` }>;

/** Keys for the screens that keep for themselves what is chosen on them. */
function tellScreen(command: ScreenCommand, { explorer, screens }: Answers): void {
  switch (command.type) {
    case 'explore':
      explorer.ask(command.ask);
      break;
    case 'explore-answer':
      explorer.answer(command.isYes);
      break;
    case 'explore-key':
      explorer.type(command.key);
      break;
    case 'screen':
      screens.ask(command.ask);
      break;
    case 'screen-key':
      screens.type(command.key);
      break;
    default:
      assertNever(command);
  }
}
