import { describe, expect, it } from 'vitest';
import { parseBrokerConf } from '../../../../src/core/mosquitto/broker-conf.ts';
import { confConflicts, setupConf } from '../../../../src/core/mosquitto/setup/conf.ts';

const LISTENERS = [
  { port: 1883, bind: null, isEncrypted: false },
  { port: 8883, bind: null, isEncrypted: true },
];
const conflicts = (text: string): readonly string[] =>
  confConflicts(parseBrokerConf(text, 'conf'), LISTENERS).map(({ place, message }) => `${place?.line} ${message}`);

describe('the conf of a set-up', () => {
  it('names its files, and has nothing that the other version does not know', () => {
    const { settings, issues } = parseBrokerConf(setupConf('/etc/my broker', LISTENERS), 'conf');
    expect(issues).toEqual([]);
    expect(settings.map(({ key, value }) => `${key} ${value}`)).toEqual([
      ...['listener 1883', 'listener 8883', 'certfile /etc/my broker/certs/server.crt'],
      ...['keyfile /etc/my broker/certs/server.key', 'allow_anonymous false', 'password_file /etc/my broker/passwd'],
      ...['acl_file /etc/my broker/acl', 'set_tcp_nodelay true'],
      ...['error', 'warning', 'notice', 'information', 'subscribe', 'unsubscribe', 'debug'].map(
        type => `log_type ${type}`,
      ),
    ]);
  });

  it('goes with the conf of a fresh installation', () => {
    const debian =
      'pid_file /run/mosquitto.pid\npersistence true\nlog_dest file /var/log/mosquitto.log\ninclude_dir /etc/mosquitto/conf.d\n';
    expect(conflicts(debian)).toEqual([]);
    expect(
      conflicts(
        'listener 9001\nprotocol websockets\nper_listener_settings false\nplugin /lib/mosquitto_persist_sqlite.so\n',
      ),
    ).toEqual([]);
  });

  it.each([
    ['listener 8883 localhost', 'port 8883 has a listener'],
    ['port 1883', 'port 1883 has a listener'],
    ['bind_address ::1', 'port 1883 has a listener'],
    ['allow_anonymous true', 'allow_anonymous true is set'],
    ['per_listener_settings true', 'for one listener only'],
    ['plugin /lib/mosquitto_dynamic_security.so', 'may decide in place'],
  ])('does not go with %s', (line, says) => {
    expect(conflicts(`# mine\n${line}\n`)).toEqual([expect.stringMatching(new RegExp(`^2 .*${says}`))]);
  });
});
