import { assertNever } from '../core/assert-never.ts';
import type { PastAnswer } from '../core/history/query/past-page.ts';
import type { AllowDialog, AppCommand } from '../ui/state/app-state.ts';
import type { ConsoleEnd, ConsoleOptions, RightsDesk } from './console-options.ts';
import type { ExplorerMode } from './explorer/explorer-mode.ts';
import type { ReplayMode } from './replay-mode.ts';

/** What a command can bring about in the console itself. */
export interface Answers {
  readonly leave: (end: ConsoleEnd) => void;
  readonly tell: (text: string) => void;
  readonly ask: (dialog: AllowDialog) => void;
  readonly answer: (past: PastAnswer) => void;
  readonly mode: ReplayMode;
  readonly explorer: ExplorerMode;
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
    case 'allow-right':
      void giveRight(command, options.rights, answers);
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
      explorer.ask(command.ask);
      break;
    case 'explore-key':
      explorer.type(command.key);
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

async function giveRight(
  { type, request }: AppCommand & { type: 'plan-right' | 'allow-right' },
  rights: RightsDesk | undefined,
  { tell, ask }: Answers,
): Promise<void> {
  if (rights === undefined) return tell('There is no ACL file here that could be changed');
  if (type === 'plan-right') {
    const plan = await rights.plan(request);
    return plan.ok ? ask({ request, diff: plan.value }) : tell(plan.error);
  }
  const done = await rights.carryOut(request);
  tell(done.ok ? done.value : done.error);
}
