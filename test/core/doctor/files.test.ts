import { describe, expect, it } from 'vitest';
import type { Check } from '../../../src/core/doctor/check.ts';
import { aclOfListener, examineFiles } from '../../../src/core/doctor/files.ts';
import type { FilesInput, Installation } from '../../../src/core/doctor/installation.ts';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';
import { parseBrokerConf } from '../../../src/core/mosquitto/broker-conf.ts';
import { parsePasswordFile } from '../../../src/core/mosquitto/password-file.ts';

const HASH = `$7$101$${'A'.repeat(16)}$${'A'.repeat(86)}==`;
const passwords = (file: string, ...users: readonly string[]) =>
  parsePasswordFile(users.map(user => `${user}:${HASH}\n`).join(''), file);
const acl = (file: string, text: string) => parseAclFile(text, file);
const sound = acl('/etc/acl', 'user heating\ntopic write heating/#\n');
const CONF = ['allow_anonymous false', 'acl_file /etc/acl', 'password_file /etc/pw', 'log_type all'];

/** A sound set of files, with changes. */
function installationOf(lines: readonly string[] | null, change: Partial<Installation> = {}): Installation {
  return {
    ...{ confFile: lines === null ? null : '/etc/conf', confFiles: lines === null ? [] : ['/etc/conf'] },
    conf: lines === null ? null : parseBrokerConf(lines.join('\n'), '/etc/conf'),
    ...{ acls: [sound], passwords: [passwords('/etc/pw', 'heating')] },
    ...{ files: [], closed: [], certificates: [], doubleHashed: [], changedAt: new Map() },
    ...change,
  };
}
const examine = (
  lines: readonly string[] | null,
  change: Partial<Installation> = {},
  more: Partial<FilesInput> = {},
): readonly Check[] =>
  examineFiles({ installation: installationOf(lines, change), needs: [], version: '2.0', ...more });
const say = (...args: Parameters<typeof examine>) =>
  examine(...args).map(({ id, sign, subject, evidence }) => `${sign} ${id} ${subject}: ${evidence}`);
const LISTENER = ['listener 1883', ...CONF];

describe('the files of a broker', () => {
  it('are well, each of them, where nothing is found', () => {
    expect(say(LISTENER)).toEqual([
      'well conf /etc/conf: listener 1883: nothing found',
      'well acl /etc/acl: 1 rule: nothing found',
      'well passwords /etc/pw: 1 user: nothing found',
    ]);
    const files = ['/etc/conf', '/etc/conf.d/a'];
    const two = ['listener 1883', 'listener 1884 10.0.0.7', ...CONF];
    expect(say(two, { confFiles: files })[0]).toBe(
      'well conf /etc/conf: 2 files, listener 1883, listener 1884 on 10.0.0.7: nothing found',
    );
  });

  it('are told with what is found in them, and then not as well', () => {
    const found = say(LISTENER, { acls: [acl('/etc/acl', 'user heating\ntopic wirte a\n')] });
    expect(found).toContainEqual(expect.stringMatching(/^fault acl \/etc\/acl: /));
    expect(found).not.toContainEqual(expect.stringMatching(/^well acl/));
    expect(found).toContainEqual(expect.stringMatching(/^well passwords/));
    const plain = [parsePasswordFile('heating:secret\n', '/etc/pw')];
    expect(say(LISTENER, { passwords: plain })).toContainEqual(expect.stringMatching(/^fault passwords \/etc\/pw: /));
    const conf = say([...LISTENER, 'listner 1884']);
    expect(conf).toContainEqual(expect.stringMatching(/^(?:fault|warning) conf \/etc\/conf: .*listner/));
    expect(conf).not.toContainEqual(expect.stringMatching(/^well conf/));
    // Found in a file that the conf includes: the conf as a whole is not well.
    const included = parseBrokerConf([...LISTENER, 'listner 1884'].join('\n'), '/etc/conf.d/a');
    const whole = say([], { conf: included, confFiles: ['/etc/conf', '/etc/conf.d/a'] });
    expect(whole).toContainEqual(expect.stringMatching(/ conf \/etc\/conf\.d\/a: .*listner/));
    expect(whole).not.toContainEqual(expect.stringMatching(/^well conf/));
  });

  it('are told of when they cannot be read, with the reason', () => {
    const closed = [{ file: '/etc/pw', role: 'passwords' as const, why: 'no permission', cure: 'Run this with sudo.' }];
    expect(examine(LISTENER, { passwords: [], closed })).toContainEqual({
      ...{ id: 'passwords', sign: 'unexamined', subject: '/etc/pw', evidence: 'it cannot be read: no permission' },
      ...{ cure: 'Run this with sudo.', place: null },
    });
  });

  it('that are missing, or open to all, are told of by what they are for', () => {
    const facts = { mode: 0o644, owner: 'root', group: 'root', isInUse: true };
    const missing = { ...facts, mode: null, owner: null, group: null, exists: false, namedIn: { file: '/x', line: 2 } };
    const found = say(LISTENER, {
      ...{ acls: [], passwords: [] },
      files: [
        { ...facts, file: '/etc/pw', role: 'passwords', exists: true },
        { ...missing, file: '/etc/acl', role: 'acl', namedIn: { file: '/etc/conf', line: 3 } },
      ],
    });
    expect(found).toContainEqual(expect.stringMatching(/^(?:warning|fault) passwords \/etc\/pw: .*0644/));
    expect(found).toContainEqual(expect.stringMatching(/^fault conf \/etc\/conf: .*\/etc\/acl/));
  });

  it('say what the house needs and lacks, where there is one file of rights', () => {
    const needs = [{ user: 'heating', access: 'read' as const, topic: 'cellar/fan', purpose: 'a command' }];
    const lacks = (change: Partial<Installation>) =>
      say(LISTENER, change, { needs }).filter(text => text.includes('cellar/fan'));
    expect(lacks({})).toEqual([expect.stringMatching(/^warning acl \/etc\/acl: /)]);
    // Of several nobody knows which of them a device has to do with.
    expect(lacks({ acls: [sound, acl('/etc/acl2', 'user x\ntopic read x\n')] })).toEqual([]);
  });

  it('have in common what is told once', () => {
    const other = acl('/etc/acl2', 'user heating\ntopic write heating/#\n');
    const found = say([...LISTENER, 'listner 1884'], { acls: [sound, other] });
    expect(found.filter(text => text.includes('listner'))).toHaveLength(1);
  });
});

describe('several listeners, each with files of its own', () => {
  const lines = [
    ...['per_listener_settings true', 'listener 1883', 'acl_file /etc/acl', 'password_file /etc/pw'],
    ...['allow_anonymous false', 'listener 1884', 'acl_file /etc/acl2', 'password_file /etc/pw2'],
    ...['allow_anonymous false', 'log_type all'],
  ];
  const other = acl('/etc/acl2', 'user cellar\ntopic write cellar/#\n');
  it('have each its rights held against its own passwords', () => {
    const both = [passwords('/etc/pw', 'heating'), passwords('/etc/pw2', 'cellar')];
    expect(say(lines, { acls: [sound, other], passwords: both }).filter(text => !text.startsWith('well'))).toEqual([]);
    const swapped = [passwords('/etc/pw', 'cellar'), passwords('/etc/pw2', 'heating')];
    const found = say(lines, { acls: [sound, other], passwords: swapped });
    expect(found.filter(text => /^(?:fault|warning) acl \/etc\/acl: .*heating/.test(text))).toHaveLength(1);
    expect(found.filter(text => /^(?:fault|warning) acl \/etc\/acl2: .*cellar/.test(text))).toHaveLength(1);
  });

  it('find their file of rights by its path, else by its name', () => {
    const acls = [acl('/copy/acl', ''), sound, other];
    const of = (...names: readonly string[]) =>
      aclOfListener(
        { acls },
        names.map(value => ({ value })),
      )?.file;
    expect([of('/etc/acl'), of('/etc/acl', '/etc/acl2'), of('/else/acl2')]).toEqual([
      '/etc/acl',
      '/etc/acl2',
      '/etc/acl2',
    ]);
    expect(aclOfListener({ acls }, [])).toBeNull();
    expect(aclOfListener({ acls }, [{ value: '/etc/rights' }])).toBeNull();
  });
});

describe('what decides who may do what', () => {
  const OPEN =
    /^fault acl rights: no acl_file is set: whoever is let in on listener 1883 may read and write everything$/;
  const open = ['listener 1883', 'allow_anonymous false', 'log_type all'];
  it('is nothing without a file of rights and without a plugin', () => {
    const found = examine(open, { acls: [] });
    expect(say(open, { acls: [] })).toContainEqual(expect.stringMatching(OPEN));
    expect(found.find(({ subject }) => subject === 'rights')?.place).toEqual({ file: '/etc/conf' });
    expect(say(LISTENER, { acls: [] })).not.toContainEqual(expect.stringMatching(/no acl_file is set/));
    // A file that the conf does not use, and one of several listeners, are findings of the lint.
    expect(say(open)).not.toContainEqual(expect.stringMatching(/whoever is let in/));
    const one = ['per_listener_settings true', 'listener 1884', 'acl_file /etc/acl', ...open];
    expect(say(one, { acls: [] })).not.toContainEqual(expect.stringMatching(/whoever is let in/));
  });

  it('is not known of a plugin of somebody else', () => {
    const plugin = examine([...open, 'plugin /usr/lib/x.so', 'plugin /usr/lib/mosquitto_dynamic_security.so'], {
      acls: [],
    }).filter(({ subject }) => subject === 'plugin');
    expect(plugin).toMatchObject([{ id: 'acl', sign: 'unexamined', place: { file: '/etc/conf', line: 4 } }]);
    expect(plugin[0]?.evidence).toMatch(/^the plugin \/usr\/lib\/x\.so may decide/);
  });

  it('is not said without a conf', () => {
    expect(say(null)).toEqual([
      'well acl /etc/acl: 1 rule: nothing found',
      'well passwords /etc/pw: 1 user: nothing found',
    ]);
    expect(say(null, { acls: [], passwords: [] })).toEqual([]);
  });
});
