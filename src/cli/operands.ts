import { cleanText } from '../core/clean-text.ts';
import { ExitCode } from './exit-code.ts';
import { Failure } from './failure.ts';
import type { Arguments } from './parse.ts';

/** Refuses operands where a command takes none. Throws a `Failure` (64). */
export function refuseOperands({ command, operands }: Arguments): void {
  const [first] = operands;
  if (first === undefined) return;
  const cure = `hometui ${command} --help says what it takes.`;
  throw new Failure(ExitCode.usage, `hometui ${command} does not know what to do with "${cleanText(first, 60)}"`, cure);
}

/** Refuses a format that a command does not have. Throws a `Failure` (64). */
export function readFormat<Format extends string>({ command, flags }: Arguments, formats: readonly Format[]): Format {
  const wanted = flags.format ?? 'text';
  const format = formats.find(candidate => candidate === wanted);
  if (format !== undefined) return format;
  throw new Failure(ExitCode.usage, `hometui ${command} has no format ${wanted}`, `It has ${formats.join(', ')}.`);
}
