import type { Issue } from '../../issue.ts';
import { shownWord } from '../../to-copy.ts';
import { type BrokerConf, type ConfSetting, findSetting } from '../broker-conf.ts';
import { type BrokerVersion, byVersion } from '../broker-version.ts';
import { listenersOf } from '../conf/listeners.ts';
import { pluginsOf } from '../conf/plugins.ts';
import { type FileFacts, isSameName, type LintRule } from './input.ts';

/** What a reload (SIGHUP) does with a file that cannot be read. */
function atReload(role: FileFacts['role'], version: BrokerVersion | null): string {
  const on20 = role === 'acl' ? 'goes on with no ACL at all' : 'lets nobody in any more';
  return `at a reload (SIGHUP) ${byVersion(version, on20, 'ends')}`;
}

/** A file that is not there: no start. */
export const missingFile: LintRule = ({ files, version }) =>
  files.flatMap(({ file, exists, role, namedIn }) => {
    if (exists) return [];
    const message = `${file} does not exist: mosquitto does not start with it, and ${atReload(role, version)}`;
    return [
      { severity: 'error', message, place: namedIn ?? { file }, cure: 'Name the file that is meant, or write it.' },
    ];
  });

/** A file that the broker, which runs as its own user, cannot read. */
export const unreadableFile: LintRule = ({ files, conf, version }) => {
  const user = brokerUser(conf);
  if (user === 'root') return [];
  return files.flatMap(facts => {
    const access = canRead(facts, user);
    if (!facts.exists || !facts.isInUse || access === true || access === null) return [];
    const { file, mode, owner, group, role } = facts;
    const [severity, unless] = access
      ? (['warning', `, unless it is of the group ${group}`] as const)
      : (['error', ''] as const);
    const message = `${user} cannot read ${file} (${formatMode(mode)} ${owner}:${group})${unless}: ${atReload(role, version)}`;
    return [{ severity, message, place: { file }, cure: closeFor(user, file) }];
  });
};

/** A file that others than the broker may read (passwords) or change (both). */
export const tooOpenFile: LintRule = ({ files, conf, version }) =>
  files.flatMap(({ file, mode, role, exists, isInUse }): readonly Issue[] => {
    if (!exists || !isInUse || mode === null) return [];
    const found = { place: { file }, cure: closeFor(brokerUser(conf), file) };
    if ((mode & 0o002) !== 0) {
      const message = `everybody on this machine may change ${file} (${formatMode(mode)})`;
      return [{ severity: 'error', message, ...found }];
    }
    if (role !== 'passwords' || (mode & 0o004) === 0) return [];
    const warned = version === '2.1' ? 'mosquitto 2.1 warns of it' : 'mosquitto 2.0.16 and later warn of it';
    const message = `everybody on this machine may read the hashes in ${file} (${formatMode(mode)}); ${warned}`;
    return [{ severity: 'warning', message, ...found }];
  });

/** The one form of which no version warns; that the log says 0700 from 2.0.16 on is a slip of the broker's. */
function closeFor(user: string, file: string): string {
  // Another user's group need not have the same name: a colon alone is its login group.
  const owner = user === 'mosquitto' ? 'mosquitto:mosquitto' : `${user}:`;
  const word = shownWord(file);
  return `Run: sudo chown ${owner} ${word} && sudo chmod 0600 ${word}`;
}

/** The plugins that may decide by something else than the file. */
function foreignPlugins(conf: BrokerConf): readonly ConfSetting[] {
  return pluginsOf(conf).flatMap(({ kind, setting }) =>
    kind === 'dynamic-security' || kind === 'other' ? [setting] : [],
  );
}

/** A conf that does not use the ACL file, or uses another. */
export const confWithoutAcl: LintRule = ({ acl, conf }) => {
  if (conf === null) return [];
  const named = conf.settings.filter(({ key }) => key === 'acl_file' || key === 'plugin_opt_acl_file');
  const setting = named.at(-1) ?? null;
  const confFile = conf.settings[0]?.file ?? 'the conf';
  const [plugin] = foreignPlugins(conf);
  if (setting === null && plugin !== undefined) {
    const { file, line, value } = plugin;
    const message = `the broker does not use this file: no acl_file is set, and the plugin ${value} may decide in its place`;
    const cure = `Look at the plugin's own rights, or add the line: acl_file ${acl.file}`;
    return [{ severity: 'warning', message, place: { file, line }, cure }];
  }
  if (setting === null) {
    const message = `no acl_file is set in ${confFile}: everybody who is let in may read and write everything`;
    return [{ severity: 'error', message, place: { file: confFile }, cure: `Add the line: acl_file ${acl.file}` }];
  }
  const isNamed = named.some(({ value }) => /\s#/.test(value) || isSameName(value, acl.file));
  if (isNamed) return [];
  const message = `the broker uses another ACL file than the one checked: ${setting.value}`;
  const place = { file: setting.file, line: setting.line };
  return [{ severity: 'warning', message, place, cure: `Check that one, or write: ${setting.key} ${acl.file}` }];
};

/** A plugin that has a say too: what this file denies, it may allow. */
export const pluginBesideAcl: LintRule = ({ conf }) => {
  if (conf === null || findSetting(conf, 'acl_file') === null) return [];
  return foreignPlugins(conf).map(({ file, line, value }): Issue => {
    const message = `the plugin ${value} has a say beside the acl_file, and may allow what the file denies`;
    return { severity: 'warning', message, place: { file, line }, cure: "Look at the plugin's own rights too." };
  });
};

/** Users with passwords, and a listener that lets everybody in without one. */
export const anonymousBesidePasswords: LintRule = ({ acl, conf }) => {
  if (conf === null || acl.order.anonymous.length > 0) return [];
  const open = listenersOf(conf).filter(
    ({ isAnonymousAllowed, passwords }) => isAnonymousAllowed && passwords.length > 0,
  );
  const lines = new Set(open.flatMap(({ anonymous }) => anonymous ?? []));
  return [...lines].map(({ file, line, key }): Issue => {
    const message = 'clients without a user name are let in beside those with passwords, and no line is for them';
    return { severity: 'warning', message, place: { file, line }, cure: `Write: ${key} false` };
  });
};

/** The user that mosquitto drops to when root starts it: the conf's `user`, else its own. */
function brokerUser(conf: BrokerConf | null): string {
  const setting = conf === null ? '' : (findSetting(conf, 'user')?.value ?? '');
  return setting === '' ? 'mosquitto' : setting;
}

/**
 * Whether a user may read a file; `as-member` of its group only, where it may be one, or `null` where that is unknown. The
 * bits of others are not for the members of the group.
 */
function canRead({ mode, owner, group }: FileFacts, user: string): boolean | 'as-member' | null {
  if (mode === null || owner === null || group === null) return null;
  if (owner === user) return (mode & 0o400) !== 0;
  const [asMember, asOther] = [(mode & 0o040) !== 0, (mode & 0o004) !== 0];
  if (asMember === asOther || group === user) return asMember;
  if (group === 'root') return asOther;
  return asMember ? 'as-member' : null;
}

function formatMode(mode: number | null): string {
  return mode === null ? 'mode unknown' : `mode ${(mode & 0o7777).toString(8).padStart(4, '0')}`;
}
