import { ExitCode } from '../../app/exit-code.ts';
import { Failure, failureOfIssues } from '../../app/failure.ts';
import type { HouseSeals } from '../../app/sealed/house-seals.ts';
import type { Source } from '../../app/session.ts';
import { aclSource } from '../../app/sources/acl-source.ts';
import { logSource } from '../../app/sources/log-source.ts';
import type { World } from '../../app/world.ts';
import { cleanLines } from '../../core/clean-text.ts';
import type { House } from '../../core/house/house.ts';
import { formatIssue } from '../../core/issue.ts';
import type { Preferences } from '../../core/settings/schema.ts';
import { type LinkOptions, parseConnectionOptions } from '../../io/mqtt-options/mqtt-options.ts';
import { openPreferences } from '../../io/preferences/preferences.ts';
import type { Flags } from '../args/options.ts';
import type { Arguments } from '../args/parse.ts';
import { readPasswordFile } from '../files/password-line.ts';
import { ask, canAsk } from '../stdio/ask.ts';
import { print } from '../stdio/output.ts';
import { loadHouse } from './load-house.ts';
import { readSeals } from './read-seals.ts';
import { connectionOptions, resolveSettings, type Settings, typesPassword } from './settings.ts';

/** A house and its broker, as the settings name them. */
export interface SettledHouse {
  readonly settings: Settings;
  readonly link: LinkOptions;
  readonly house: House;
}

/** What a command needs to open a session. */
export interface Connection extends SettledHouse {
  readonly sources: readonly Source[];
  /** For the devices of the house that seal what they send. */
  readonly seals: HouseSeals;
}

/**
 * Reads house and connection, by the settings of this run unless others are given. A password that is missing is not asked
 * for yet: see `withPassword`. Throws a `Failure` for what is wrong with the settings: 64, 66 or 78.
 */
export async function readConnection(
  args: Arguments,
  world: World,
  given: Settings | null = null,
): Promise<Connection> {
  const settings = given ?? (await readSettings(args, world));
  const house = await loadHouse(settings.house.value, world.env);
  const link = readLink(settings, world, args.flags);
  const seals = await readSeals(house, link, world);
  return { settings, house, link, sources: openSources(settings, world), seals };
}

/** The settings of this run. Throws a `Failure`: 64 for an unknown profile, 78 for a broken settings file. */
export async function readSettings(args: Arguments, world: World): Promise<Settings> {
  const { preferences, issues } = await openPreferences(world.env, world.platform).read();
  const errors = issues.filter(issue => issue.severity === 'error');
  // A script must not end up at another broker because the settings could not be read.
  if (errors.length > 0) throw failureOfIssues(ExitCode.config, errors);
  return layOver(args, preferences, world);
}

/** Flags and environment over the settings. Throws a `Failure` (64) for an unknown profile. */
export function layOver({ flags }: Arguments, preferences: Preferences, world: World): Settings {
  const settings = resolveSettings(flags, world.env, preferences);
  if (!settings.ok) throw new Failure(ExitCode.usage, settings.error.message, settings.error.cure);
  return settings.value;
}

/** The link's options without a password that would have to be asked for; one among the words of `typed` is warned of. */
export function readLink(settings: Settings, world: World, typed: Flags): LinkOptions {
  const options = connectionOptions(settings);
  const { passwordFile } = settings;
  const password = settings.password?.value ?? (passwordFile && readPasswordFile(passwordFile.value));
  const login = password === undefined ? {} : { password };
  const link = parseConnectionOptions({ ...options, ...login }, world.random);
  if (link.ok) {
    if (typesPassword(typed)) warnOfArguments(world);
    return link.value;
  }
  const { cafile, cert, key, insecure, ...others } = options;
  const isAboutFiles = parseConnectionOptions({ ...others, ...login }, world.random).ok;
  const words = link.error.map(formatIssue).map(text => text.replace(/^error: /, ''));
  throw new Failure(isAboutFiles ? ExitCode.noInput : ExitCode.usage, words.join('\n'));
}

function warnOfArguments(world: World): void {
  const text =
    'hometui: a password on the command line can be read by others on this machine\n  Prefer --password-file.\n';
  void print(world.stderr, text).catch(() => 'closed');
}

/**
 * The link's options with a password, asked for where a user name came without one. Throws a `Failure` (77) where there is
 * nobody to ask.
 */
export async function withPassword(link: LinkOptions, settings: Settings, world: World): Promise<LinkOptions> {
  const { user, url } = link.session;
  if (user === null || link.password !== null) return link;
  const unused = unusedPassword(settings);
  const cure = `Give it with --password-file FILE or in HOMETUI_PASSWORD.${unused === null ? '' : `\n${unused}.`}`;
  if (!canAsk(world)) {
    throw new Failure(ExitCode.denied, `there is no password for ${user} at ${url}, and no terminal to ask on`, cure);
  }
  if (unused !== null) await print(world.stderr, cleanLines(`hometui: ${unused}\n`));
  const password = await ask(world, `Password of ${user} at ${url}: `, true);
  if (password === null) throw new Failure(ExitCode.interrupted, 'no password was given', cure);
  return { ...link, password };
}

/** Why a saved password is not used, one sentence without a full stop; `null` where none is left out. */
export function unusedPassword({ savedPasswordFor }: Settings): string | null {
  if (savedPasswordFor === undefined) return null;
  return `The saved password is for ${savedPasswordFor.value}, and is used nowhere else`;
}

/** What brings events in besides the link. The broker's log is followed only where it is named: it costs a process. */
function openSources({ acl, brokerLog }: Settings, { clock }: World): readonly Source[] {
  return [
    ...(acl === undefined ? [] : [aclSource(acl.value, clock)]),
    ...(brokerLog === undefined ? [] : [logSource(brokerLog.value, clock)]),
  ];
}
