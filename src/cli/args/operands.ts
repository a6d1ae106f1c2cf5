import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { cleanText } from '../../core/clean-text.ts';
import { longForm, type OptionName } from './options.ts';
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

/**
 * Refuses an option that another word of the command takes: it would change nothing, and seem to. `taken` has the
 * options of each word. Throws a `Failure` (64) that names the words that take it.
 */
export function refuseForeignFlags<Word extends string>(
  word: Word,
  { command, flags }: Arguments,
  taken: Readonly<Record<Word, readonly OptionName[]>>,
): void {
  const foreign = (Object.keys(flags) as OptionName[]).find(name => !taken[word].includes(name));
  if (foreign === undefined) return;
  const takers = (Object.keys(taken) as Word[]).filter(other => taken[other].includes(foreign));
  const cure =
    takers.length === 0
      ? `hometui ${command} --help says what it takes.`
      : `It belongs to ${takers.map(other => `hometui ${command} ${other}`).join(', ')}.`;
  throw new Failure(ExitCode.usage, `hometui ${command} ${word} does not take ${longForm(foreign)}`, cure);
}
