import type { Issue } from '../../issue.ts';
import { findSetting, isOn } from '../broker-conf.ts';
import type { FileFacts, LintRule } from './input.ts';

/** A file that is not there: no start; at a reload, no ACL at all. */
export const missingFile: LintRule = ({ files }) =>
  files.flatMap(({ file, exists, role, namedIn }) => {
    if (exists) return [];
    const message = `${file} does not exist: mosquitto does not start with it${role === 'acl' ? ', and a reload (SIGHUP) leaves it with no ACL at all' : ''}`;
    return [
      { severity: 'error', message, place: namedIn ?? { file }, cure: 'Name the file that is meant, or write it.' },
    ];
  });

/** A file that the broker, which runs as its own user, cannot read. */
export const unreadableFile: LintRule = ({ files, conf }) => {
  const user = brokerUser(conf === null ? null : (findSetting(conf, 'user')?.value ?? null));
  if (user === 'root') return [];
  return files.flatMap(facts => {
    if (!facts.exists || !facts.isInUse || canRead(facts, user) !== false) return [];
    const { file, mode, owner, group } = facts;
    const open = facts.role === 'acl' ? ': a reload (SIGHUP) leaves the broker with no ACL at all' : '';
    const message = `${user} cannot read ${file} (${formatMode(mode)} ${owner}:${group})${open}`;
    const cure = `Run: sudo chown root:${user} ${file} && sudo chmod 0640 ${file}`;
    return [{ severity: 'error', message, place: { file }, cure }];
  });
};

/** A file that others than the broker may read (passwords) or change (both). */
export const tooOpenFile: LintRule = ({ files }) =>
  files.flatMap(({ file, mode, role, exists, isInUse }): readonly Issue[] => {
    if (!exists || !isInUse || mode === null) return [];
    const cure = `Run: sudo chmod 0640 ${file}`;
    const place = { file };
    if ((mode & 0o002) !== 0) {
      return [
        {
          severity: 'error',
          message: `everybody on this machine may change ${file} (${formatMode(mode)})`,
          place,
          cure,
        },
      ];
    }
    if (role !== 'passwords' || (mode & 0o004) === 0) return [];
    const message = `everybody on this machine may read the hashes in ${file} (${formatMode(mode)}); mosquitto 2.0.16 and later warn of it`;
    return [{ severity: 'warning', message, place, cure }];
  });

/** The settings by which a plugin gets a say in who may do what (mosquitto.conf(5)). */
const PLUGINS = ['plugin', 'global_plugin', 'auth_plugin', 'plugin_load'];

/** A conf that does not use the ACL file, or uses another. */
export const confWithoutAcl: LintRule = ({ acl, conf }) => {
  if (conf === null) return [];
  const setting = findSetting(conf, 'acl_file');
  const confFile = conf.settings[0]?.file ?? 'the conf';
  const plugin = PLUGINS.map(key => findSetting(conf, key)).find(found => found !== null) ?? null;
  if (setting === null && plugin !== null) {
    const { file, line, value } = plugin;
    const message = `the broker does not use this file: no acl_file is set, and the plugin ${value} may decide in its place`;
    const cure = `Look at the plugin's own rights, or add the line: acl_file ${acl.file}`;
    return [{ severity: 'warning', message, place: { file, line }, cure }];
  }
  if (setting === null) {
    const message = `no acl_file is set in ${confFile}: everybody who is let in may read and write everything`;
    return [{ severity: 'error', message, place: { file: confFile }, cure: `Add the line: acl_file ${acl.file}` }];
  }
  if (/\s#/.test(setting.value) || baseName(setting.value) === baseName(acl.file)) return [];
  const message = `the broker uses another ACL file than the one checked: ${setting.value}`;
  const place = { file: setting.file, line: setting.line };
  return [{ severity: 'warning', message, place, cure: `Check that one, or write: acl_file ${acl.file}` }];
};

/** Users with passwords, and a conf that lets everybody in without one. */
export const anonymousBesidePasswords: LintRule = ({ acl, conf }) => {
  if (conf === null || !isOn(conf, 'allow_anonymous', false) || findSetting(conf, 'password_file') === null) return [];
  const setting = findSetting(conf, 'allow_anonymous');
  if (setting === null || acl.order.anonymous.length > 0) return [];
  const message = 'clients without a user name are let in beside those with passwords, and no line is for them';
  const place = { file: setting.file, line: setting.line };
  return [{ severity: 'warning', message, place, cure: 'Write: allow_anonymous false' }];
};

/** The user that mosquitto drops to when root starts it: the conf's `user`, else its own. */
function brokerUser(setting: string | null): string {
  return setting === null || setting === '' ? 'mosquitto' : setting;
}

/** Whether a user may read a file, or `null` where that is unknown. */
function canRead({ mode, owner, group }: FileFacts, user: string): boolean | null {
  if (mode === null || owner === null || group === null) return null;
  if (owner === user) return (mode & 0o400) !== 0;
  return (group === user && (mode & 0o040) !== 0) || (mode & 0o004) !== 0;
}

function formatMode(mode: number | null): string {
  return mode === null ? 'mode unknown' : `mode ${(mode & 0o7777).toString(8).padStart(4, '0')}`;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
