import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBrokerFiles } from '../../../src/cli/acl/files.ts';
import type { Issue } from '../../../src/core/issue.ts';
import type { BrokerVersion } from '../../../src/core/mosquitto/broker-version.ts';
import { lintAcl } from '../../../src/core/mosquitto/lint/acl-lint.ts';
import { hashPassword } from '../../../src/io/password-hash.ts';

/**
 * Confs, each with the versions that do not start with it. `@DIR@` has an ACL, a password file and an empty folder; `@LISTENER@` is a listener on a free port.
 */
export const CONF_CASES: readonly (readonly [conf: string, refusedBy: readonly BrokerVersion[]])[] = [
  ['allow_annonymous true', ['2.0', '2.1']],
  ['pasword_file @DIR@/passwords', ['2.0', '2.1']],
  ['allow_anonymous=true', ['2.0', '2.1']],
  ['acl_file @DIR@/acl\nper_listener_settings true', ['2.0', '2.1']],
  ['password_file @DIR@/passwords\nper_listener_settings true', ['2.0', '2.1']],
  ['allow_anonymous true\nper_listener_settings true\n@LISTENER@', ['2.0', '2.1']],
  ['psk_file @DIR@/passwords\nper_listener_settings true\n@LISTENER@', ['2.0', '2.1']],
  ['allow_zero_length_clientid true\nper_listener_settings true\n@LISTENER@', ['2.0', '2.1']],
  ['auto_id_prefix x\nper_listener_settings true\n@LISTENER@', ['2.0', '2.1']],
  ['clientid_prefixes x\nper_listener_settings true\n@LISTENER@', []],
  ['acl_file @DIR@/acl\nper_listener_settings false\n@LISTENER@', []],
  ['log_dest file @DIR@/one\nlog_dest file @DIR@/one', ['2.0', '2.1']],
  ['log_dest file @DIR@/one\nlog_dest topic', []],
  ['include_dir @DIR@/none', ['2.0', '2.1']],
  ['include_dir @DIR@/empty', []],
  ['plugin_opt_acl_file @DIR@/acl', ['2.0', '2.1']],
  ['plugin_opt_password_file @DIR@/passwords', ['2.0', '2.1']],
  ['auth_opt_host here', ['2.0', '2.1']],
  ['per_listener_settings true\nallow_anonymous true\n@LISTENER@', ['2.1']],
  ['per_listener_settings true\nacl_file @DIR@/acl\n@LISTENER@', ['2.1']],
  ['per_listener_settings true\npassword_file @DIR@/passwords\n@LISTENER@', ['2.1']],
  ['per_listener_settings true\n@LISTENER@\nallow_anonymous true\nacl_file @DIR@/acl', []],
  ['per_listener_settings true\n@LISTENER@\nacl_file @DIR@/acl\n@LISTENER@\nacl_file @DIR@/acl', []],
  ['@LISTENER@\nacl_file @DIR@/acl\n@LISTENER@\nacl_file @DIR@/acl', ['2.0']],
  ['password_file @DIR@/passwords\npassword_file @DIR@/passwords', ['2.0']],
  ['pid_file @DIR@/pid\npid_file @DIR@/pid', ['2.0', '2.1']],
  ['persistence_location @DIR@/\npersistence_location @DIR@/', ['2.0', '2.1']],
  ['pid_file @DIR@/pid # mine', []],
  ['global_max_connections 10', ['2.0']],
  ['allow_anonymous', ['2.0', '2.1']],
];

/** A folder with the files that the confs name, to be removed. */
export function makeConfFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hometui-conf-'));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'acl'), 'user a\ntopic read x\n', { mode: 0o640 });
  writeFileSync(join(folder, 'passwords'), `a:${hashPassword('a')}\n`, { mode: 0o640 });
  return folder;
}

/**
 * Writes a conf into such a folder, its listeners on these ports one after the other; its path. Started by root, a broker
 * is to stay root.
 */
export async function writeConf(
  folder: string,
  conf: string,
  nextPort: () => number | Promise<number>,
  isRoot = process.getuid?.() === 0,
): Promise<string> {
  const file = join(folder, 'conf');
  let text = conf.replaceAll('@DIR@', folder);
  while (text.includes('@LISTENER@')) text = text.replace('@LISTENER@', `listener ${await nextPort()} 127.0.0.1`);
  const listener = conf.includes('@LISTENER@') ? '' : `listener ${await nextPort()} 127.0.0.1\n`;
  const user = isRoot && !/^user /m.test(text) ? 'user root\n' : '';
  // It must come after what is tried: `per_listener_settings` wants to be first.
  writeFileSync(file, `${text}\n${listener}${user}log_dest stderr\nlog_type all\n`);
  return file;
}

/** What `acl check` finds with a conf of such a folder. */
export function findInConf(folder: string, file: string, version: BrokerVersion | null): readonly Issue[] {
  const files = readBrokerFiles(join(folder, 'acl'), undefined, file, version);
  const owned = files.files.map(facts => ({ ...facts, owner: 'somebody', group: 'mosquitto' }));
  return lintAcl({ ...files, files: owned, needs: [] });
}
