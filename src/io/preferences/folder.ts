import { isAbsolute, join } from 'node:path';
import { xdgFolder } from '../files/xdg-folder.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where this user's settings are kept, as each platform has it: `$XDG_CONFIG_HOME/hometui` on Linux. `null` where the
 * environment does not say.
 */
export function settingsFolder(env: Environment, platform: NodeJS.Platform): string | null {
  const { HOME: home = '', XDG_CONFIG_HOME: xdg = '', APPDATA: appData } = env;
  if (platform === 'win32') return appData ? join(appData, 'hometui', 'Config') : null;
  if (platform === 'darwin' && !isAbsolute(xdg)) {
    return isAbsolute(home) ? join(home, 'Library', 'Preferences', 'hometui') : null;
  }
  const base = xdgFolder(env, 'XDG_CONFIG_HOME');
  return base === null ? null : join(base, 'hometui');
}
