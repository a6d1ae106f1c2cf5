import { cleanText } from '../../clean-text.ts';
import { formatPlace } from '../../issue.ts';
import { type BrokerConf, type ConfSetting, parseBrokerConf } from '../broker-conf.ts';
import { listenerStarts } from '../conf/listeners.ts';
import { isPluginLine, isPluginOption, pluginsOf } from '../conf/plugins.ts';

/** The broker's conf as it is, without the fragment of the set-up: what is included too, by its names. */
export interface OtherConf {
  /** The main one. */
  readonly file: string;
  readonly conf: BrokerConf;
  /** The text of each of its files, by the name that its settings bear. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Where it is to run for a rehearsal. */
export interface ConfStage {
  /** The folder, absolute; the fragment lies in `fragmentFolder` below it. */
  readonly folder: string;
  readonly fragmentFolder: string;
  /** Loopback ports for its listeners, as many as `listenersIn` says. */
  readonly ports: readonly number[];
  /** Where the broker looks for the fragment, absolute. */
  readonly realFragmentFolder: string;
  /** Files that it names and that we may not read. */
  readonly closed: ReadonlySet<string>;
}

/** The same conf, in files of the stage. */
export interface StagedConf {
  /** Texts by their names below the stage's folder. */
  readonly files: ReadonlyMap<string, string>;
  /** Those names by the names that the files really have. */
  readonly realNames: ReadonlyMap<string, string>;
  /** What it names, to be copied: from its own path to a name below the folder. */
  readonly copies: ReadonlyMap<string, string>;
  /** What cannot be as it really is, one clause each with its place. */
  readonly untried: readonly string[];
}

/** How many ports its listeners need. */
export function listenersIn({ settings }: BrokerConf): number {
  return settings.filter(isTcpListener).length + (hasOwnPort(settings) ? 0 : 1);
}

/** Whether each address has a port of its own: a `bind_address` alone is for the usual one. */
function hasOwnPort(settings: readonly ConfSetting[]): boolean {
  return !settings.some(({ key }) => key === 'bind_address') || settings.some(({ key }) => key === 'port');
}

/** The files that it names, as they stand there. */
export function filesNamedIn({ settings }: BrokerConf): readonly string[] {
  return [...new Set(settings.filter(({ key, value }) => COPIED.has(key) && value !== '').map(({ value }) => value))];
}

/** The name of the main one in the stage. */
export const STAGED_MAIN = 'mosquitto.conf';
/** Files that it reads: the broker of the stage gets a copy, which is its own to read. */
const TLS = new Set(['cafile', 'certfile', 'keyfile', 'crlfile', 'dhparamfile', 'require_certificate']);
const COPIED = new Set(['psk_file', ...[...TLS].filter(key => key !== 'require_certificate')]);
/** What belongs to a bridge, below its `connection` (mosquitto.conf(5)). */
const BRIDGE =
  /^(?:connection|address(?:es)?|bridge_.*|cleansession|clientid|idle_timeout|keepalive_interval|local_.*|notifications(?:_local_only)?|notification_topic|password|remote_.*|restart_timeout|round_robin|start_type|threshold|topic|try_private|username)$/;

/**
 * The conf as it will be, for a broker that is only to show whether it starts: each line keeps its place, so that what the
 * broker says of a line is right. Ports become loopback ones, what is written goes to the stage, and what would reach
 * beyond it is left out and told.
 */
export function stageConf(others: OtherConf, stage: ConfStage): StagedConf {
  const state: Staging = { others, stage, ports: [...stage.ports], copies: new Map(), untried: [], logs: 0 };
  const names = stageNames(others, stage);
  const files = new Map<string, string>();
  for (const [file, text] of others.texts) {
    const lines = text.split('\n');
    for (const setting of parseBrokerConf(text, file).settings) {
      lines[setting.line - 1] = stageSetting(setting, state) ?? '';
    }
    files.set(names.get(file) ?? STAGED_MAIN, lines.join('\n'));
  }
  // A folder without a file in it would not be there.
  for (const folder of includedFolders(others, stage)) files.set(`${folder}/.keep`, '');
  const isIncluded = others.conf.settings.some(setting => isInclude(setting, stage.realFragmentFolder));
  // Below all else: these are the whole broker's, wherever they stand.
  const own = [
    ...(hasOwnPort(others.conf.settings) ? [] : [`port ${state.ports.shift() ?? 0}`]),
    ...(isIncluded ? [] : [`include_dir ${stage.folder}/${stage.fragmentFolder}`]),
    'log_dest stderr',
    'log_type information',
  ];
  files.set(STAGED_MAIN, `${files.get(STAGED_MAIN) ?? ''}\n${own.join('\n')}\n`);
  return { files, realNames: names, copies: state.copies, untried: [...new Set(state.untried)] };
}

/** The name below the stage of each file of the conf. */
function stageNames({ file: main, texts }: OtherConf, stage: ConfStage): ReadonlyMap<string, string> {
  const entries = [...texts.keys()].map((file): readonly [string, string] => {
    if (file === main) return [file, STAGED_MAIN];
    const cut = file.lastIndexOf('/');
    return [file, `${stagedFolder(stage, file.slice(0, cut))}/${file.slice(cut + 1)}`];
  });
  return new Map(entries);
}

/** The folders that are included, below the stage. */
function includedFolders({ conf }: OtherConf, stage: ConfStage): readonly string[] {
  const includes = conf.settings.filter(({ key, value }) => key === 'include_dir' && value !== '');
  return includes.map(({ value }) => stagedFolder(stage, value));
}

interface Staging {
  readonly others: OtherConf;
  readonly stage: ConfStage;
  readonly ports: number[];
  readonly copies: Map<string, string>;
  readonly untried: string[];
  logs: number;
}

/** The line in its place; `null` where it is left out. */
function stageSetting(setting: ConfSetting, state: Staging): string | null {
  const { key, value } = setting;
  const { folder } = state.stage;
  const leaveOut = (why: string): null => {
    state.untried.push(`${why} (${cleanText(formatPlace(setting))})`);
    return null;
  };
  if (key === 'connection') return leaveOut(`the bridge ${cleanText(value, 60)}, which would reach another broker`);
  if (isOfBridge(setting, state.others.conf)) return null;
  if (isOfPersistencePlugin(setting, state.others.conf)) {
    return isPluginLine(setting) ? leaveOut('the plugin that keeps what is stored') : null;
  }
  if (COPIED.has(key) || TLS.has(key)) return stageFile(setting, state, leaveOut);
  switch (key) {
    case 'listener':
    case 'port':
      return stageListener(setting, state);
    case 'bind_address':
      return `${key} 127.0.0.1`;
    case 'bind_interface':
    case 'socket_domain':
    case 'clientid_prefixes':
      return leaveOut(`${key} ${cleanText(value, 60)}`);
    case 'pid_file':
    case 'persistence_location':
      return `${key} ${folder}/${key === 'pid_file' ? 'pid' : ''}`;
    case 'log_dest':
      if (/^file(?: |$)/.test(value)) return `log_dest file ${folder}/log-${state.logs++}`;
      return /^(?:syslog|dlt|android)/.test(value) ? null : `${key} ${value}`;
    case 'include_dir':
      return `include_dir ${folder}/${stagedFolder(state.stage, value)}`;
    default:
      return `${key} ${value}`.trim();
  }
}

/** Where a folder that is included lies below the stage. */
function stagedFolder({ realFragmentFolder, fragmentFolder }: ConfStage, value: string): string {
  const folder = value.replace(/\/+$/, '');
  if (folder === realFragmentFolder) return fragmentFolder;
  return `include${folder.startsWith('/') ? '' : '/'}${folder}`;
}

function isInclude({ key, value }: ConfSetting, folder: string): boolean {
  return key === 'include_dir' && value.replace(/\/+$/, '') === folder;
}

function stageListener(setting: ConfSetting, { ports, stage, untried }: Staging): string {
  const { key, value } = setting;
  const [port = '', address = ''] = value.split(' ');
  if (!isTcpListener(setting)) return `${key} 0 ${stage.folder}/socket-${setting.line}`;
  const isElsewhere = address !== '' && !/^(?:localhost|127\.|::1$)/.test(address);
  if (isElsewhere || Number(port) < FIRST_FREE_PORT) {
    const where = address === '' ? '' : ` on ${cleanText(address, 60)}`;
    untried.push(`port ${cleanText(port, 10)}${where}, which takes its machine (${cleanText(formatPlace(setting))})`);
  }
  return `${key} ${ports.shift() ?? 0}${key === 'listener' ? ' 127.0.0.1' : ''}`;
}

/** Below it a port is for root. */
const FIRST_FREE_PORT = 1_024;

function isTcpListener({ key, value }: ConfSetting): boolean {
  return key === 'port' || (key === 'listener' && !/^0 /.test(value));
}

/** A file that it reads; without one of them that we may not read, encryption is not tried on that listener. */
function stageFile(setting: ConfSetting, state: Staging, leaveOut: (why: string) => null): string | null {
  const { key, value } = setting;
  const { stage, copies, others } = state;
  const closed = TLS.has(key)
    ? sectionOf(setting, others.conf).find(other => TLS.has(other.key) && stage.closed.has(other.value))
    : stage.closed.has(value)
      ? setting
      : undefined;
  if (closed !== undefined) {
    return closed.line === setting.line && closed.file === setting.file
      ? leaveOut(`${key} ${cleanText(value)}, which your user may not read`)
      : null;
  }
  if (!COPIED.has(key)) return `${key} ${value}`;
  const name = copies.get(value) ?? `copies/${copies.size}/${value.slice(value.lastIndexOf('/') + 1)}`;
  copies.set(value, name);
  return `${key} ${stage.folder}/${name}`;
}

/** The settings of the listener that a setting is below. */
function sectionOf(setting: ConfSetting, { settings }: BrokerConf): readonly ConfSetting[] {
  const index = placeIn(settings, setting);
  const starts = listenerStarts({ settings });
  return settings.slice(
    starts.findLast(start => start < index) ?? 0,
    starts.find(start => start > index),
  );
}

function isOfBridge(setting: ConfSetting, { settings }: BrokerConf): boolean {
  if (!BRIDGE.test(setting.key)) return false;
  return settings.slice(0, placeIn(settings, setting)).some(({ key }) => key === 'connection');
}

function isOfPersistencePlugin(setting: ConfSetting, conf: BrokerConf): boolean {
  if (!isPluginLine(setting) && !isPluginOption(setting)) return false;
  const own = pluginsOf(conf).filter(({ kind }) => kind === 'persistence');
  return own.some(plugin => [plugin.setting, ...plugin.options].some(other => isSame(other, setting)));
}

function placeIn(settings: readonly ConfSetting[], setting: ConfSetting): number {
  return settings.findIndex(other => isSame(other, setting));
}

function isSame(one: ConfSetting, other: ConfSetting): boolean {
  return one.file === other.file && one.line === other.line;
}
