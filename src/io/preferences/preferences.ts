import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Issue } from '../../core/issue.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { PreferencesRead } from '../../core/settings/parse.ts';
import type { Preferences } from '../../core/settings/schema.ts';
import { shownWord } from '../../core/to-copy.ts';
import { withFileLock } from '../files/file-lock.ts';
import { makeFolder } from '../files/folder.ts';
import { NO_FILE, readTextFile } from '../files/text-file.ts';
import { type CheckedText, openCheckedText } from './checked.ts';
import { settingsFolder } from './folder.ts';

/** The settings of this user: one JSON file. */
export interface PreferencesFile {
  /** Its path; `null` where the environment does not say where it should be. */
  readonly path: string | null;
  /** Reads it anew. A file that is not there is an empty one. */
  readonly read: () => Promise<PreferencesRead>;
  /**
   * Changes what is there at that moment, one process after the other, and replaces the whole file atomically, mode 0600;
   * the error says why that cannot be done. A file with errors in it is never replaced: somebody wrote it by hand and may
   * want it back. Throws what `change` throws, and then nothing is written.
   */
  readonly change: (change: (old: Preferences) => Preferences) => Promise<Result<PreferencesChange, Issue>>;
}

/** What a change of the settings did. */
export interface PreferencesChange {
  readonly before: Preferences;
  readonly after: Preferences;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Finds the settings file: where each platform keeps them, `$XDG_CONFIG_HOME/hometui/config.json` on Linux. */
export function openPreferences(env: Environment, platform: NodeJS.Platform): PreferencesFile {
  const folder = settingsFolder(env, platform);
  if (folder === null) {
    return { path: null, read: async () => ({ preferences: {}, issues: [] }), change: async () => fail(NO_HOME) };
  }
  const path = join(folder, 'config.json');
  const checked = openCheckedText(env);
  return {
    path,
    read: () => readFile(path, checked),
    change: change => changeFile(folder, path, checked, change),
  };
}

/** What to say where there is no place for settings. */
export const NO_HOME: Issue = {
  severity: 'warning',
  message: 'there is no place for settings: neither HOME nor XDG_CONFIG_HOME is an absolute path',
  cure: 'Set HOME to your own folder, or give everything by flags and environment.',
};

const OWN_HOME = 'Let your user read it, or set HOME to a folder of your own (with sudo: sudo -H).';
const ONE_FILE = 'Move it away: the settings are one file.';
const CURES: Readonly<Record<string, string>> = {
  EACCES: OWN_HOME,
  EPERM: OWN_HOME,
  [NO_FILE]: ONE_FILE,
  EISDIR: ONE_FILE,
};

type Parse = (text: string, path: string) => PreferencesRead;

const NOTHING: PreferencesRead = { preferences: {}, issues: [] };

/** A text that was found to be sound before is not held against the schema again: that takes a start longer than reading. */
async function readFile(path: string, checked: CheckedText): Promise<PreferencesRead> {
  const text = readText(path);
  if (typeof text !== 'string') return text;
  const isSound = checked.isSound(text);
  const read = isSound ? soundOf(text) : (await loadParse())(text, path);
  if (!isSound && read.issues.length === 0) checked.noteSound(text);
  return withOpenSecrets(path, read);
}

/** The text, or what there is to say where there is none. */
function readText(path: string): string | PreferencesRead {
  const text = readTextFile(path, { isFileOnly: true });
  if (text.ok) return text.value;
  const { code, why } = text.error;
  if (code === 'ENOENT' || code === 'ENOTDIR') return NOTHING;
  const cure = CURES[code] ?? `Check ${path}.`;
  return { preferences: {}, issues: [issue(path, `the settings cannot be read: ${why}`, cure)] };
}

async function loadParse(): Promise<Parse> {
  return (await import('../../core/settings/parse.ts')).parsePreferences;
}

function soundOf(text: string): PreferencesRead {
  const { $schema, ...preferences } = JSON.parse(text.replace(/^\uFEFF/, ''));
  return { preferences, issues: [] };
}

function withOpenSecrets(path: string, { preferences, issues }: PreferencesRead): PreferencesRead {
  return { preferences, issues: [...issues, ...openSecrets(path, preferences)] };
}

/** A password in a file that others can read deserves a word. Windows has no such modes. */
function openSecrets(path: string, { password, profiles }: Preferences): Issue[] {
  const hasSecret = password !== undefined || Object.values(profiles ?? {}).some(it => it.password !== undefined);
  if (!hasSecret || process.platform === 'win32' || (statSync(path).mode & 0o077) === 0) return [];
  const message = 'the settings hold a password, and others on this machine can read them';
  return [
    { severity: 'warning', message, place: { file: path }, cure: `Close the file: chmod 600 ${shownWord(path)}` },
  ];
}

const OWNER = 'Check who owns FOLDER, or set HOME to a folder of your own.';
const UNWRITABLE: Readonly<Record<string, readonly [why: string, cure: string]>> = {
  EACCES: ['your user has no permission', OWNER],
  EPERM: ['your user has no permission', OWNER],
  EROFS: ['the disk can only be read', 'Set HOME to a folder that can be written.'],
  ENOSPC: ['the disk is full', 'Make room on the disk.'],
  EBUSY: [
    'another hometui has been at it for 5 s',
    'Wake it with fg where it is stopped, or end it; ps -C node says which there are.',
  ],
  ENOENT: ['its folder cannot be made', 'Check HOME and XDG_CONFIG_HOME.'],
  ENOTDIR: ['a part of its path is no folder', 'Check HOME and XDG_CONFIG_HOME.'],
  EEXIST: ['a part of its path is no folder', 'Check HOME and XDG_CONFIG_HOME.'],
};

async function changeFile(
  folder: string,
  path: string,
  checked: CheckedText,
  change: (old: Preferences) => Preferences,
): Promise<Result<PreferencesChange, Issue>> {
  try {
    makeFolder(folder);
    // Where it may not write, conf tries for a whole second, in which no key is read and nothing is drawn.
    accessSync(folder, constants.W_OK | constants.X_OK);
    // Loading it takes a sixth of the time in which Node starts.
    const [{ default: Conf }, parse] = await Promise.all([import('conf'), loadParse()]);
    return withFileLock(path, () => {
      const text = readText(path);
      const { preferences: before, issues } = typeof text === 'string' ? parse(text, path) : text;
      const broken = issues.find(found => found.severity === 'error');
      if (broken !== undefined) return fail(broken);
      const after = change(before);
      const conf = new Conf<Record<string, unknown>>({
        cwd: folder,
        configName: 'config',
        configFileMode: 0o600,
        accessPropertiesByDotNotation: false,
        clearInvalidConfig: true,
        serialize: value => keepSound(JSON.stringify(value, undefined, '\t'), parse, checked),
      });
      conf.store = { ...after };
      return ok({ before, after });
    });
  } catch (error) {
    const code = codeOf(error);
    if (code === null) throw error;
    const [why, cure] = UNWRITABLE[code] ?? [code, OWNER];
    return fail(issue(path, `the settings cannot be saved: ${why}`, cure.replace('FOLDER', folder)));
  }
}

/** So that the next start need not check what we have written ourselves. */
function keepSound(text: string, parse: Parse, checked: CheckedText): string {
  if (parse(text, '').issues.length === 0) checked.noteSound(text);
  return text;
}

function issue(file: string, message: string, cure: string): Issue {
  return { severity: 'error', message, place: { file }, cure };
}

/** What the system says; `null` for what did not go wrong there. */
function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error ? String(error.code) : null;
}
