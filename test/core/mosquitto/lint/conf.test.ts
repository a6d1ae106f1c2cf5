import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Issue } from '../../../../src/core/issue.ts';
import type { BrokerVersion } from '../../../../src/core/mosquitto/broker-version.ts';
import { CONF_CASES, findInConf, makeConfFolder, writeConf } from '../../../helpers/brokers/conf-cases.ts';

const folder = makeConfFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FIRST_PORT = 1_884;
const write = (conf: string): Promise<string> => {
  const ports = [FIRST_PORT, FIRST_PORT + 1, FIRST_PORT + 2].values();
  return writeConf(folder, conf, () => ports.next().value ?? 0, true);
};
const findIn = (file: string, version: BrokerVersion | null): readonly Issue[] => findInConf(folder, file, version);
const refusals = (file: string, version: BrokerVersion | null): readonly Issue[] =>
  findIn(file, version).filter(({ message }) => /does not start/.test(message));

describe.each(CONF_CASES)('the conf %j', (conf, refusedBy) => {
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

  /** Changed only where a change means to change what is said (`vitest -u`), and read again then. */
  it('is said with what to write, for each version', async () => {
    const lines: string[] = [];
    for (const [conf] of [...CONF_CASES, ...MORE]) {
      const file = await write(conf);
      lines.push(`## ${conf.replaceAll('\n', ' | ')}`);
      for (const version of [null, '2.0', '2.1'] as const)
        lines.push(`- ${version ?? 'any'}`, ...findIn(file, version).map(shown));
    }
    const golden = fileURLToPath(new URL('../../../fixtures/acl/findings-conf.txt', import.meta.url));
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(golden);
  });
});

/** Confs that no broker was tried with. */
const MORE: readonly (readonly [conf: string])[] = [
  ['plugin_use x'],
  ['plugin_load x /x.so\n@LISTENER@\nplugin_use x'],
  ['plugin_load x /x.so\n@LISTENER@\nplugin_use y'],
  ['plugin_load x /x.so\n@LISTENER@\nplugin_use x\n@LISTENER@'],
  ['include_dir /nowhere\nuser a\nuser b'],
  ['qqqq 1'],
  ['acl_file @DIR@/other\nallow_anonymous true\npassword_file @DIR@/passwords'],
  ['acl_file @DIR@/acl\nacl_file'],
  ['plugin /usr/lib/x.so'],
  ['acl_file @DIR@/acl\nplugin /usr/lib/x.so\nplugin_opt_a b'],
  ['per_listener_settings true\n@LISTENER@\nacl_file @DIR@/acl\nacl_file @DIR@/acl'],
  [
    'per_listener_settings 1\n@LISTENER@\nallow_anonymous false\n@LISTENER@\nallow_anonymous false\nallow_anonymous true',
  ],
  ['user mosquitto\nacl_file @DIR@/acl\nallow_anonymous false'],
];

function shown({ severity, place, message, cure }: Issue): string {
  return `${severity} ${place?.file}:${place?.line ?? ''} ${message}\n    ${cure}`.replaceAll(`${folder}/`, '');
}
