import { describe, expect, it } from 'vitest';
import { examineLogSettings, logFileOf } from '../../../src/core/doctor/log-settings.ts';
import { parseBrokerConf } from '../../../src/core/mosquitto/broker-conf.ts';

const conf = (...lines: readonly string[]) => parseBrokerConf(lines.join('\n'), '/etc/conf');
const examine = (...lines: readonly string[]) =>
  examineLogSettings(conf(...lines)).map(
    ({ id, sign, subject, evidence, place }) => `${sign} ${id} ${subject} at ${place?.line ?? '-'}: ${evidence}`,
  );

describe('what the log will tell', () => {
  it('are denials with debug lines, and without them none', () => {
    for (const type of ['debug', 'all'])
      expect(examine('log_type notice', `log_type ${type}`)).toEqual([
        expect.stringMatching(/^well log denials in the log at -: log_type debug is set/),
      ]);
    const missing = /^warning log denials in the log at (\S+): a denied publish is a debug line/;
    expect(examine('listener 1883', 'log_type error', 'log_type notice')).toEqual([expect.stringMatching(missing)]);
    expect(missing.exec(examine('log_type error', 'listener 1883', 'log_type notice')[0] ?? '')?.[1]).toBe('3');
    // mosquitto does not log them where the conf is silent.
    expect(missing.exec(examine('listener 1883', 'persistence true')[0] ?? '')?.[1]).toBe('1');
    expect(missing.exec(examine()[0] ?? '')?.[1]).toBe('-');
  });

  it('are none where the log goes to a topic only: debug lines never go there', () => {
    const topic = /^warning log denials in the log at 1: the log goes to \$SYS\/broker\/log only/;
    expect(examine('log_dest topic', 'log_type all')).toEqual([expect.stringMatching(topic)]);
    expect(examine('log_dest topic', 'log_dest syslog', 'log_type all')).toEqual([expect.stringMatching(/^well/)]);
    expect(examine('log_type all')).toEqual([expect.stringMatching(/^well/)]);
  });

  it.each(['log_dest none', 'log_type none'])('is nothing with %s', line => {
    expect(examine('log_type all', line, 'connection_messages false')).toEqual([
      'warning log log at 2: nothing is logged: neither logins nor denials can be seen',
    ]);
  });

  it('are logins, unless they are turned off', () => {
    expect(examine('log_type all', 'connection_messages true')).toHaveLength(1);
    expect(examine('log_type all', 'connection_messages false')[1]).toMatch(
      /^warning log logins in the log at 2: connection_messages is false/,
    );
  });
});

describe('the log file', () => {
  it.each([
    [[], null],
    [['log_dest syslog'], null],
    [['log_dest file'], null],
    [['log_dest file /var/log/m.log'], '/var/log/m.log'],
    [['log_dest file  /a b.log '], '/a b.log'],
    [['log_dest file /a', 'log_dest file /b', 'log_dest topic'], '/b'],
    [['log_type file /a'], null],
  ])('of %j is %s', (lines, file) => {
    expect(logFileOf(conf(...lines))).toBe(file);
  });
});
