import { join, resolve } from 'node:path';
import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import type { ServiceUnit } from '../../core/daemon/unit.ts';
import { unitName } from '../../core/daemon/unit.ts';
import { presets } from '../../core/house/presets.ts';
import { ownProgram, unitFolder } from '../../io/user-service/user-manager.ts';
import { longForm } from '../args/options.ts';
import type { Arguments } from '../args/parse.ts';
import type { SettledHouse } from '../settings/connection.ts';
import type { Setting, Settings } from '../settings/settings.ts';

/** A daemon as the service of its user. */
export interface Service {
  /** `hometui-home.service` */
  readonly name: string;
  /** Of the unit file. */
  readonly path: string;
  readonly unit: ServiceUnit;
}

/** The service of this command line. Throws a `Failure` (78) where there is no place for its unit. */
export function serviceOf(read: SettledHouse, { flags }: Arguments, { env, cwd }: World): Service {
  const folder = unitFolder(env);
  if (folder === null) {
    const cure = 'Set HOME or XDG_CONFIG_HOME to an absolute path.';
    throw new Failure(ExitCode.config, 'there is no place for the units of systemd', cure);
  }
  const { house, link, settings } = read;
  const { host, port, url, user } = link.session;
  const place = port === 1_883 || port === 8_883 ? host : `${host}-${port}`;
  const name = unitName(flags.profile ?? `${house.config.name}-${place}`);
  const kept = ['XDG_STATE_HOME', 'XDG_CONFIG_HOME'].flatMap(variable => {
    const value = env[variable];
    return value?.startsWith('/') ? [[variable, value] as const] : [];
  });
  const who = user === null ? '' : ` as ${user}`;
  const description = `hometui records ${house.config.name} at ${url}${who}`.replace(/\p{Cc}/gu, ' ');
  const metrics = flags.metrics === undefined ? [] : ['--metrics', flags.metrics];
  const command = [...ownProgram(), 'daemon', ...wordsOf(read, flags.profile, settings, cwd), ...metrics];
  if (command.some(word => /\p{Cc}/u.test(word))) {
    throw new Failure(ExitCode.usage, 'an option holds a control character, which no unit can hold');
  }
  return { name, path: join(folder, name), unit: { description, command, environment: kept } };
}

type Named = keyof Settings & ('protocolVersion' | 'id' | 'keepalive' | 'house' | 'cafile' | 'cert' | 'key' | FileName);
type FileName = 'acl' | 'brokerLog' | 'passwordFile' | 'engine' | 'engineLogin';

const NAMED: readonly Named[] = [
  ...(['passwordFile', 'cafile', 'cert', 'key', 'protocolVersion', 'id', 'keepalive'] as const),
  ...(['house', 'brokerLog', 'acl', 'engine', 'engineLogin'] as const),
];
const FILES: readonly Named[] = ['passwordFile', 'cafile', 'cert', 'key', 'house', 'brokerLog', 'acl', 'engineLogin'];

/**
 * The options that make the same connection without this shell: what the profile says stays there, all else is written
 * out, for settings and environment are others tomorrow. No password is among them.
 */
function wordsOf({ link }: SettledHouse, profile: string | undefined, settings: Settings, cwd: string): string[] {
  const { url, user } = link.session;
  const isElsewhere = (setting: Setting<unknown> | undefined): boolean =>
    setting !== undefined && setting.origin !== 'profile' && setting.origin !== 'default';
  const isNamed = isElsewhere(settings.url) || isElsewhere(settings.host) || isElsewhere(settings.port);
  const isUserNamed = isElsewhere(settings.user) || (isNamed && user !== null);
  const words = profile === undefined ? [] : ['--profile', profile];
  if (isNamed || profile === undefined) words.push('--url', url);
  if (isUserNamed && user !== null) words.push(...optionWords('user', user));
  for (const name of NAMED) {
    const setting = settings[name];
    if (setting === undefined || !isElsewhere(setting)) continue;
    const isFile = FILES.includes(name) && setting.value !== 'journal' && !Object.hasOwn(presets, setting.value);
    words.push(...optionWords(name, isFile ? resolve(cwd, String(setting.value)) : String(setting.value)));
  }
  if (isElsewhere(settings.insecure) && settings.insecure?.value === true) words.push('--insecure');
  return words;
}

/** A value that begins with a hyphen belongs to its option all the same. */
function optionWords(name: string, value: string): string[] {
  return value.startsWith('-') ? [`${longForm(name)}=${value}`] : [longForm(name), value];
}

/**
 * Throws a `Failure` (77) where the service would have no password: one that is typed or stands in the environment is
 * not there when it starts, and none is ever written on a command line.
 */
export function requireLastingPassword({ link, settings }: SettledHouse): void {
  const { user } = link.session;
  const { password, passwordFile, url } = settings;
  const isIn = (setting: Setting<unknown> | undefined): boolean =>
    setting?.origin === 'profile' || setting?.origin === 'settings';
  const isInUrl = password === undefined && link.password !== null && isIn(url);
  // Behind its question mark the address of a WebSocket may hold a token.
  const hasToken =
    (link.webSocketUrl?.includes('?') === true && !isIn(url)) ||
    (settings.engine?.origin !== 'profile' && /\/\/[^/]*@/.test(settings.engine?.value ?? ''));
  const isThere = user === null || passwordFile !== undefined || isIn(password) || isInUrl;
  if (isThere && !hasToken) return;
  const cure =
    'Name a file with --password-file, or save the broker and install by it:\n' +
    'hometui config save home … --save-password, then hometui daemon install --profile home.';
  const message = hasToken
    ? 'the address holds what others may not read, and would stand in the unit'
    : `the service would have no password for ${user}: it has neither this terminal nor this environment`;
  throw new Failure(ExitCode.denied, message, cure);
}
