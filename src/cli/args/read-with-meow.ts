import meow, { type AnyFlag } from 'meow';
import { longForm, type OptionName, optionEntries } from './options.ts';
import { optionOfForm, ownWords, type RawArguments } from './read-arguments.ts';

/** Takes any line apart with meow, which neither prints nor exits here: help, version and faults are ours. */
export function readWithMeow(argv: readonly string[]): RawArguments {
  const { input, flags } = meow({
    // meow wants to find its package.json by this; it gets one, so the address is never used.
    importMeta: { url: 'file:///hometui' } as ImportMeta,
    pkg: { name: 'hometui' },
    argv: [...argv],
    description: false,
    autoHelp: false,
    autoVersion: false,
    allowUnknownFlags: true,
    booleanDefault: undefined,
    flags: meowFlags(),
  });
  const values = new Map<OptionName, readonly string[]>();
  const typed = optionsTyped(argv);
  for (const [name, spec] of optionEntries) {
    const given = (flags as Record<string, unknown>)[name];
    if (spec.value === undefined) {
      if (given === true) values.set(name, ['']);
    } else if (typed.has(name)) {
      const list = Array.isArray(given) ? given.map(String) : [];
      // meow gives the same empty list for a value that is missing and for one that is empty.
      const isEmpty = list.length === 0 && ownWords(argv).includes(`${longForm(name)}=`);
      values.set(name, isEmpty ? [''] : list);
    }
  }
  return { words: input.map(String), values, unknown: ownWords(argv).filter(isUnknown) };
}

function meowFlags(): Record<string, AnyFlag> {
  const flags: Record<string, AnyFlag> = {};
  for (const [name, spec] of optionEntries) {
    const short = spec.short === undefined ? {} : { shortFlag: spec.short };
    flags[name] =
      spec.value === undefined ? { type: 'boolean', ...short } : { type: 'string', isMultiple: true, ...short };
  }
  return flags;
}

/** The options with a value that were typed: meow gives each of them an empty list where they were not. */
function optionsTyped(argv: readonly string[]): ReadonlySet<OptionName> {
  const forms = ownWords(argv).flatMap(word => {
    const form = word.replace(/=.*$/s, '');
    return /^-[^-]./.test(form) ? [...form.slice(1)].map(letter => `-${letter}`) : [form];
  });
  return new Set(forms.flatMap(form => optionOfForm(form)?.[0] ?? []));
}

/** Whether a word looks like an option and is none. */
function isUnknown(word: string): boolean {
  if (!word.startsWith('-') || word === '-') return false;
  const form = word.replace(/=.*$/s, '');
  // meow takes --no-user for an empty user and --no-insecure for nothing at all; to us they are no options.
  if (form.startsWith('--')) return optionOfForm(form) === undefined;
  // A number may stand right behind a short form: -p1883.
  return [...form.slice(1).replace(/\d+$/, '')].some(letter => optionOfForm(`-${letter}`) === undefined);
}
