import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian puts daemons; an ordinary user's PATH leaves these out. */
const DAEMON_FOLDERS = ['/usr/sbin', '/usr/local/sbin'];

/**
 * The full path of a program that a test needs, or `null` where it is missing, which it says loudly on standard error.
 * With `CI=true` it throws instead: there a missing program is a failure and no reason to skip.
 * Use: `const mosquitto = requireProgram('mosquitto'); describe.runIf(mosquitto !== null)(…)`.
 */
export function requireProgram(name: string, debianPackage = name): string | null {
  const found = findProgram(name);
  if (found !== null) return found;
  const message = `${name} is not installed: the tests that need it CANNOT RUN (Debian: apt-get install ${debianPackage})`;
  if (process.env.CI === 'true') throw new Error(message);
  process.stderr.write(`\n!!! SKIPPED: ${message}\n\n`);
  return null;
}

/**
 * The path that `variable` of the environment names, of a thing that no package of Debian has and .ci/run fetches; `null`
 * where it is not there, which is said loudly. With `CI=true` only `none` is no failure: .ci/run has then said why this
 * machine cannot have it.
 */
export function requireFetched(variable: string, what: string): string | null {
  const path = process.env[variable] ?? '';
  if (path !== '' && path !== 'none') return path;
  const message = `${what} is not here: the tests that need it CANNOT RUN (.ci/run fetches it and sets ${variable})`;
  if (process.env.CI === 'true' && path !== 'none') throw new Error(message);
  process.stderr.write(`\n!!! SKIPPED: ${message}\n\n`);
  return null;
}

/** The full path of a program on PATH or in the daemons' folders, or `null`. */
export function findProgram(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...DAEMON_FOLDERS];
  return folders.map(folder => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
