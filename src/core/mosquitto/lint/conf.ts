import type { Issue } from '../../issue.ts';
import { nearestWord } from '../../nearest-word.ts';
import { quote } from '../acl-line.ts';
import { type BrokerConf, type ConfSetting, isOn } from '../broker-conf.ts';
import { type BrokerVersion, byVersion } from '../broker-version.ts';
import { isUnguarded, listenerStarts, listenersOf } from '../conf/listeners.ts';
import { isPluginLine, isPluginOption } from '../conf/plugins.ts';
import { knownSince, settingNames } from '../conf-names.ts';
import type { LintRule } from './input.ts';

/** The settings that belong to a listener with per_listener_settings true. */
const SECURITY = new Set(['acl_file', 'password_file', 'allow_anonymous']);
/** Those that may not stand above per_listener_settings. */
const BELOW_PER_LISTENER = new Set([...SECURITY, 'psk_file', 'allow_zero_length_clientid', 'auto_id_prefix']);
/** The settings that may stand once, by the versions that do not start with a second one. */
const ONCE: Readonly<Record<string, 'both' | '2.0'>> = {
  acl_file: '2.0',
  password_file: '2.0',
  user: '2.0',
  pid_file: 'both',
  persistence_location: 'both',
};

/** A setting that the broker does not know. */
export const unknownSetting: LintRule = ({ conf, version }) => {
  if (conf === null) return [];
  // What was misspelt by capitals, tabs or a comment has been told with its line.
  const told = new Set(conf.issues.map(({ place }) => `${place?.file}:${place?.line}`));
  return conf.settings.flatMap(setting => {
    const since = knownSince(setting.key);
    if (since === '2.0' || told.has(`${setting.file}:${setting.line}`)) return [];
    if (since === null) return [{ ...unknown(setting), place: placeOf(setting) }];
    if (version === '2.1') return [];
    const message = `${setting.key} is new in mosquitto 2.1: 2.0 does not start with it`;
    const cure = 'Leave it out, or run the newer mosquitto.';
    return [{ severity: version === '2.0' ? 'error' : 'warning', message, cure, place: placeOf(setting) }];
  });
};

function unknown({ key, value }: ConfSetting): Issue {
  const [name = '', given = ''] = key.split(/=(.*)/s);
  if (key.includes('=') && knownSince(name) !== null) {
    const message = 'a = stands where a space must; mosquitto does not start with it';
    return { severity: 'error', message, cure: `Write: ${`${name} ${given} ${value}`.replace(/ +/g, ' ').trim()}` };
  }
  const nearest = nearestWord(key, settingNames);
  const cure =
    nearest === null ? 'Delete the line: man mosquitto.conf lists the settings.' : `Write: ${nearest} ${value}`;
  return {
    severity: 'error',
    message: `${quote(key)} is no setting; mosquitto does not start with it`,
    cure: cure.trim(),
  };
}

/** What stands where it may not: each kept the brokers that were tried from starting. */
export const settingsOutOfOrder: LintRule = ({ conf, version }) => {
  if (conf === null) return [];
  const { settings } = conf;
  return settings.flatMap((setting, index) => {
    const before = settings.slice(0, index);
    const found =
      latePerListener(setting, before) ??
      optionWithoutPlugin(setting, before) ??
      pluginNotLoaded(setting, before) ??
      secondLogFile(setting, before) ??
      secondOne(conf, setting, before, version) ??
      beforeFirstListener(conf, setting, before, version);
    return found === null ? [] : [{ ...found, place: placeOf(setting) }];
  });
};

function latePerListener({ key, value }: ConfSetting, before: readonly ConfSetting[]): Issue | null {
  if (key !== 'per_listener_settings' || !/^(?:true|1)(?: |$)/.test(value)) return null;
  const first = before.find(other => BELOW_PER_LISTENER.has(other.key) || isPluginLine(other));
  if (first === undefined) return null;
  const message = `per_listener_settings stands below ${first.key} (line ${first.line}); mosquitto does not start with it`;
  return { severity: 'error', message, cure: `Move the line to the top: ${key} ${value}` };
}

function optionWithoutPlugin(setting: ConfSetting, before: readonly ConfSetting[]): Issue | null {
  const { key } = setting;
  if (!isPluginOption(setting) || before.some(isPluginLine)) return null;
  const message = `${key} stands above every plugin, and so belongs to none; mosquitto does not start with it`;
  const own = /^plugin_opt_(acl_file|password_file)$/.exec(key)?.[1];
  const cure = own === undefined ? 'Write it below its plugin line.' : `Write it below its plugin line, or: ${own} …`;
  return { severity: 'error', message, cure };
}

/** `plugin_use` (2.1; 2.0 does not know it, and that is told) names a plugin that was loaded above, below a listener. */
function pluginNotLoaded({ key, value }: ConfSetting, before: readonly ConfSetting[]): Issue | null {
  if (key !== 'plugin_use') return null;
  if (!before.some(other => other.key === 'listener')) {
    const message = 'plugin_use stands above every listener, and so belongs to none; mosquitto does not start with it';
    return { severity: 'error', message, cure: `Write it below each listener that it is for: plugin_use ${value}` };
  }
  const isLoaded = before.some(other => other.key === 'plugin_load' && other.value.split(' ')[0] === value);
  if (isLoaded) return null;
  const message = `no plugin_load above names a plugin ${quote(value)}; mosquitto does not start with it`;
  return {
    severity: 'error',
    message,
    cure: `Write above the first listener: plugin_load ${value} /path/of/plugin.so`,
  };
}

function secondLogFile({ key, value }: ConfSetting, before: readonly ConfSetting[]): Issue | null {
  const isLogFile = (setting: Pick<ConfSetting, 'key' | 'value'>): boolean =>
    setting.key === 'log_dest' && /^file(?: |$)/.test(setting.value);
  const first = isLogFile({ key, value }) ? before.find(isLogFile) : undefined;
  if (first === undefined) return null;
  const message = `a second log_dest file, the first is in line ${first.line}; mosquitto does not start with it`;
  return {
    severity: 'error',
    message,
    cure: 'Delete one of the two lines; log_dest topic and syslog may stand beside it.',
  };
}

function secondOne(
  conf: BrokerConf,
  { key }: ConfSetting,
  before: readonly ConfSetting[],
  version: BrokerVersion | null,
): Issue | null {
  const refusedBy = ONCE[key];
  if (refusedBy === undefined || (refusedBy === '2.0' && version === '2.1')) return null;
  const isPerListener = SECURITY.has(key) && isOn(conf, 'per_listener_settings', false);
  const scope = isPerListener ? before.slice(before.findLastIndex(other => other.key === 'listener') + 1) : before;
  const first = scope.find(other => other.key === key);
  if (first === undefined) return null;
  const who =
    refusedBy === 'both' ? 'mosquitto does not start with it' : byVersion(version, 'does not start with it', 'does');
  const message = `a second ${key}, the first is in line ${first.line}; ${who}`;
  return { severity: 'error', message, cure: 'Keep the one that is meant.' };
}

function beforeFirstListener(
  conf: BrokerConf,
  { key, value }: ConfSetting,
  before: readonly ConfSetting[],
  version: BrokerVersion | null,
): Issue | null {
  if (!SECURITY.has(key) || !isOn(conf, 'per_listener_settings', false)) return null;
  // Without any listener of its own the broker has the default one, and the setting is for that.
  if (listenerStarts({ settings: before }).length > 0) return null;
  if (!conf.settings.some(other => other.key === 'listener')) return null;
  const what = byVersion(version, 'uses it for none of the listeners below', 'does not start with it');
  const message = `with per_listener_settings true, ${key} stands above the first listener; ${what}`;
  return { severity: 'error', message, cure: `Write it below each listener that it is for: ${key} ${value}` };
}

/** A listener without an access control list beside one with: what is denied on the one is allowed on the other. */
export const listenerWithoutAcl: LintRule = ({ conf }) => {
  const listeners = conf === null ? [] : listenersOf(conf);
  if (conf === null || listeners.every(isUnguarded)) return [];
  const isPerListener = isOn(conf, 'per_listener_settings', false);
  return listeners.filter(isUnguarded).flatMap(({ setting }) => {
    if (setting === null) return [];
    const why = isPerListener
      ? 'has no acl_file, and with per_listener_settings true none is lent to it'
      : 'has no plugin_use that decides, and those of the other listeners are not lent to it';
    const message = `listener ${setting.value} ${why}: whom it lets in may read and write everything`;
    const cure = isPerListener ? 'Write an acl_file line below it.' : 'Write the plugin_use line below it too.';
    return [{ severity: 'error', message, cure, place: placeOf(setting) }];
  });
};

function placeOf({ file, line }: ConfSetting): NonNullable<Issue['place']> {
  return { file, line };
}
