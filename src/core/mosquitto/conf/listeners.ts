import { type BrokerConf, type ConfSetting, findSetting, isOn, isTrue } from '../broker-conf.ts';
import { type ConfPlugin, optionOf, pluginsOf } from './plugins.ts';

/** One address on which the broker listens, with all that decides who gets in there and what they may do. */
export interface Listener {
  /** Its `listener`, `port` or `bind_address` line; `null`: without one the broker listens on this machine only. */
  readonly setting: ConfSetting | null;
  readonly port: number;
  /** The address or name it is bound to; `null` for every address of the machine. */
  readonly address: string | null;
  /** The lines that name a file of rights for it; with none of these and no plugin that decides, all is allowed. */
  readonly acls: readonly ConfSetting[];
  readonly passwords: readonly ConfSetting[];
  /** Plugins that may decide by something else than these files. */
  readonly plugins: readonly ConfPlugin[];
  readonly isAnonymousAllowed: boolean;
  /** The line that says so; `null` where it is the default. */
  readonly anonymous: ConfSetting | null;
  /** Its certificate; `null` where it is not encrypted. */
  readonly certificate: ConfSetting | null;
  /** The authorities that it knows, which mostly have signed its own certificate too. */
  readonly authority: ConfSetting | null;
  readonly isWebSocket: boolean;
  /** Whether its clients see topics under another name (`mount_point`). */
  readonly isMounted: boolean;
}

const DEFAULT_PORT = 1_883;

/**
 * The listeners of a conf as mosquitto sets them up (mosquitto.conf(5), and its behaviour in tests): with
 * `per_listener_settings true` rights, passwords and `allow_anonymous` are those below each listener, else the last ones
 * of the conf are everybody's. Plugins that `plugin_use` (2.1) names are one listener's in both cases.
 */
export function listenersOf(conf: BrokerConf): readonly Listener[] {
  const { settings } = conf;
  const isPerListener = isOn(conf, 'per_listener_settings', false);
  const starts = listenerStarts(conf);
  const plugins = pluginsOf(conf);
  const scopeOf = (own: readonly ConfSetting[]): Scope => ({ conf, plugins, own, isPerListener });
  if (starts.length === 0) return [listenerOf(null, scopeOf(settings))];
  return starts.map((start, place) => {
    const own = settings.slice(start + 1, starts[place + 1] ?? settings.length);
    return listenerOf(settings[start] ?? null, scopeOf(own));
  });
}

/** A listener as people name it: `listener 1884 on 127.0.0.1`. */
export function listenerName({ port, address, setting }: Listener): string {
  if (setting === null) return `the listener of this machine (${port})`;
  return `listener ${port}${address === null ? '' : ` on ${address}`}`;
}

/** Whether nothing decides on a listener who may read and write what: whoever is let in there may do everything. */
export function isUnguarded({ acls, plugins }: Listener): boolean {
  return acls.length === 0 && plugins.length === 0;
}

/** The places of the lines with which listeners begin: those of old, `port` and `bind_address`, make one together. */
export function listenerStarts({ settings }: Pick<BrokerConf, 'settings'>): readonly number[] {
  const old = settings.findIndex(({ key }) => key === 'port' || key === 'bind_address');
  return settings.flatMap(({ key }, index) => (key === 'listener' || index === old ? [index] : []));
}

/** What a listener is made of: the whole conf, and the lines below it. */
interface Scope {
  readonly conf: BrokerConf;
  readonly plugins: readonly ConfPlugin[];
  readonly own: readonly ConfSetting[];
  readonly isPerListener: boolean;
}

function listenerOf(setting: ConfSetting | null, scope: Scope): Listener {
  const { conf, own, isPerListener } = scope;
  const { port, address } = addressOf(setting, conf);
  const lines = isPerListener ? own : conf.settings;
  const inUse = pluginsFor(scope);
  const anonymous =
    own.findLast(({ key }) => key === 'listener_allow_anonymous') ??
    lines.findLast(({ key }) => key === 'allow_anonymous') ??
    null;
  return {
    ...{ setting, port, address },
    acls: [...filesOf(lines, 'acl_file'), ...optionsOf(inUse, 'acl_file')],
    passwords: [...filesOf(lines, 'password_file'), ...optionsOf(inUse, 'password_file')],
    plugins: inUse.filter(({ kind }) => kind === 'dynamic-security' || kind === 'other'),
    // Without a listener of its own, mosquitto 2 serves this machine only and lets everybody in (mosquitto.conf(5)).
    isAnonymousAllowed: anonymous === null ? setting === null : isTrue(anonymous),
    anonymous,
    certificate: own.findLast(({ key }) => key === 'certfile') ?? null,
    authority: own.findLast(({ key }) => key === 'cafile') ?? null,
    isWebSocket: own.some(({ key, value }) => key === 'protocol' && value === 'websockets'),
    isMounted: own.some(({ key }) => key === 'mount_point'),
  };
}

/** Where it listens; what `port` and `bind_address` say holds wherever they stand. */
function addressOf(setting: ConfSetting | null, conf: BrokerConf): Pick<Listener, 'port' | 'address'> {
  if (setting === null) return { port: DEFAULT_PORT, address: 'localhost' };
  if (setting.key !== 'listener') {
    const port = Number(findSetting(conf, 'port')?.value ?? DEFAULT_PORT);
    return { port, address: findSetting(conf, 'bind_address')?.value ?? null };
  }
  const [port = '', address = ''] = setting.value.split(' ');
  return { port: Number(port), address: address === '' ? null : address };
}

/** The last of them: 2.0 does not start with two, to 2.1 the later one holds. */
function filesOf(lines: readonly ConfSetting[], key: 'acl_file' | 'password_file'): readonly ConfSetting[] {
  const last = lines.findLast(setting => setting.key === key && setting.value !== '');
  return last === undefined ? [] : [last];
}

function optionsOf(plugins: readonly ConfPlugin[], option: 'acl_file' | 'password_file'): readonly ConfSetting[] {
  const kind = option === 'acl_file' ? 'acl-file' : 'password-file';
  return plugins.filter(plugin => plugin.kind === kind).flatMap(plugin => optionOf(plugin, option) ?? []);
}

/** The plugins that have a say on a listener. */
function pluginsFor({ plugins, own, isPerListener }: Scope): readonly ConfPlugin[] {
  const used = own.filter(({ key }) => key === 'plugin_use').map(({ value }) => value);
  return plugins.filter(({ setting, name }) => {
    if (name !== null) return used.includes(name);
    return setting.key === 'global_plugin' || !isPerListener || own.includes(setting);
  });
}
