import { nearestWord } from '../../core/nearest-word.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { NoticeSettings } from '../../core/settings/notices.ts';
import type { BrokerProfile, Preferences } from '../../core/settings/schema.ts';
import type { ConnectionOptions } from '../../io/mqtt-options/mqtt-options.ts';
import type { Flags } from '../args/options.ts';
import type { UsageFault } from '../args/parse.ts';
import { brokerKey, isSameBroker, type NamedBroker } from './same-broker.ts';

/** Where a value comes from: the first of these that has it, in this order. */
export type Origin = 'flag' | 'environment' | 'profile' | 'settings' | 'last time' | 'default';

/** One value with its origin. */
export interface Setting<Value> {
  readonly value: Value;
  readonly origin: Origin;
}

/** What holds for this run: flag beats environment, that beats the settings, those beat the defaults. */
export interface Settings {
  readonly url?: Setting<string>;
  readonly host?: Setting<string>;
  readonly port?: Setting<number>;
  readonly user?: Setting<string>;
  readonly password?: Setting<string>;
  readonly passwordFile?: Setting<string>;
  /** Whom and where a saved password is for that this run does not use, as it goes to somebody else or elsewhere. */
  readonly savedPasswordFor?: Setting<string>;
  readonly cafile?: Setting<string>;
  readonly cert?: Setting<string>;
  readonly key?: Setting<string>;
  readonly insecure?: Setting<boolean>;
  readonly protocolVersion: Setting<'5' | '311' | 'auto'>;
  readonly id?: Setting<string>;
  readonly keepalive?: Setting<number>;
  readonly house: Setting<string>;
  readonly acl?: Setting<string>;
  readonly brokerLog?: Setting<string>;
  readonly theme?: Setting<string>;
  /** Whether the console records; it does where this is absent. */
  readonly history?: Setting<boolean>;
  /** How long and how much of it is kept: days, years, MB; and how much of the disk is left free, MB. */
  readonly historyKeepDays?: Setting<number>;
  readonly historyKeepYears?: Setting<number>;
  readonly historyBudgetMb?: Setting<number>;
  readonly historyFloorMb?: Setting<number>;
  /** The database that the daemon sends the history to, and the file with the login there. */
  readonly engine?: Setting<string>;
  readonly engineLogin?: Setting<string>;
  /** By what alarms are told while nobody looks. */
  readonly notices?: Setting<NoticeSettings>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A layer of values of one origin, the stronger before the weaker. */
interface Layer {
  readonly origin: Origin;
  readonly values: LayerValues;
}

type LayerValues = { readonly [Name in keyof Settings]?: NonNullable<Settings[Name]>['value'] | undefined };

const DEFAULT_WITH_TLS: AddressSettings = { url: { value: 'mqtts://localhost:8883', origin: 'default' } };
const DEFAULTS: LayerValues = { url: 'mqtt://localhost:1883', protocolVersion: 'auto', house: 'article' };

/** Lays flags, environment and settings over each other. The fault is a profile that the settings do not have. */
export function resolveSettings(
  flags: Flags,
  env: Environment,
  preferences: Preferences,
): Result<Settings, UsageFault> {
  const profile = flags.profile === undefined ? null : findProfile(flags.profile, preferences);
  if (profile !== null && !profile.ok) return profile;
  const layers: readonly Layer[] = [
    { origin: 'flag', values: flags },
    { origin: 'environment', values: fromEnvironment(env) },
    // A profile says all about its broker: the other settings do not shine through.
    ...(profile === null ? savedLayers(preferences) : [{ origin: 'profile' as const, values: profile.value }]),
    { origin: 'default', values: DEFAULTS },
  ];
  const combined = combine(layers, flags.profile === undefined ? preferences.theme : undefined);
  // They are this user's, and no broker's.
  const { notices } = preferences;
  return ok(notices === undefined ? combined : { ...combined, notices: { value: notices, origin: 'settings' } });
}

function savedLayers(preferences: Preferences): Layer[] {
  const { last, profiles, theme, notices, ...own } = preferences;
  const saved: Layer = { origin: 'settings', values: own };
  // Who we were last time is meant only for where we were last time.
  return last === undefined || own.url !== undefined ? [saved] : [saved, { origin: 'last time', values: last }];
}

function fromEnvironment(env: Environment): LayerValues {
  const filled = (text: string | undefined): string | undefined => (text === '' ? undefined : text);
  return {
    url: filled(env.HOMETUI_URL),
    user: filled(env.HOMETUI_USER),
    password: env.HOMETUI_PASSWORD,
    house: filled(env.HOMETUI_HOUSE),
    theme: filled(env.HOMETUI_THEME),
  };
}

function findProfile(name: string, { profiles = {} }: Preferences): Result<BrokerProfile, UsageFault> {
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (profile !== undefined) return ok(profile);
  const names = Object.keys(profiles);
  const nearest = nearestWord(name, names);
  const cure =
    names.length === 0
      ? 'The settings have no profiles yet; hometui config path says where they are.'
      : `${nearest === null ? '' : `Did you mean ${nearest}? `}The settings have ${names.join(', ')}.`;
  return fail({ message: `there is no profile "${name}"`, cure });
}

function combine(layers: readonly Layer[], theme: string | undefined): Settings {
  const pick = <Name extends keyof Settings>(name: Name): Setting<never> | undefined => {
    const layer = layers.find(({ values }) => values[name] !== undefined);
    return layer === undefined ? undefined : { value: layer.values[name] as never, origin: layer.origin };
  };
  const named = pickAddress(layers);
  const hasTls = (['cafile', 'cert', 'key'] as const).some(name => pick(name) !== undefined);
  const address = hasTls && named.url?.origin === 'default' ? DEFAULT_WITH_TLS : named;
  const names = ['cafile', 'cert', 'key', 'insecure', 'protocolVersion', 'id', 'keepalive', 'house'] as const;
  const others = ['acl', 'brokerLog', 'theme', 'history', 'engine', 'engineLogin'] as const;
  const limits = ['historyKeepDays', 'historyKeepYears', 'historyBudgetMb', 'historyFloorMb'] as const;
  const picked: Record<string, Setting<unknown> | undefined> = { ...address, user: pickUser(layers, address) };
  for (const name of [...names, ...others, ...limits]) picked[name] = pick(name);
  if (picked.theme === undefined && theme !== undefined) picked.theme = { value: theme, origin: 'settings' };
  Object.assign(picked, pickPassword(layers, address, { named: picked.user?.value as string | undefined, hasTls }));
  return Object.fromEntries(
    Object.entries(picked).filter(([, setting]) => setting !== undefined),
  ) as unknown as Settings;
}

type AddressSettings = Pick<Settings, 'url' | 'host' | 'port'>;

/** Where the broker is comes from one layer as a whole; a port alone changes that of the layer below. */
function pickAddress(layers: readonly Layer[]): AddressSettings {
  const [first] = layers;
  const { url, host, port } = first?.values ?? {};
  if (url !== undefined || host !== undefined) return named({ url, host, port }, 'flag');
  const below = layers.slice(1).find(({ values }) => values.url !== undefined);
  if (port === undefined) return named({ url: below?.values.url }, below?.origin ?? 'default');
  // A password that was saved for one port is not for another.
  const old = isSaved(below) ? below.values.url.replace(/^([a-z]+:\/\/[^:@/?#]*):[^/?#]*@/i, '$1@') : below?.values.url;
  return named({ url: withPort(old ?? '', port) }, 'flag');
}

function named(values: LayerValues, origin: Origin): AddressSettings {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, { value, origin }]));
}

function withPort(url: string, port: number): string {
  return url.replace(/^([a-z]+:\/\/(?:[^@/]*@)?(?:\[[^\]]*\]|[^:/?#]*))(?::\d+)?/i, `$1:${port}`);
}

/** The layer that says where the broker is: a name or a password in its URL ranks as it does. */
function findAddressLayer(layers: readonly Layer[]): Layer | undefined {
  const [flags] = layers;
  const isByHost = flags?.values.host !== undefined && flags.values.url === undefined;
  return isByHost ? undefined : layers.find(({ values }) => values.url !== undefined);
}

/** Who is named in a URL; `null` for nobody. */
function loginIn(url: string | undefined): { readonly user: string | null; readonly hasPassword: boolean } {
  const [, user = '', password = ''] = /^[a-z]+:\/\/([^:@/?#]*)(:[^/?#]*)?@/i.exec(url ?? '') ?? [];
  return { user: user === '' ? null : user, hasPassword: password.length > 1 };
}

/** `undefined` also where the user is the one in the address. */
function pickUser(layers: readonly Layer[], address: AddressSettings): Setting<string> | undefined {
  const addressLayer = findAddressLayer(layers);
  for (const layer of layers) {
    const { origin, values } = layer;
    if (origin === 'last time' && address.url?.origin !== origin) continue;
    if (values.user !== undefined) return { value: values.user, origin };
    if (layer === addressLayer && loginIn(values.url).user !== null) return undefined;
  }
  return undefined;
}

/**
 * A password that is typed or in the environment is meant for this run. A saved one belongs to the user and the broker
 * that it is saved with: it never goes to another broker, nor with another name.
 */
function pickPassword(
  layers: readonly Layer[],
  address: AddressSettings,
  { named, hasTls }: { readonly named: string | undefined; readonly hasTls: boolean },
): Pick<Settings, 'password' | 'passwordFile' | 'savedPasswordFor'> {
  const addressLayer = findAddressLayer(layers);
  const user = named ?? loginIn(address.url?.value).user;
  const { url, host, port } = address;
  const options = { url: url?.value, host: host?.value, port: port?.value };
  const goal: NamedBroker = { ...definedOf(options), hasTlsFile: hasTls };
  const isForUs = (layer: Layer): boolean => {
    if (!isSaved(layer)) return true;
    const { origin, values } = layer;
    const isItsUser = (values.user ?? loginIn(values.url).user) === user;
    return isItsUser && (url?.origin === origin || isSameBroker(goal, savedBroker(values)));
  };
  let savedPasswordFor: Setting<string> | undefined;
  for (const layer of layers) {
    const { origin, values } = layer;
    const { password, passwordFile } = values;
    const isUsed = (password !== undefined || passwordFile !== undefined) && isForUs(layer);
    if (isUsed && passwordFile !== undefined) return { passwordFile: { value: passwordFile, origin } };
    if (isUsed && password !== undefined) return { password: { value: password, origin } };
    const { user: urlUser, hasPassword } = loginIn(values.url);
    if (layer === addressLayer && hasPassword && urlUser === user) return {};
    if (password !== undefined || passwordFile !== undefined) savedPasswordFor ??= { value: ownerOf(values), origin };
  }
  return savedPasswordFor === undefined ? {} : { savedPasswordFor };
}

function isSaved(layer: Layer | undefined): layer is Layer & { values: { url: string } } {
  return layer?.origin === 'profile' || layer?.origin === 'settings' || layer?.origin === 'last time';
}

function savedBroker({ url, cafile, cert, key }: LayerValues): NamedBroker {
  const hasTlsFile = [cafile, cert, key].some(file => file !== undefined);
  return url === undefined ? { hasTlsFile } : { url, hasTlsFile };
}

/** Whose saved password it is: `master at mqtt://pi:1883`. */
function ownerOf(values: LayerValues): string {
  const broker = brokerKey(savedBroker(values)) ?? 'an address that cannot be read';
  return `${values.user ?? loginIn(values.url).user ?? 'no user'} at ${broker}`;
}

function definedOf<Fields extends object>(fields: Fields): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/** Whether a password stands among the words of the command line, where others on this machine can read it. */
export function typesPassword({ password, url }: Flags): boolean {
  return password !== undefined || loginIn(url).hasPassword;
}

/** The settings as the link takes them, without the password. */
export function connectionOptions(settings: Settings): ConnectionOptions {
  const { url, host, port, user, cafile, cert, key, insecure, protocolVersion, id, keepalive } = settings;
  const picked = { url, host, port, user, cafile, cert, key, insecure, protocolVersion, id, keepalive };
  const given = Object.entries(picked).filter(([, setting]) => setting !== undefined);
  return Object.fromEntries(given.map(([name, setting]) => [name, setting?.value])) as ConnectionOptions;
}
