import { ExitCode } from '../../../app/exit-code.ts';
import { Failure } from '../../../app/failure.ts';
import { cleanText } from '../../../core/clean-text.ts';
import { nearestWord } from '../../../core/nearest-word.ts';
import { commandEntries, isCommand } from '../../args/commands.ts';
import type { Arguments } from '../../args/parse.ts';

/** `hometui help NAME` with a name that is no command: the help that there is was printed before anything was parsed. */
export async function runHelp({ operands }: Arguments): Promise<ExitCode> {
  const name = operands[0] ?? '';
  const names = commandEntries.map(([command]) => command).filter(isCommand);
  const nearest = nearestWord(name, names);
  const cure = `${nearest === null ? '' : `Did you mean ${nearest}? `}The commands are ${names.join(', ')}.`;
  throw new Failure(ExitCode.usage, `there is no help for "${cleanText(name, 60)}"`, cure);
}
