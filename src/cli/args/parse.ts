import { nearestWord } from '../../core/nearest-word.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { optionFor } from './command-options.ts';
import { type CommandName, commandEntries, commands, isCommand } from './commands.ts';
import { type Flags, longForm, type OptionName, type OptionSpec, optionEntries, options } from './options.ts';
import { ownWords, type RawArguments, readPlainly, writeOutShortForms } from './read-arguments.ts';

/** A command line that makes sense. */
export interface Arguments {
  readonly command: CommandName;
  /** The operands behind the command's name. */
  readonly operands: readonly string[];
  readonly flags: Flags;
}

/** What is wrong with a command line, in words. */
export interface UsageFault {
  readonly message: string;
  readonly cure: string;
}

/**
 * Parses the words behind the program's name. The well-formed line, which is nearly every one, is read by a few lines of
 * our own (`readPlainly`); meow, which takes half as long to load as Node itself, reads the others.
 */
export async function parseArguments(argv: readonly string[]): Promise<Result<Arguments, UsageFault>> {
  const words = writeOutShortForms(argv);
  const raw = readPlainly(words) ?? (await import('./read-with-meow.ts')).readWithMeow(words);
  return checkArguments(raw);
}

/** Which help is asked for, or `null`: `--help` is obeyed in any line, however broken the rest is. */
export function wantedHelp(argv: readonly string[]): CommandName | null {
  const own = ownWords(argv);
  const words = own.filter(word => !word.startsWith('-'));
  if (own.includes('--help')) return words.find(isCommand) ?? 'console';
  if (own[0] !== 'help') return null;
  const topic = words[1];
  return topic === undefined ? 'console' : isCommand(topic) ? topic : null;
}

/** Whether the version is asked for: obeyed in any line, as `--help` is. */
export function wantsVersion(argv: readonly string[]): boolean {
  return ownWords(argv).includes('--version');
}

/** Whether a line asks for the Nagios format, however broken the rest of it is: then even its faults have that form. */
export function wantsNagios(argv: readonly string[]): boolean {
  return writeOutShortForms(argv).some(
    (word, index, words) =>
      /^(--format|-F)=nagios$/.test(word) || (word === 'nagios' && /^(--format|-F)$/.test(words[index - 1] ?? '')),
  );
}

function checkArguments(raw: RawArguments): Result<Arguments, UsageFault> {
  const [word, ...operands] = raw.words;
  for (const [name, values] of raw.values) if (values.length === 0) return fail(missingValue(name, options[name]));
  const unknown = raw.unknown[0];
  if (unknown !== undefined) return fail(unknownOption(unknown));
  if (word !== undefined && !isCommand(word)) return fail(unknownCommand(word));
  const command = word ?? 'console';
  const flags: Record<string, unknown> = {};
  for (const [name, spec] of optionEntries) {
    const given = raw.values.get(name);
    if (given === undefined) continue;
    const fault = misplaced(command, name, spec);
    if (fault !== null) return fail(fault);
    const value = readValue(name, optionFor(command, name, spec), given);
    if (!value.ok) return value;
    flags[name] = value.value;
  }
  return ok({ command, operands, flags: flags as Flags });
}

function misplaced(command: CommandName, name: OptionName, spec: OptionSpec): UsageFault | null {
  if (spec.commands.includes(command)) return null;
  const takers = spec.commands.map(taker => (taker === 'console' ? 'hometui' : `hometui ${taker}`)).join(', ');
  const here = command === 'console' ? 'hometui without a command' : `hometui ${command}`;
  return { message: `${here} does not take ${longForm(name)}`, cure: `It belongs to ${takers}.` };
}

function readValue(name: OptionName, spec: OptionSpec, given: readonly string[]): Result<unknown, UsageFault> {
  const value = given.at(-1) ?? '';
  if (spec.value === undefined) return ok(true);
  if (given.includes('') && name !== 'password') return fail(missingValue(name, spec));
  if (spec.isList === true) return ok(given.flatMap(list => list.split(',')).filter(part => part !== ''));
  if (spec.number !== undefined) return readNumber(name, spec.number, value);
  if (spec.choices !== undefined && !spec.choices.includes(value)) {
    const nearest = nearestWord(value, spec.choices);
    const meant = nearest === null ? '' : ` Did you mean ${nearest}?`;
    return fail({
      message: `${longForm(name)} does not know "${value}"`,
      cure: `It takes ${spec.choices.join(', ')}.${meant}`,
    });
  }
  return ok(value);
}

function readNumber(
  name: OptionName,
  bounds: NonNullable<OptionSpec['number']>,
  text: string,
): Result<number, UsageFault> {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  const isFine = value >= bounds.min && value <= bounds.max && (!bounds.isWhole || Number.isInteger(value));
  if (isFine) return ok(value);
  const kind = bounds.isWhole ? 'a whole number' : 'a number';
  return fail({
    message: `${longForm(name)} ${text} is not possible`,
    cure: `It takes ${kind} from ${bounds.min} to ${bounds.max}.`,
  });
}

function missingValue(name: OptionName, spec: OptionSpec): UsageFault {
  const short = spec.short === undefined ? '' : `-${spec.short} or `;
  const cure =
    name === 'host'
      ? '-h is the host, as in mosquitto_sub: -h raspberrypi.local. The help is --help.'
      : `Write ${longForm(name)} ${spec.value}; a value that begins with - is written ${longForm(name)}=-….`;
  return { message: `${short}${longForm(name)} needs a value`, cure };
}

function unknownOption(given: string): UsageFault {
  const name = given.replace(/=.*$/s, '');
  const nearest = nearestWord(
    name,
    optionEntries.map(([option]) => longForm(option)),
  );
  const cure = nearest === null ? 'hometui --help lists the options.' : `Did you mean ${nearest}?`;
  return { message: `there is no option ${name}`, cure };
}

function unknownCommand(word: string): UsageFault {
  const names = commandEntries.map(([name]) => name).filter(isCommand);
  const nearest = nearestWord(word, names);
  const all = `The commands are ${names.join(', ')}.`;
  return { message: `there is no command ${word}`, cure: nearest === null ? all : `Did you mean ${nearest}? ${all}` };
}

/** Checks the fixed word that some commands begin with (`acl check`); the fault names the nearest one. */
export function readWord(command: CommandName, operands: readonly string[]): Result<string | null, UsageFault> {
  const spec = commands[command];
  if (!('words' in spec)) return ok(null);
  const words: readonly string[] = spec.words;
  const word = operands[0];
  if (word === undefined && 'mayLackWord' in spec) return ok(null);
  if (word !== undefined && words.includes(word)) return ok(word);
  const nearest = word === undefined ? null : nearestWord(word, words);
  return fail({
    message: word === undefined ? `hometui ${command} needs a word` : `hometui ${command} does not know "${word}"`,
    cure: `It takes ${words.join(', ')}.${nearest === null ? '' : ` Did you mean ${nearest}?`}`,
  });
}
