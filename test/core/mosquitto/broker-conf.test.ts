import { describe, expect, it } from 'vitest';
import { findSetting, isOn, joinConfs, parseBrokerConf } from '../../../src/core/mosquitto/broker-conf.ts';

describe('parseBrokerConf', () => {
  it('reads settings with their lines; blanks at the ends go', () => {
    const conf = parseBrokerConf('# x\n\n  acl_file   /etc/my acl \r\nallow_anonymous true # why not\n', 'conf');
    expect(conf.issues).toEqual([]);
    expect(findSetting(conf, 'acl_file')).toEqual({ file: 'conf', line: 3, key: 'acl_file', value: '/etc/my acl' });
    expect(isOn(conf, 'allow_anonymous', false)).toBe(true);
    expect(isOn(conf, 'persistence', true)).toBe(true);
    expect(findSetting(conf, 'password_file')).toBeNull();
  });

  it.each([
    ['Acl_file /a', 'Write: acl_file /a'],
    ['acl_file\t/a', 'Write: acl_file /a'],
    ['\ufeffacl_file /a', 'Write: acl_file /a'],
    ['acl_file /a # b', 'Write: acl_file /a'],
    ['acl_file', 'full name behind acl_file'],
    ['allow_anonymous False', 'Write: allow_anonymous false'],
    ['allow_anonymous no', 'Write allow_anonymous true or'],
    ['  # x', 'Write: # x'],
    ['\t', 'Delete the line.'],
  ])('refuses %j and says what to write', (line, cure) => {
    const { issues } = parseBrokerConf(`persistence true\n${line}\n`, 'conf');
    expect(issues).toMatchObject([{ severity: 'error', place: { file: 'conf', line: 2 } }]);
    expect(issues[0]?.cure).toContain(cure);
  });

  it('warns of a comment that becomes a part of the name of a file that the broker makes', () => {
    expect(parseBrokerConf('pid_file /run/m.pid # mine\n', 'conf').issues).toEqual([
      {
        severity: 'warning',
        message: 'the comment belongs to the file\'s name: mosquitto writes "/run/m.pid # mine"',
        cure: 'Write: pid_file /run/m.pid',
        place: { file: 'conf', line: 1 },
      },
    ]);
  });

  it.each(['plugin_opt_Config x', 'allow_anonymous 1', 'log_type all', 'listener 1883', '#Acl_file x', ' \r'])(
    'takes %j',
    line => {
      expect(parseBrokerConf(`${line}\n`, 'conf').issues).toEqual([]);
    },
  );

  it('joins several, the last setting holds', () => {
    const conf = joinConfs([parseBrokerConf('user a\n', 'one'), parseBrokerConf('user b\n', 'two')]);
    expect(findSetting(conf, 'user')).toMatchObject({ file: 'two', value: 'b' });
  });
});
