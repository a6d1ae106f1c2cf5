import { describe, expect, it } from 'vitest';
import { joinConfs, parseBrokerConf } from '../../../../src/core/mosquitto/broker-conf.ts';
import {
  filesNamedIn,
  listenersIn,
  type OtherConf,
  stageConf,
} from '../../../../src/core/mosquitto/setup/staged-conf.ts';

const FOLDER = '/etc/mosquitto';
const MAIN = `${FOLDER}/mosquitto.conf`;

function others(texts: Readonly<Record<string, string>>): OtherConf {
  const entries = Object.entries(texts);
  return {
    file: MAIN,
    conf: joinConfs(entries.map(([file, text]) => parseBrokerConf(text, file))),
    texts: new Map(entries),
  };
}

function stage(texts: Readonly<Record<string, string>> | string, closed: readonly string[] = []) {
  const conf = others(typeof texts === 'string' ? { [MAIN]: texts } : texts);
  const staged = stageConf(conf, {
    ...{ folder: '/stage', fragmentFolder: 'conf.d', realFragmentFolder: `${FOLDER}/conf.d` },
    ...{ ports: [7001, 7002], closed: new Set(closed) },
  });
  return { ...staged, main: staged.files.get('mosquitto.conf')?.split('\n') ?? [], conf };
}

describe('the conf of a broker in a rehearsal', () => {
  it("is Debian's, line for line, with what is written in the stage", () => {
    const text = [
      ...['# Place your local configuration in /etc/mosquitto/conf.d/', '', 'pid_file /run/mosquitto/mosquitto.pid'],
      ...['', 'persistence true', 'persistence_location /var/lib/mosquitto/', 'log_dest topic'],
      ...['log_dest file /var/log/mosquitto/mosquitto.log', '', 'include_dir /etc/mosquitto/conf.d', ''],
    ].join('\r\n');
    const { main, untried } = stage(text);
    expect(main.slice(0, 10).map(line => line.trim())).toEqual([
      ...['# Place your local configuration in /etc/mosquitto/conf.d/', '', 'pid_file /stage/pid', ''],
      ...['persistence true', 'persistence_location /stage/', 'log_dest topic', 'log_dest file /stage/log-0', ''],
      'include_dir /stage/conf.d',
    ]);
    expect(main.slice(-3)).toEqual(['log_dest stderr', 'log_type information', '']);
    expect(untried).toEqual([]);
  });

  it('has its listeners on loopback, and says which of them take their machine', () => {
    const { main, untried, conf } = stage(
      'listener 80 10.0.0.5\nprotocol websockets\nport 1884\nbind_address 10.0.0.6\nlistener 0 /run/m.sock\nbind_interface eth0',
    );
    expect(listenersIn(conf.conf)).toBe(2);
    expect(main.slice(0, 6)).toEqual([
      ...['listener 7001 127.0.0.1', 'protocol websockets', 'port 7002', 'bind_address 127.0.0.1'],
      ...['listener 0 /stage/socket-5', ''],
    ]);
    expect(untried).toEqual([
      `port 80 on 10.0.0.5, which takes its machine (${MAIN}:1)`,
      `bind_interface eth0 (${MAIN}:6)`,
    ]);
  });

  it('gives the usual port to an address that stands alone, and to none beside a port', () => {
    const { main, conf } = stage('bind_address 10.0.0.6\nlistener 8883');
    expect(listenersIn(conf.conf)).toBe(2);
    expect(main.slice(0, 4)).toEqual([
      'bind_address 127.0.0.1',
      'listener 7001 127.0.0.1',
      'port 7002',
      'include_dir /stage/conf.d',
    ]);
    expect(stage('bind_address 10.0.0.6\nport 8883').main.slice(0, 3)).toEqual([
      ...['bind_address 127.0.0.1', 'port 7001', 'include_dir /stage/conf.d'],
    ]);
  });

  it('reaches no other broker, and opens no store of the real one', () => {
    const { main, untried } = stage(
      'connection cloud\naddress far.example\ntopic # out\nremote_password x\nlistener 1884\nplugin /lib/mosquitto_persist_sqlite.so\nplugin_opt_db_file /var/db\nlog_dest syslog',
    );
    expect(main.slice(0, 8)).toEqual(['', '', '', '', 'listener 7001 127.0.0.1', '', '', '']);
    expect(untried).toEqual([
      `the bridge cloud, which would reach another broker (${MAIN}:1)`,
      `the plugin that keeps what is stored (${MAIN}:6)`,
    ]);
  });

  it('reads copies of certificates, and no encryption where one of them is closed to us', () => {
    const text =
      'listener 1884\ncertfile /c/one.crt\nkeyfile /c/one.key\nlistener 1885\ncertfile /c/one.crt\nkeyfile /c/two.key';
    expect(filesNamedIn(others({ [MAIN]: text }).conf)).toEqual(['/c/one.crt', '/c/one.key', '/c/two.key']);
    const { main, copies, untried } = stage(text, ['/c/two.key']);
    expect(main.slice(0, 6)).toEqual([
      ...['listener 7001 127.0.0.1', 'certfile /stage/copies/0/one.crt', 'keyfile /stage/copies/1/one.key'],
      ...['listener 7002 127.0.0.1', '', ''],
    ]);
    expect([...copies]).toEqual([
      ['/c/one.crt', 'copies/0/one.crt'],
      ['/c/one.key', 'copies/1/one.key'],
    ]);
    expect(untried).toEqual([`keyfile /c/two.key, which your user may not read (${MAIN}:6)`]);
  });

  it('keeps its parts, by names of their own, and looks into the folder of the fragment in any case', () => {
    const { main, files, realNames } = stage({
      [MAIN]: 'include_dir /etc/mosquitto/conf.d/\ninclude_dir /srv/more',
      [`${FOLDER}/conf.d/10.conf`]: 'max_keepalive 60',
      '/srv/more/20.conf': 'max_qos 1',
    });
    expect(main.slice(0, 2)).toEqual(['include_dir /stage/conf.d', 'include_dir /stage/include/srv/more']);
    expect([files.get('conf.d/10.conf'), files.get('include/srv/more/20.conf')]).toEqual([
      'max_keepalive 60',
      'max_qos 1',
    ]);
    expect(files.has('include/srv/more/.keep')).toBe(true);
    expect(realNames.get('/srv/more/20.conf')).toBe('include/srv/more/20.conf');
    expect(stage('persistence true').main).toContain('include_dir /stage/conf.d');
  });
});
