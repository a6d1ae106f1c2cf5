import { isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The base directories of a user, each with where it is below HOME unless the environment names another. */
const BELOW_HOME = {
  XDG_CACHE_HOME: ['.cache'],
  XDG_CONFIG_HOME: ['.config'],
  XDG_STATE_HOME: ['.local', 'state'],
} as const;

/**
 * A base directory of the user (XDG Base Directory Specification); `null` where neither its variable nor HOME is an absolute
 * path: a relative one is to be ignored, and would mean another place in each folder.
 */
export function xdgFolder(env: Environment, variable: keyof typeof BELOW_HOME): string | null {
  const { [variable]: named = '', HOME: home = '' } = env;
  if (isAbsolute(named)) return named;
  return isAbsolute(home) ? join(home, ...BELOW_HOME[variable]) : null;
}

/** What may be made anew is kept here; `null` without a place for it. */
export function cacheFolder(env: Environment): string | null {
  const base = xdgFolder(env, 'XDG_CACHE_HOME');
  return base === null ? null : join(base, 'hometui');
}

/** What is to outlast a run is kept here; `null` without a place for it. */
export function stateFolder(env: Environment): string | null {
  const base = xdgFolder(env, 'XDG_STATE_HOME');
  return base === null ? null : join(base, 'hometui');
}
