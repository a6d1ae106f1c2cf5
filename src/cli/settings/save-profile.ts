import { resolve } from 'node:path';
import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { presets } from '../../core/house/presets.ts';
import type { BrokerProfile, Preferences } from '../../core/settings/schema.ts';
import { nearestCure } from '../args/named-ids.ts';
import type { Flags } from '../args/options.ts';
import type { Arguments } from '../args/parse.ts';
import { layOver, readLink, withPassword } from './connection.ts';
import type { Settings } from './settings.ts';

const NAME = /^[a-z0-9][a-z0-9._-]{0,39}$/i;

/**
 * What puts the connection of this command line and environment into settings as profile `name`; a profile of that name
 * is replaced. `saved` are the settings as they are now, for a profile that is taken as a pattern. Throws a `Failure`: 64
 * for a name or options that make no sense, 66 for a file of theirs that cannot be read.
 */
export async function profileChange(
  name: string,
  saved: Preferences,
  args: Arguments,
  world: World,
): Promise<(old: Preferences) => Preferences> {
  checkProfileName(name);
  // What is settled elsewhere is no part of it: a profile says all about its broker.
  const settings = layOver(args, saved.profiles === undefined ? {} : { profiles: saved.profiles }, world);
  const given = Object.values(settings).filter(setting => setting?.origin !== 'default');
  if (given.length === 0) {
    const cure = `As in: hometui config save ${name} -h raspberrypi.local -u monitor`;
    throw new Failure(ExitCode.usage, `there is nothing to save as ${name}: no broker, user or house is named`, cure);
  }
  const profile = await createProfile(settings, args.flags, world);
  return old => ({ ...old, profiles: { ...old.profiles, [name]: keepSecret(old.profiles?.[name], profile) } });
}

/** The settings without a profile. Throws a `Failure` (64) where there is none of this name. */
export function withoutProfile(name: string, old: Preferences): Preferences {
  const { profiles = {}, ...others } = old;
  if (!Object.hasOwn(profiles, name)) {
    const names = Object.keys(profiles);
    const cure = names.length === 0 ? 'The settings have no profiles.' : nearestCure(name, names);
    throw new Failure(ExitCode.usage, `there is no profile "${name}"`, cure);
  }
  const left = Object.fromEntries(Object.entries(profiles).filter(([other]) => other !== name));
  return Object.keys(left).length === 0 ? others : { ...others, profiles: left };
}

/** Refuses what cannot be the name of a profile. Throws a `Failure` (64). */
export function checkProfileName(name: string): void {
  if (NAME.test(name)) return;
  const cure = 'Take up to 40 letters, digits, points and hyphens: hometui config save cellar-pi -h 192.168.1.7';
  throw new Failure(
    ExitCode.usage,
    name === '' ? 'the profile has no name' : `"${name}" is no name for a profile`,
    cure,
  );
}

async function createProfile(settings: Settings, flags: Flags, world: World): Promise<BrokerProfile> {
  const savesPassword = flags.savePassword === true;
  const link = readLink(settings, world, flags);
  const { url, user } = link.session;
  const path = (file: string | undefined): string | undefined => file && resolve(world.cwd, file);
  const { cafile, cert, key, insecure, protocolVersion, keepalive, house, acl, brokerLog, passwordFile } = settings;
  const { engine, engineLogin, history } = settings;
  const { historyKeepDays, historyKeepYears, historyBudgetMb, historyFloorMb } = settings;
  const fields = {
    // Behind its question mark a URL may hold a token.
    url: savesPassword ? (link.webSocketUrl ?? url) : url,
    user: user ?? undefined,
    password: savesPassword ? ((await withPassword(link, settings, world)).password ?? undefined) : undefined,
    passwordFile: savesPassword ? undefined : path(passwordFile?.value),
    cafile: path(cafile?.value),
    cert: path(cert?.value),
    key: path(key?.value),
    insecure: insecure?.value,
    protocolVersion: protocolVersion.origin === 'default' ? undefined : protocolVersion.value,
    keepalive: keepalive?.value,
    house: house.origin === 'default' || Object.hasOwn(presets, house.value) ? ownValue(house) : path(house.value),
    acl: path(acl?.value),
    history: history?.value,
    historyKeepDays: historyKeepDays?.value,
    historyKeepYears: historyKeepYears?.value,
    historyBudgetMb: historyBudgetMb?.value,
    historyFloorMb: historyFloorMb?.value,
    engine: engine?.value,
    engineLogin: path(engineLogin?.value),
    brokerLog: brokerLog?.value === 'journal' ? 'journal' : path(brokerLog?.value),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function ownValue({ value, origin }: Settings['house']): string | undefined {
  return origin === 'default' ? undefined : value;
}

/** A password that was saved for this broker and this user stays with them. */
function keepSecret(old: BrokerProfile | undefined, profile: BrokerProfile): BrokerProfile {
  const isSame = old?.url === profile.url && old?.user === profile.user;
  const hasOther = profile.password !== undefined || profile.passwordFile !== undefined;
  return isSame && !hasOther && old?.password !== undefined ? { ...profile, password: old.password } : profile;
}
