import { type BrokerConf, type ConfSetting, findSetting, isOn } from '../mosquitto/broker-conf.ts';
import { at, type Check, warning, well } from './check.ts';

/** Where mosquitto logs to, and what, where the conf does not say (mosquitto.conf(5), log_dest and log_type). */
const DEFAULT_TYPES = ['error', 'warning', 'notice', 'information'];

/** The log file of a conf; `null` where it has none. */
export function logFileOf({ settings }: BrokerConf): string | null {
  const setting = settings.findLast(({ key, value }) => key === 'log_dest' && value.startsWith('file '));
  return setting === undefined ? null : setting.value.slice('file '.length).trim();
}

/** Whether the log will tell who was denied what, and who logged in. */
export function examineLogSettings(conf: BrokerConf): readonly Check[] {
  const destinations = conf.settings.filter(({ key }) => key === 'log_dest');
  const types = conf.settings.filter(({ key }) => key === 'log_type');
  const none = destinations.find(({ value }) => value === 'none') ?? types.find(({ value }) => value === 'none');
  if (none !== undefined) {
    const evidence = 'nothing is logged: neither logins nor denials can be seen';
    return [placed(warning('log', 'log', evidence, `Write: ${WANTED}`), none)];
  }
  return [denials(destinations, types, conf), ...logins(conf)];
}

const WANTED = 'log_dest file /var/log/mosquitto/mosquitto.log, and below it log_type all';

function denials(destinations: readonly ConfSetting[], types: readonly ConfSetting[], conf: BrokerConf): Check {
  const values = types.length === 0 ? DEFAULT_TYPES : types.map(({ value }) => value);
  const hasDebug = values.includes('debug') || values.includes('all');
  const subject = 'denials in the log';
  // What is denied is a debug line, and those go to no topic.
  const isToTopicOnly = destinations.length > 0 && destinations.every(({ value }) => value === 'topic');
  if (!hasDebug) {
    const evidence = 'a denied publish is a debug line, and log_type debug is not set: the log does not tell it';
    const place = types.at(-1) ?? conf.settings[0];
    return placed(warning('log', subject, evidence, 'Add the line: log_type debug'), place);
  }
  if (isToTopicOnly) {
    const evidence = 'the log goes to $SYS/broker/log only, and debug lines, as denials are, never go there';
    const cure = 'Add the line: log_dest file /var/log/mosquitto/mosquitto.log';
    return placed(warning('log', subject, evidence, cure), destinations[0]);
  }
  return well('log', subject, 'log_type debug is set: each denied publish is told');
}

function logins(conf: BrokerConf): readonly Check[] {
  if (isOn(conf, 'connection_messages', true)) return [];
  const setting = findSetting(conf, 'connection_messages');
  const evidence =
    'connection_messages is false: the log tells neither logins nor refused ones, nor which user a client is';
  return [placed(warning('log', 'logins in the log', evidence, 'Write: connection_messages true'), setting)];
}

function placed(check: Check, setting: ConfSetting | null | undefined): Check {
  return setting == null ? check : at(check, { file: setting.file, line: setting.line });
}
