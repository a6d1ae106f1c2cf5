import { describe, expect, test } from 'vitest';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import { parseBrokerConf } from '../../../../src/core/mosquitto/broker-conf.ts';
import type { BrokerVersion } from '../../../../src/core/mosquitto/broker-version.ts';
import { missingFile, tooOpenFile, unreadableFile } from '../../../../src/core/mosquitto/lint/files.ts';
import type { FileFacts, LintInput, LintRule } from '../../../../src/core/mosquitto/lint/input.ts';

/** A password file as Debian has it: the broker's own, for nobody else. */
const sound: FileFacts = {
  ...{ file: '/etc/pw', role: 'passwords', exists: true, isInUse: true },
  ...{ mode: 0o600, owner: 'mosquitto', group: 'mosquitto' },
};
function find(
  rule: LintRule,
  facts: Partial<FileFacts>,
  conf: string | null = null,
  version: BrokerVersion | null = '2.0',
) {
  const input: LintInput = {
    acl: parseAclFile('', 'acl'),
    passwords: null,
    conf: conf === null ? null : parseBrokerConf(conf, 'conf'),
    ...{ files: [{ ...sound, ...facts }], needs: [], doubleHashed: [], version },
  };
  return rule(input).map(({ severity, message, cure }) => `${severity} ${message}\n${cure}`);
}

describe('a file that the broker cannot read', () => {
  test.each<[string, Partial<FileFacts>, boolean]>([
    ['its own, which it may read', {}, true],
    ['its own, which it may not read', { mode: 0o277 }, false],
    ["another's, of its group", { owner: 'root', mode: 0o640 }, true],
    ["another's, of its group, which may not read it", { owner: 'root', mode: 0o700 }, false],
    ["another's, of another group, which may read it", { owner: 'root', group: 'adm', mode: 0o640 }, false],
    ["another's, for everybody", { owner: 'root', group: 'adm', mode: 0o644 }, true],
    ["another's, for everybody but its group", { owner: 'root', mode: 0o604 }, false],
    ["another's, for everybody but another group", { owner: 'root', group: 'adm', mode: 0o604 }, true],
    ["root's, for its group", { owner: 'root', group: 'root', mode: 0o640 }, false],
    ["root's, for everybody but its group", { owner: 'root', group: 'root', mode: 0o604 }, true],
    ['of an unknown owner', { owner: null, group: 'adm', mode: 0o600 }, true],
    ['of an unknown group', { owner: 'root', group: null, mode: 0o600 }, true],
    ['of an unknown mode', { owner: 'root', group: 'adm', mode: null }, true],
    ['that it does not use', { owner: 'root', group: 'adm', isInUse: false }, true],
    ['that is not there', { owner: 'root', group: 'adm', exists: false }, true],
  ])('%s', (_, facts, isRead) => {
    expect(find(unreadableFile, facts)).toHaveLength(isRead ? 0 : 1);
  });

  test('is told with its mode, owner and cure, and by the user that the conf names', () => {
    expect(find(unreadableFile, { owner: 'root', group: 'adm', mode: 0o4600 })).toEqual([
      'error mosquitto cannot read /etc/pw (mode 4600 root:adm): at a reload (SIGHUP) mosquitto 2.0 lets nobody in any more\n' +
        'Run: sudo chown mosquitto:mosquitto /etc/pw && sudo chmod 0600 /etc/pw',
    ]);
    expect(find(unreadableFile, { owner: 'root', group: 'adm', mode: 0o640 })).toEqual([
      'warning mosquitto cannot read /etc/pw (mode 0640 root:adm), unless it is of the group adm: at a reload (SIGHUP) mosquitto 2.0 lets nobody in any more\n' +
        'Run: sudo chown mosquitto:mosquitto /etc/pw && sudo chmod 0600 /etc/pw',
    ]);
    const [other = ''] = find(unreadableFile, { role: 'acl' }, 'user pi\n', '2.1');
    expect(other).toContain('pi cannot read /etc/pw');
    expect(other).toContain('mosquitto 2.1 ends');
    expect(other).toContain('sudo chown pi: /etc/pw');
    expect(find(unreadableFile, { owner: 'pi', group: 'pi' }, 'user root\n')).toEqual([]);
  });
});

describe('a file that is too open', () => {
  test.each<[string, Partial<FileFacts>, string | null]>([
    ['for nobody else', {}, null],
    ['for its group', { mode: 0o640 }, null],
    ['passwords that everybody may read', { mode: 0o644 }, 'warning everybody on this machine may read the hashes'],
    [
      'passwords that everybody may change',
      { mode: 0o602 },
      'error everybody on this machine may change /etc/pw (mode 0602)',
    ],
    ['an ACL that everybody may read', { role: 'acl', mode: 0o644 }, null],
    ['an ACL that everybody may change', { role: 'acl', mode: 0o646 }, 'error everybody on this machine may change'],
    ['one that is not used', { mode: 0o666, isInUse: false }, null],
    ['one that is not there', { mode: 0o666, exists: false }, null],
    ['one of an unknown mode', { mode: null }, null],
  ])('%s', (_, facts, told) => {
    const found = find(tooOpenFile, facts);
    expect(found).toEqual(told === null ? [] : [expect.stringContaining(told)]);
  });

  test('says which brokers warn of it', () => {
    const warned = (version: BrokerVersion | null): string | undefined =>
      find(tooOpenFile, { mode: 0o644 }, null, version)[0];
    expect(warned('2.1')).toContain('(mode 0644); mosquitto 2.1 warns of it');
    expect(warned('2.0')).toContain('mosquitto 2.0.16 and later warn of it');
    expect(warned(null)).toContain('mosquitto 2.0.16 and later warn of it');
  });
});

test('a file that is not there keeps the broker from starting', () => {
  expect(find(missingFile, {})).toEqual([]);
  const [found = ''] = find(missingFile, { exists: false, role: 'acl' });
  expect(found).toBe(
    'error /etc/pw does not exist: mosquitto does not start with it, and at a reload (SIGHUP) mosquitto 2.0 goes on with no ACL at all\n' +
      'Name the file that is meant, or write it.',
  );
});
