import type { BrokerConf, ConfSetting } from '../broker-conf.ts';

/** The settings that let a plugin in; `plugin_load` only makes it known, and `plugin_use` below a listener lets it in. */
const LOADERS = new Set(['plugin', 'auth_plugin', 'global_plugin', 'plugin_load']);

/** What a plugin is for: mosquitto's own ones by the names of their files, which are the same wherever they lie. */
export type PluginKind = 'acl-file' | 'password-file' | 'dynamic-security' | 'persistence' | 'other';

const KINDS: Readonly<Record<string, PluginKind>> = {
  'mosquitto_acl_file.so': 'acl-file',
  'mosquitto_password_file.so': 'password-file',
  'mosquitto_dynamic_security.so': 'dynamic-security',
  'mosquitto_persist_sqlite.so': 'persistence',
};

/** A plugin of a conf. */
export interface ConfPlugin {
  /** The line that loads it. */
  readonly setting: ConfSetting;
  /** Its file. */
  readonly path: string;
  readonly kind: PluginKind;
  /** The name that `plugin_load` gives it; `null` for one that is in use without a `plugin_use`. */
  readonly name: string | null;
  /** Its `plugin_opt_…` lines: those up to the next plugin. */
  readonly options: readonly ConfSetting[];
}

/** Whether a setting loads a plugin. */
export function isPluginLine({ key }: Pick<ConfSetting, 'key'>): boolean {
  return LOADERS.has(key);
}

/** Whether a setting is an option for a plugin. */
export function isPluginOption({ key }: Pick<ConfSetting, 'key'>): boolean {
  return /^(?:auth|plugin)_opt_/.test(key);
}

/** The plugins of a conf in their order, each with its options. */
export function pluginsOf({ settings }: BrokerConf): readonly ConfPlugin[] {
  const starts = settings.flatMap((setting, index) => (isPluginLine(setting) ? [index] : []));
  return starts.flatMap((start, place): readonly ConfPlugin[] => {
    const setting = settings[start];
    if (setting === undefined) return [];
    const own = settings.slice(start + 1, starts[place + 1] ?? settings.length);
    const isNamed = setting.key === 'plugin_load';
    const [first = '', ...rest] = setting.value.split(' ');
    const path = isNamed ? rest.join(' ') : setting.value;
    const kind = KINDS[path.slice(path.lastIndexOf('/') + 1)] ?? 'other';
    return [{ setting, path, kind, name: isNamed ? first : null, options: own.filter(isPluginOption) }];
  });
}

/** The line that names a plugin's file of rights, passwords or clients; `null` where it has none. */
export function optionOf(plugin: ConfPlugin, option: 'acl_file' | 'password_file' | 'config_file'): ConfSetting | null {
  return plugin.options.findLast(({ key }) => key.replace(/^(?:auth|plugin)_opt_/, '') === option) ?? null;
}
