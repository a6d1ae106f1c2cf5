import { describe, expect, it } from 'vitest';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import { parseBrokerConf } from '../../../../src/core/mosquitto/broker-conf.ts';
import { lintAcl } from '../../../../src/core/mosquitto/lint/acl-lint.ts';

/** What is found about a sound ACL file beside a conf. */
function findBeside(conf: string) {
  const acl = parseAclFile('user a\ntopic read x\n', '/etc/mosquitto/acl');
  return lintAcl({
    acl,
    passwords: null,
    conf: parseBrokerConf(conf, '/etc/mosquitto/mosquitto.conf'),
    files: [],
    needs: [],
    doubleHashed: [],
    version: '2.1',
  });
}

describe('a conf without acl_file', () => {
  it('lets everybody do everything', () => {
    expect(findBeside('listener 1883\n')).toMatchObject([
      { severity: 'error', message: expect.stringMatching(/everybody/) },
    ]);
  });

  it.each(['plugin', 'global_plugin', 'auth_plugin', 'plugin_load'])(
    'but with a %s it is the plugin that decides',
    key => {
      const found = findBeside(`listener 1883\n${key} /usr/lib/mosquitto_dynamic_security.so\n`);
      expect(found).toMatchObject([
        {
          severity: 'warning',
          message:
            'the broker does not use this file: no acl_file is set, and the plugin /usr/lib/mosquitto_dynamic_security.so may decide in its place',
          place: { file: '/etc/mosquitto/mosquitto.conf', line: 2 },
        },
      ]);
    },
  );
});
