import { isAbsolute, join } from 'node:path';

/** Where may be kept what can be made anew: `$XDG_CACHE_HOME/hometui`; `null` without an absolute one. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>): string | null {
  const { HOME: home = '', XDG_CACHE_HOME: xdg = '' } = env;
  if (isAbsolute(xdg)) return join(xdg, 'hometui');
  return isAbsolute(home) ? join(home, '.cache', 'hometui') : null;
}
