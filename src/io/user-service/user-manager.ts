import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { parseServiceState, SERVICE_PROPERTIES, type ServiceState } from '../../core/daemon/unit.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { xdgFolder } from '../files/xdg-folder.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a user's own units are: `$XDG_CONFIG_HOME/systemd/user` (systemd.unit(5)); `null` without a place for it. */
export function unitFolder(env: Environment): string | null {
  const base = xdgFolder(env, 'XDG_CONFIG_HOME');
  return base === null ? null : join(base, 'systemd', 'user');
}

/** The interpreter and the program that run at this moment, as absolute paths. */
export function ownProgram(): readonly [node: string, program: string] {
  return [process.execPath, process.argv[1] ?? ''];
}

/** No call of the user manager takes longer, ms. */
const LONGEST_CALL_MS = 30_000;

/** Asks the user manager of systemd; the error says why it did not do so, one clause. */
export function askUserManager(args: readonly string[], env: Environment): Promise<Result<string, string>> {
  return new Promise(resolve => {
    const options = { env: { ...env, LC_ALL: 'C' }, timeout: LONGEST_CALL_MS };
    execFile('systemctl', ['--user', ...args], options, (error, stdout, stderr) => {
      if (error === null) return resolve(ok(stdout));
      const isMissing = 'code' in error && String(error.code) === 'ENOENT';
      const words = stderr.trim().split('\n')[0] ?? '';
      resolve(fail(isMissing ? 'this machine has no systemctl' : words === '' ? error.message : words));
    });
  });
}

/** How a service stands; the error says why that cannot be known, one clause. */
export async function readServiceState(name: string, env: Environment): Promise<Result<ServiceState, string>> {
  const asked = await askUserManager(['show', name, `--property=${SERVICE_PROPERTIES}`], env);
  return asked.ok ? ok(parseServiceState(asked.value)) : asked;
}

/**
 * Whether this user's services run while nobody is logged in (loginctl(1), enable-linger); `null` where that is not
 * known.
 */
export function lingers(folder = '/var/lib/systemd/linger'): boolean | null {
  try {
    return existsSync(join(folder, userInfo().username));
  } catch {
    return null;
  }
}
