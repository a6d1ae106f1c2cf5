import { longForm, nameOfForm, type OptionName, type OptionSpec, optionEntries, options } from './options.ts';

/** A command line taken apart, not yet judged. */
export interface RawArguments {
  /** What is no option and no option's value, in its order. */
  readonly words: readonly string[];
  /** Each option with its values in their order: a flag has the empty value, an option whose value is missing has none. */
  readonly values: ReadonlyMap<OptionName, readonly string[]>;
  /** Options that nobody knows, as they were typed. */
  readonly unknown: readonly string[];
}

/** The option that a word such as `--host` or `-h` names. */
export function optionOfForm(form: string): readonly [OptionName, OptionSpec] | undefined {
  if (!form.startsWith('--')) return optionEntries.find(([, { short }]) => form === `-${short}`);
  const name = nameOfForm(form);
  return isOption(name) && longForm(name) === form ? [name, options[name]] : undefined;
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(options, name);
}

/** What stands before `--`: behind it nothing is an option. */
export function ownWords(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end < 0 ? argv : argv.slice(0, end);
}

/**
 * Writes out short forms that share a word (POSIX XBD 12.2, guidelines 5 and 6): `-yn` as `-y -n`, `-Fnagios` as
 * `--format=nagios`. A word with a letter that is no option stays as it was typed, so that the fault can name it.
 */
export function writeOutShortForms(argv: readonly string[]): readonly string[] {
  const own = ownWords(argv);
  return [...own.flatMap(word => (/^-[^-]./s.test(word) ? writeOutWord(word) : [word])), ...argv.slice(own.length)];
}

function writeOutWord(word: string): readonly string[] {
  const flags: string[] = [];
  for (let index = 1; index < word.length; index++) {
    const form = `-${word[index]}`;
    const entry = optionOfForm(form);
    if (entry === undefined || word[index + 1] === '=') return [word];
    const rest = word.slice(index + 1);
    if (entry[1].value !== undefined && rest !== '') return [...flags, `${longForm(entry[0])}=${rest}`];
    flags.push(form);
  }
  return flags;
}

/**
 * Takes a well-formed line apart: known options, each value a word of its own or behind `=`. `null` where there is
 * anything else to it (an unknown option, a value that is missing, several flags in one word, `--`); a test holds that
 * meow reads each line that this accepts in the same way.
 */
export function readPlainly(argv: readonly string[]): RawArguments | null {
  const words: string[] = [];
  const values = new Map<OptionName, string[]>();
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? '';
    if (!word.startsWith('-')) {
      words.push(word);
      continue;
    }
    const option = readOption(word, argv[index + 1]);
    if (option === null) return null;
    if (option.tookNext) index++;
    // A flag that is given twice is given.
    const before = option.tookNext || option.value !== '' ? (values.get(option.name) ?? []) : [];
    values.set(option.name, [...before, option.value]);
  }
  return { words, values, unknown: [] };
}

interface ReadOption {
  readonly name: OptionName;
  readonly value: string;
  /** Whether the value was the word behind it. */
  readonly tookNext: boolean;
}

function readOption(word: string, next: string | undefined): ReadOption | null {
  const [form, inline] = splitInline(word);
  const entry = optionOfForm(form);
  if (entry === undefined) return null;
  const [name, spec] = entry;
  if (spec.value === undefined) {
    // The parser of meow takes these two words for the flag's value.
    const isPlain = inline === null && next !== 'true' && next !== 'false';
    return isPlain ? { name, value: '', tookNext: false } : null;
  }
  if (inline !== null) return inline === '' ? null : { name, value: inline, tookNext: false };
  return next === undefined || next.startsWith('-') ? null : { name, value: next, tookNext: true };
}

function splitInline(word: string): readonly [form: string, inline: string | null] {
  const equals = word.startsWith('--') ? word.indexOf('=') : -1;
  return equals < 0 ? [word, null] : [word.slice(0, equals), word.slice(equals + 1)];
}
