import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBrokerFiles } from '../../../../src/cli/acl/files.ts';
import type { Issue } from '../../../../src/core/issue.ts';
import type { BrokerVersion } from '../../../../src/core/mosquitto/broker-version.ts';
import { lintAcl } from '../../../../src/core/mosquitto/lint/acl-lint.ts';
import { hashPassword } from '../../../../src/io/password-hash.ts';
import { freePort } from '../../../helpers/brokers/mosquitto.ts';
import { mosquittoLine, tryStart } from '../../../helpers/brokers/try-start.ts';
import { requireProgram } from '../../../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');

/** `@DIR@` has an ACL, a password file and an empty folder; `@LISTENER@` is a listener on a free port. */
const CASES: readonly (readonly [conf: string, refusedBy: readonly BrokerVersion[]])[] = [
  ['allow_annonymous true', ['2.0', '2.1']],
  ['pasword_file @DIR@/passwords', ['2.0', '2.1']],
  ['allow_anonymous=true', ['2.0', '2.1']],
  ['acl_file @DIR@/acl\nper_listener_settings true', ['2.0', '2.1']],
  ['password_file @DIR@/passwords\nper_listener_settings true', ['2.0', '2.1']],
  ['allow_anonymous true\nper_listener_settings true\n@LISTENER@', ['2.0', '2.1']],
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
  ['global_max_connections 10', ['2.0']],
  ['allow_anonymous', ['2.0', '2.1']],
];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-conf-'));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'acl'), 'user a\ntopic read x\n', { mode: 0o640 });
  writeFileSync(join(folder, 'passwords'), `a:${hashPassword('a')}\n`, { mode: 0o640 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function write(conf: string): Promise<string> {
  const file = join(folder, 'conf');
  let text = conf.replaceAll('@DIR@', folder);
  while (text.includes('@LISTENER@')) text = text.replace('@LISTENER@', `listener ${await freePort()} 127.0.0.1`);
  const listener = conf.includes('@LISTENER@') ? '' : `listener ${await freePort()} 127.0.0.1\n`;
  const user = process.getuid?.() === 0 && !/^user /m.test(text) ? 'user root\n' : '';
  // It must come after what is tried: `per_listener_settings` wants to be first.
  writeFileSync(file, `${text}\n${listener}${user}log_dest stderr\nlog_type all\n`);
  return file;
}

function findIn(file: string, version: BrokerVersion | null): readonly Issue[] {
  const files = readBrokerFiles(join(folder, 'acl'), undefined, file, version);
  return lintAcl({ ...files, files: files.files.map(facts => ({ ...facts, group: 'mosquitto' })), needs: [] });
}

function refusals(file: string, version: BrokerVersion | null): readonly Issue[] {
  return findIn(file, version).filter(({ message }) => /does not start/.test(message));
}

describe.each(CASES)('the conf %j', (conf, refusedBy) => {
  it('is refused by acl check for the versions that do not start with it, and by line', async () => {
    const file = await write(conf);
    for (const version of ['2.0', '2.1'] as const) {
      const found = refusals(file, version);
      expect(found.length > 0, version).toBe(refusedBy.includes(version));
      for (const { severity, place, cure } of found) {
        expect([severity, place?.file, cure]).toEqual(['error', file, expect.stringMatching(/\.$|: /)]);
        expect(place?.line).toBeGreaterThan(0);
      }
    }
    expect(refusals(file, null).length > 0).toBe(refusedBy.length > 0);
  });

  it.runIf(mosquitto !== null)('does the same to a real mosquitto', async () => {
    const { starts, log } = await tryStart(await write(conf));
    expect(starts, log).toBe(!refusedBy.includes(mosquittoLine()));
  });
});

describe('what a conf lets through', () => {
  const said = (file: string): readonly string[] => findIn(file, null).map(({ message }) => message);

  it('a listener without an ACL beside one with, which is told by its line', async () => {
    const own = 'allow_anonymous true';
    const text = `per_listener_settings true\n@LISTENER@\n${own}\nacl_file @DIR@/acl\n@LISTENER@\n${own}`;
    const file = await write(text);
    const found = findIn(file, null).filter(({ message }) => message.includes('has no acl_file'));
    expect(found).toMatchObject([{ severity: 'error', place: { file, line: 5 } }]);
  });

  it('a plugin beside the acl_file, but for those that are the files themselves', async () => {
    const dynamic = 'acl_file @DIR@/acl\nplugin /usr/lib/mosquitto_dynamic_security.so';
    expect(said(await write(dynamic))).toContainEqual(expect.stringContaining('may allow what the file denies'));
    const own = 'plugin /usr/lib/mosquitto_acl_file.so\nplugin_opt_acl_file @DIR@/acl\nallow_anonymous false';
    expect(said(await write(own))).toEqual([]);
  });

  it('names the setting that was meant', async () => {
    const [found] = refusals(await write('pasword_file @DIR@/passwords'), null);
    expect(found?.cure).toBe(`Write: password_file ${folder}/passwords`);
    const [equals] = refusals(await write('allow_anonymous=true'), null);
    expect(equals?.cure).toBe('Write: allow_anonymous true');
  });
});
