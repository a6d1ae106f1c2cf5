import type { Issue } from '../issue.ts';
import { quote } from './acl-line.ts';

/** One line of the conf that sets something. */
export interface ConfSetting {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly key: string;
  /** All behind the key, blanks at its ends off, as mosquitto takes it: a `#` in it is no comment. */
  readonly value: string;
}

/** A mosquitto.conf, or several that include each other, as far as access and log go. */
export interface BrokerConf {
  readonly settings: readonly ConfSetting[];
  readonly issues: readonly Issue[];
}

/** The switches whose value must be true or false. */
const SWITCHES = new Set([
  'allow_anonymous',
  'allow_duplicate_messages',
  'allow_zero_length_clientid',
  'autosave_on_changes',
  'connection_messages',
  'listener_allow_anonymous',
  'log_timestamp',
  'per_listener_settings',
  'persistence',
  'queue_qos0_messages',
  'require_certificate',
  'retain_available',
  'set_tcp_nodelay',
  'use_identity_as_username',
  'use_subject_as_username',
  'use_username_as_clientid',
]);
/** The settings whose value is the name of a file. */
const PATHS = new Set(['acl_file', 'password_file', 'pid_file', 'cafile', 'certfile', 'keyfile', 'include_dir']);

/** Reads a mosquitto.conf. Never fails: what mosquitto 2.0 would not start with comes as an issue with its line. */
export function parseBrokerConf(text: string, file: string): BrokerConf {
  const settings: ConfSetting[] = [];
  const issues: Issue[] = [];
  for (const [index, content] of text.split('\n').entries()) {
    const line = content.replace(/\r+$/, '').replace(/^ +/, '');
    if (line === '' || content.startsWith('#')) continue;
    const setting: ConfSetting = { file, line: index + 1, ...splitSetting(line) };
    const found = keyIssue(setting) ?? valueIssue(setting);
    if (found !== null) issues.push({ ...found, place: { file, line: index + 1 } });
    settings.push({ ...setting, ...splitSetting(mend(line)) });
  }
  return { settings, issues };
}

function splitSetting(line: string): { readonly key: string; readonly value: string } {
  const [key = '', ...rest] = line.split(' ');
  return { key, value: rest.join(' ').trim() };
}

/** The line as it was surely meant, so that a misspelt setting is not missing as well. */
function mend(line: string): string {
  const { key, value } = splitSetting(
    line
      .replace(/^\ufeff/, '')
      .replaceAll('\t', ' ')
      .replace(/^ +/, ''),
  );
  return /^(?:auth|plugin)_opt_/.test(key) ? `${key} ${value}` : `${key.toLowerCase()} ${value}`;
}

/** One conf out of several, in the order in which mosquitto reads them. */
export function joinConfs(confs: readonly BrokerConf[]): BrokerConf {
  return { settings: confs.flatMap(conf => conf.settings), issues: confs.flatMap(conf => conf.issues) };
}

/** The last setting of a key, or `null`. */
export function findSetting(conf: BrokerConf, key: string): ConfSetting | null {
  return conf.settings.findLast(setting => setting.key === key) ?? null;
}

/** Whether a switch is on; `fallback` where the conf does not say. */
export function isOn(conf: BrokerConf, key: string, fallback: boolean): boolean {
  const setting = findSetting(conf, key);
  return setting === null ? fallback : isTrue(setting);
}

/** Whether the value of a switch is true. */
export function isTrue({ value }: Pick<ConfSetting, 'value'>): boolean {
  return /^(?:true|1)(?: |$)/.test(value);
}

function keyIssue({ key, value }: ConfSetting): Issue | null {
  const mended = key
    .replace(/^\ufeff/, '')
    .replaceAll('\t', ' ')
    .trim();
  const rest = value === '' ? '' : ` ${value}`;
  if (key.startsWith('\ufeff'))
    return refusal('a byte-order mark stands before the first word', write(`${mended}${rest}`));
  if (key.startsWith('#')) return refusal('blanks stand before the # of a comment', write(`${key}${rest}`));
  if (key.includes('\t'))
    return refusal('a tab stands where a space must', mended === '' ? 'Delete the line.' : write(`${mended}${rest}`));
  // The options handed to plugins are the only keys that may have capitals.
  if (!/[A-Z]/.test(key) || /^(?:auth|plugin)_opt_/.test(key)) return null;
  return refusal(`${quote(key)} is no setting: capitals count`, write(`${key.toLowerCase()}${rest}`));
}

function valueIssue({ key, value }: ConfSetting): Issue | null {
  const comment = value.search(/\s#/);
  if (PATHS.has(key) && comment >= 0) {
    const what = `the comment belongs to the file's name: mosquitto`;
    const cure = write(`${key} ${value.slice(0, comment).trim()}`);
    // That one is not there before: the broker makes it.
    if (key === 'pid_file') return { severity: 'warning', message: `${what} writes ${quote(value)}`, cure };
    return refusal(`${what} looks for ${quote(value)}`, cure);
  }
  if (PATHS.has(key) && value === '')
    return refusal(`${key} names no file`, `Write the file's full name behind ${key}.`);
  if (!SWITCHES.has(key) || /^(?:true|false|0|1)(?: |$)/.test(value)) return null;
  const word = value.toLowerCase();
  const cure = word === 'true' || word === 'false' ? write(`${key} ${word}`) : `Write ${key} true or ${key} false.`;
  return refusal(`${quote(value)} is neither true nor false${word === value ? '' : ': capitals count'}`, cure);
}

function refusal(message: string, cure: string): Issue {
  return { severity: 'error', message: `${message}; mosquitto does not start with it`, cure };
}

function write(line: string): string {
  return `Write: ${line.trim()}`;
}
