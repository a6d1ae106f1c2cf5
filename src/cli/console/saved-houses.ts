import type { World } from '../../app/world.ts';
import { maskAddress } from '../../core/mask-secrets.ts';
import type { Preferences } from '../../core/settings/schema.ts';
import { parseConnectionOptions } from '../../io/mqtt-options/mqtt-options.ts';
import type { HouseEntry } from '../../ui/state/house-list.ts';
import { type Flags, optionEntries } from '../args/options.ts';
import { layOver } from '../settings/connection.ts';
import { connectionOptions } from '../settings/settings.ts';

const NAMING = optionEntries.filter(([, { group }]) => group === 'connection' || group === 'house');

/** Whether command line or environment say something of a house: then it is that one. */
export function namesHouse(flags: Flags, env: World['env']): boolean {
  return NAMING.some(([name, spec]) => flags[name] !== undefined || filled(spec.env, env));
}

const filled = (variable: string | undefined, env: World['env']): boolean =>
  variable !== undefined && (env[variable] ?? '') !== '';

/** How one of the saved houses is opened: it is what is saved, whatever else was named. */
export function choiceOf(
  { profile }: Pick<HouseEntry, 'profile'>,
  flags: Flags,
  world: World,
): { readonly flags: Flags; readonly world: World } {
  const named = new Set<string>(NAMING.map(([name]) => name));
  const variables = new Set(NAMING.map(([, spec]) => spec.env));
  const without = <Value>(all: Readonly<Record<string, Value>>, isLeft: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => !isLeft(name)));
  return {
    flags: { ...without(flags, name => named.has(name)), ...(profile === null ? {} : { profile }) } as Flags,
    world: { ...world, env: without(world.env, name => variables.has(name)) },
  };
}

/**
 * The houses that are saved: each profile, and what the settings say without one, or where the console was last, where
 * that is another.
 */
export function savedHouses(preferences: Preferences, world: World): readonly HouseEntry[] {
  const { last, profiles = {} } = preferences;
  const placeOf = (profile: string | null): Pick<HouseEntry, 'profile' | 'address' | 'user'> => {
    const { flags, world: bare } = choiceOf({ profile }, {}, world);
    const settings = layOver({ command: 'console', flags, operands: [] }, preferences, bare);
    const link = parseConnectionOptions(connectionOptions(settings), world.random);
    if (link.ok) return { profile, address: link.value.session.url, user: link.value.session.user };
    return { profile, address: maskAddress(settings.url?.value ?? ''), user: settings.user?.value ?? null };
  };
  const isLast = ({ address, user }: Pick<HouseEntry, 'address' | 'user'>): boolean =>
    last?.url === address && (last.user ?? null) === user;
  const entryOf = (name: string, profile: string | null): HouseEntry => {
    const place = placeOf(profile);
    return { ...place, name, isLast: isLast(place) };
  };
  const named = Object.keys(profiles).map(name => entryOf(name, name));
  if (preferences.url !== undefined) return [...named, entryOf('settings', null)];
  const isElsewhere = last !== undefined && !named.some(entry => entry.isLast);
  return isElsewhere ? [...named, entryOf('last time', null)] : named;
}
