import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Issue } from '../../core/issue.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { withFileLock } from '../files/file-lock.ts';
import { makeFolder } from '../files/folder.ts';
import { NO_FILE, readTextFile } from '../files/text-file.ts';
import { type Preferences, parsePreferences } from './parse.ts';

export type { BrokerProfile, Preferences } from './parse.ts';

/** What the settings file says, and what is wrong with it. */
export interface PreferencesRead {
  readonly preferences: Preferences;
  /** What could not be used, with place and cure; the rest holds. */
  readonly issues: readonly Issue[];
}

/** The settings of this user: one JSON file. */
export interface PreferencesFile {
  /** Its path; `null` where the environment does not say where it should be. */
  readonly path: string | null;
  /** Reads it anew. A file that is not there is an empty one. */
  readonly read: () => PreferencesRead;
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
  const folder = findFolder(env, platform);
  const path = folder === null ? null : join(folder, 'config.json');
  return {
    path,
    read: () => (path === null ? { preferences: {}, issues: [] } : readFile(path)),
    change: async change => (folder === null || path === null ? fail(NO_HOME) : changeFile(folder, path, change)),
  };
}

/** What to say where there is no place for settings. */
export const NO_HOME: Issue = {
  severity: 'warning',
  message: 'there is no place for settings: neither HOME nor XDG_CONFIG_HOME is an absolute path',
  cure: 'Set HOME to your own folder, or give everything by flags and environment.',
};

function findFolder(env: Environment, platform: NodeJS.Platform): string | null {
  const { HOME: home, XDG_CONFIG_HOME: xdg, APPDATA: appData } = env;
  if (platform === 'win32') return appData ? join(appData, 'hometui', 'Config') : null;
  // A relative XDG_CONFIG_HOME is to be ignored (XDG Base Directory Specification).
  if (xdg?.startsWith('/')) return join(xdg, 'hometui');
  // A relative one would mean another file in each folder.
  if (!home?.startsWith('/')) return null;
  return platform === 'darwin' ? join(home, 'Library', 'Preferences', 'hometui') : join(home, '.config', 'hometui');
}

const OWN_HOME = 'Let your user read it, or set HOME to a folder of your own (with sudo: sudo -H).';
const ONE_FILE = 'Move it away: the settings are one file.';
const CURES: Readonly<Record<string, string>> = {
  EACCES: OWN_HOME,
  EPERM: OWN_HOME,
  [NO_FILE]: ONE_FILE,
  EISDIR: ONE_FILE,
};

function readFile(path: string): PreferencesRead {
  const text = readTextFile(path, { isFileOnly: true });
  if (!text.ok) {
    const { code, why } = text.error;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { preferences: {}, issues: [] };
    const cure = CURES[code] ?? `Check ${path}.`;
    return { preferences: {}, issues: [issue(path, `the settings cannot be read: ${why}`, cure)] };
  }
  const read = parsePreferences(text.value, path);
  return { ...read, issues: [...read.issues, ...openSecrets(path, read.preferences)] };
}

/** A password in a file that others can read deserves a word. Windows has no such modes. */
function openSecrets(path: string, { password, profiles }: Preferences): Issue[] {
  const hasSecret = password !== undefined || Object.values(profiles ?? {}).some(it => it.password !== undefined);
  if (!hasSecret || process.platform === 'win32' || (statSync(path).mode & 0o077) === 0) return [];
  const message = 'the settings hold a password, and others on this machine can read them';
  return [{ severity: 'warning', message, place: { file: path }, cure: `Close the file: chmod 600 ${path}` }];
}

const OWNER = 'Check who owns FOLDER, or set HOME to a folder of your own.';
const UNWRITABLE: Readonly<Record<string, readonly [why: string, cure: string]>> = {
  EACCES: ['your user has no permission', OWNER],
  EPERM: ['your user has no permission', OWNER],
  EROFS: ['the disk can only be read', 'Set HOME to a folder that can be written.'],
  ENOSPC: ['the disk is full', 'Make room on the disk.'],
  ENOENT: ['its folder cannot be made', 'Check HOME and XDG_CONFIG_HOME.'],
  ENOTDIR: ['a part of its path is no folder', 'Check HOME and XDG_CONFIG_HOME.'],
  EEXIST: ['a part of its path is no folder', 'Check HOME and XDG_CONFIG_HOME.'],
};

async function changeFile(
  folder: string,
  path: string,
  change: (old: Preferences) => Preferences,
): Promise<Result<PreferencesChange, Issue>> {
  try {
    makeFolder(folder);
    // Where it may not write, conf tries for a whole second, in which no key is read and nothing is drawn.
    accessSync(folder, constants.W_OK | constants.X_OK);
    // Loading it takes a third of the time in which Node starts, and it would make the folder: reading does without it.
    const { default: Conf } = await import('conf');
    return withFileLock(path, () => {
      const { preferences: before, issues } = readFile(path);
      const broken = issues.find(found => found.severity === 'error');
      if (broken !== undefined) return fail(broken);
      const after = change(before);
      const conf = new Conf<Record<string, unknown>>({
        cwd: folder,
        configName: 'config',
        configFileMode: 0o600,
        accessPropertiesByDotNotation: false,
        clearInvalidConfig: true,
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

function issue(file: string, message: string, cure: string): Issue {
  return { severity: 'error', message, place: { file }, cure };
}

/** What the system says; `null` for what did not go wrong there. */
function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error ? String(error.code) : null;
}
