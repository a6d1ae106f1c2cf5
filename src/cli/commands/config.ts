import { ExitCode } from '../../app/exit-code.ts';
import { Failure, failureOfIssues } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { cleanLines } from '../../core/clean-text.ts';
import type { Issue } from '../../core/issue.ts';
import { formatIssue } from '../../core/issue.ts';
import { jsonText } from '../../core/json-text.ts';
import { ok } from '../../core/result.ts';
import { parsePreferences } from '../../core/settings/parse.ts';
import type { Preferences } from '../../core/settings/schema.ts';
import { cureOfOwnFile } from '../../io/files/file-facts.ts';
import { readTextFile, writeTextFile } from '../../io/files/text-file.ts';
import { NO_HOME, openPreferences, type PreferencesFile } from '../../io/preferences/preferences.ts';
import type { commands } from '../args/commands.ts';
import { readFormat, refuseForeignFlags } from '../args/operands.ts';
import { type OptionName, placeNames } from '../args/options.ts';
import type { Arguments } from '../args/parse.ts';
import { layOver } from '../settings/connection.ts';
import { merge, withoutSecrets } from '../settings/merge-settings.ts';
import { profileChange, withoutProfile } from '../settings/save-profile.ts';
import { changesText, settingRows } from '../settings/settings-report.ts';
import { print } from '../stdio/output.ts';

/** How many words may follow, and what they are called where one is missing. */
const OPERANDS: Readonly<Record<string, string>> = { import: 'FILE', save: 'NAME', remove: 'NAME' };

/** The options of each word. */
const TAKEN: Readonly<Record<ConfigWord, readonly OptionName[]>> = {
  path: [],
  show: [...placeNames, 'theme', 'format'],
  save: [...placeNames, 'savePassword', 'dryRun'],
  remove: ['dryRun'],
  export: ['output'],
  import: ['dryRun'],
};

type ConfigWord = (typeof commands)['config']['words'][number];

/** `hometui config path|show|save|remove|export|import`: the settings file of this user. */
export async function runConfig(args: Arguments, world: World): Promise<ExitCode> {
  const file = openPreferences(world.env, world.platform);
  const [word = '', ...rest] = args.operands;
  const operand = OPERANDS[word];
  if (rest.length > (operand === undefined ? 0 : 1)) {
    const cure = 'hometui config --help says what it takes.';
    throw new Failure(ExitCode.usage, `hometui config ${word} takes fewer words`, cure);
  }
  refuseForeignFlags(word as ConfigWord, args, TAKEN);
  const [name] = rest;
  if (operand !== undefined && name === undefined) {
    throw new Failure(ExitCode.usage, `${operand} is missing`, `As in: hometui config ${word} ${operand}`);
  }
  if (word === 'path') return showPath(file, world);
  if (word === 'show') return show(args, file, world);
  if (word === 'save')
    return change(await profileChange(name ?? '', await readSound(file), args, world), args, file, world);
  if (word === 'remove') return change(old => withoutProfile(name ?? '', old), args, file, world);
  return word === 'export' ? exportTo(args, file, world) : importFrom(name ?? '', args, file, world);
}

/** Changes the settings and says what has changed; with `--dry-run` only what would. */
async function change(
  make: (old: Preferences) => Preferences,
  { flags }: Arguments,
  file: PreferencesFile,
  world: World,
): Promise<ExitCode> {
  const old = await readSound(file);
  const made = flags.dryRun === true ? ok({ before: old, after: make(old) }) : await file.change(make);
  if (!made.ok) throw failureOfIssues(ExitCode.config, [made.error]);
  await print(world.stdout, cleanLines(changesText(made.value.before, made.value.after)));
  return ExitCode.ok;
}

async function showPath({ path }: PreferencesFile, world: World): Promise<ExitCode> {
  if (path === null) throw failureOfIssues(ExitCode.config, [NO_HOME]);
  await print(world.stdout, `${path}\n`);
  return ExitCode.ok;
}

/** Each setting that holds now, where it comes from, and what is wrong with the file: then 78. */
async function show(args: Arguments, file: PreferencesFile, world: World): Promise<ExitCode> {
  const { preferences, issues } = await file.read();
  const rows = settingRows(layOver(args, preferences, world));
  if (readFormat(args, ['text', 'json']) === 'json') {
    const settings = Object.fromEntries(rows.map(({ name, value, origin }) => [name, { value, origin }]));
    const profiles = Object.keys(preferences.profiles ?? {});
    await print(world.stdout, `${jsonText({ file: file.path, settings, profiles, issues }, 2)}\n`);
  } else {
    const lines = rows.map(({ name, value, origin }) => `  ${name.padEnd(18)} ${String(value).padEnd(36)} ${origin}`);
    const profiles = Object.keys(preferences.profiles ?? {});
    const shelf = profiles.length === 0 ? '' : `Profiles: ${profiles.join(', ')}\n`;
    await print(world.stdout, cleanLines(`Settings file: ${file.path ?? 'none'}\n${lines.join('\n')}\n${shelf}`));
    if (issues.length > 0) await print(world.stderr, cleanLines(`${issues.map(formatIssue).join('\n')}\n`));
  }
  return issues.some(issue => issue.severity === 'error') ? ExitCode.config : ExitCode.ok;
}

async function exportTo(args: Arguments, file: PreferencesFile, world: World): Promise<ExitCode> {
  const preferences = await readSound(file);
  const text = `${jsonText(withoutSecrets(preferences), 2)}\n`;
  const { output } = args.flags;
  if (output === undefined) {
    await print(world.stdout, text);
    return ExitCode.ok;
  }
  const written = writeTextFile(output, text, 0o600);
  if (written.ok) return ExitCode.ok;
  throw new Failure(ExitCode.output, `${output} cannot be written: ${written.error.why}`, 'Choose another --output.');
}

/** Lays the settings of a file over ours: nothing is removed. */
async function importFrom(name: string, args: Arguments, file: PreferencesFile, world: World): Promise<ExitCode> {
  const text = readTextFile(name);
  if (!text.ok) {
    const cure = 'Name a file that hometui config export wrote.';
    throw new Failure(
      ExitCode.noInput,
      `${name} cannot be read: ${text.error.why}`,
      cureOfOwnFile(text.error, name, cure),
    );
  }
  const { preferences: given, issues } = parsePreferences(text.value, name);
  if (issues.length > 0) throw failureOfIssues(ExitCode.config, issues);
  return change(old => merge(old, given), args, file, world);
}

/** Our settings; throws a `Failure` (78) where they are broken or there is no place for them. */
async function readSound(file: PreferencesFile): Promise<Preferences> {
  const { preferences, issues } = await file.read();
  const errors: readonly Issue[] = issues.filter(issue => issue.severity === 'error');
  if (file.path === null) throw failureOfIssues(ExitCode.config, [NO_HOME]);
  if (errors.length > 0) throw failureOfIssues(ExitCode.config, errors);
  return preferences;
}
