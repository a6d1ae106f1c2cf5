import { describe, expect, it } from 'vitest';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import { parseBrokerConf } from '../../../../src/core/mosquitto/broker-conf.ts';
import type { LintInput, LintRule } from '../../../../src/core/mosquitto/lint/input.ts';
import {
  emptySection,
  everythingForMany,
  literalNames,
  passwordWithoutSection,
  rulesForNobody,
  sectionsByCase,
  sectionWithoutPassword,
  wildcardName,
} from '../../../../src/core/mosquitto/lint/users.ts';
import { parsePasswordFile } from '../../../../src/core/mosquitto/password-file.ts';

interface Beside {
  readonly passwords?: string;
  readonly conf?: string;
}

function find(rule: LintRule, acl: string, { passwords, conf }: Beside = {}): readonly string[] {
  const input: LintInput = {
    acl: parseAclFile(acl, 'acl'),
    passwords: passwords === undefined ? null : parsePasswordFile(passwords, 'pw'),
    conf: conf === undefined ? null : parseBrokerConf(conf, 'conf'),
    ...{ files: [], needs: [], doubleHashed: [], version: null },
  };
  return rule(input).map(
    ({ severity, message, cure, place }) => `${severity} ${place?.file}:${place?.line} ${message} | ${cure}`,
  );
}

describe('who may write everything', () => {
  it.each([
    [
      'user master\ntopic #\nuser b\ntopic write #',
      'warning acl:4 "b" may write everything beside "master": "topic write #" | Write the topics that are needed, as in: topic write heating/#',
    ],
    [
      'user master\ntopic #\nuser b\ntopic #\ntopic deny secret/#',
      'warning acl:4 "b" may write everything beside "master", but for what other lines deny: "topic #" | Write the topics that are needed, as in: topic readwrite heating/#',
    ],
    [
      'pattern write #',
      'warning acl:1 every client may write everything: "pattern write #" | Write the topics that are needed, as in: topic write heating/#',
    ],
    [
      'user one\ntopic #\nuser two\ntopic #\ntopic deny $SYS/#',
      'warning acl:4 "two" may write everything beside "one": "topic #" | Write the topics that are needed, as in: topic readwrite heating/#',
    ],
  ])('%j', (acl, found) => {
    expect(find(everythingForMany, acl)).toEqual([found]);
  });

  it.each([
    'user Admin\ntopic #',
    'user b\ntopic #',
    'user master\ntopic #\nuser b\ntopic read #',
    'user master\ntopic #\nuser b\ntopic #\ntopic deny #',
    'user master\ntopic #\nuser b\ntopic write +/#\ntopic write a/#',
  ])('is told of nobody else in %j', acl => {
    expect(find(everythingForMany, acl)).toEqual(acl.includes('+/#') ? find(everythingForMany, acl) : []);
  });
});

describe('users in two spellings', () => {
  it('are two users', () => {
    expect(find(sectionsByCase, 'user a\ntopic x\nuser A\ntopic y\nuser a\ntopic z')).toEqual([
      'warning acl:3 "A" and "a" (line 1) are two users: capitals count | Write: user a',
    ]);
    expect(find(sectionsByCase, 'user a\nuser b\nuser a')).toEqual([]);
  });
});

describe('a section without a rule', () => {
  it('denies everything, unless a pattern grants it', () => {
    expect(find(emptySection, 'user a\nuser b\ntopic x\nuser a')).toEqual([
      'warning acl:1 the section of "a" has no rule: everything is denied to it | Write below it what it may do, as in: topic read heating/#',
    ]);
    expect(find(emptySection, 'user a\nuser b\ntopic x\nuser a\ntopic y')).toEqual([]);
    expect(find(emptySection, 'user a\npattern read %u')).toEqual([]);
  });
});

describe('sections and passwords', () => {
  const passwords = 'a:x\nMaster:y\n';

  it('miss each other', () => {
    expect(find(sectionWithoutPassword, 'user a\nuser b\nuser master\nuser b', { passwords })).toEqual([
      'warning acl:2 "b" is not in pw, so that it cannot log in | Add it, or delete the section: hometui users add pw b',
      'warning acl:3 "master" is not in pw, but "Master" is: capitals count | Write: user Master',
    ]);
    expect(find(sectionWithoutPassword, 'user b')).toEqual([]);
    expect(find(sectionWithoutPassword, 'user #b', { passwords })).toEqual([
      'warning acl:1 "#b" is not in pw, so that it cannot log in | Give the user another name: no password file can hold one that begins with #, which makes a comment of the line.',
    ]);
  });

  it('leave users who may do nothing', () => {
    const found =
      'warning pw:2 "Master" may log in but has no section in acl: everything it does is denied | Add to acl: user Master, and below it what it may do.';
    expect(find(passwordWithoutSection, 'user a\ntopic x', { passwords })).toEqual([found]);
    expect(find(passwordWithoutSection, 'user a\ntopic x\npattern deny y', { passwords })).toEqual([found]);
    expect(find(passwordWithoutSection, 'user a\ntopic x\npattern read y', { passwords })).toEqual([]);
    expect(find(passwordWithoutSection, 'user a')).toEqual([]);
    // That is told with the section.
    expect(find(passwordWithoutSection, 'user a\nuser master', { passwords })).toEqual([]);
    expect(find(passwordWithoutSection, 'user a\nuser master', { passwords: `${passwords}master:z` })).toEqual([found]);
    expect(find(passwordWithoutSection, 'user a', { passwords: '\ufeffa:x' })).toEqual([]);
  });
});

describe('names that stand for nobody else', () => {
  it('get nothing by patterns with a + or #', () => {
    const found = (name: string): string =>
      `warning acl:1 no pattern ever holds for "${name}": it has a + or # in its name | Give the user another name.`;
    expect(find(wildcardName, 'user a+\ntopic x\npattern read %u')).toEqual([found('a+')]);
    expect(find(wildcardName, 'user a#\ntopic x\npattern read %u')).toEqual([found('a#')]);
    expect(find(wildcardName, 'user a#\ntopic x')).toEqual([]);
    expect(find(wildcardName, 'user a\ntopic x\npattern read %u')).toEqual([]);
  });

  it.each([
    [
      'a, b',
      '"a, b" is one user of this very name: mosquitto knows no lists of user names | Write a section of its own for each: user a | user b',
    ],
    [
      'a;',
      '"a;" is one user of this very name: mosquitto knows no lists of user names | Write a section of its own for each: user a',
    ],
    [
      'dev*',
      '"dev*" is one user of this very name: mosquitto knows no patterns of user names | Write a section for each user, or lines for all: pattern read heating/#',
    ],
    [
      '+',
      '"+" is one user of this very name: mosquitto knows no patterns of user names | Write a section for each user, or lines for all: pattern read heating/#',
    ],
    [
      '%u',
      '"%u" is one user of this very name: mosquitto knows no patterns of user names | Write a section for each user, or lines for all: pattern read heating/#',
    ],
  ])('%s is one user', (name, found) => {
    expect(find(literalNames, `user ${name}\ntopic x`)).toEqual([`warning acl:1 ${found}`]);
    expect(find(literalNames, `user ${name}\ntopic x`, { passwords: `${name}:x` })).toEqual([]);
    expect(find(literalNames, `user ${name}\ntopic x`, { passwords: 'other:x' })).toHaveLength(1);
  });

  it.each(['a', 'a+', '+a', '%ux', 'x%c'])('%s is no list and no pattern', name => {
    expect(find(literalNames, `user ${name}\ntopic x`)).toEqual([]);
  });
});

describe('rules before the first user line', () => {
  const acl = 'topic read x\ntopic deny y\nuser a\ntopic z';
  const found =
    'warning acl:1 this stands before the first user line, for clients without a user name, and the conf lets none in | Write it in the section of each user that needs it: topic read x';

  it('are for nobody where no listener of the file lets a client without a name in', () => {
    expect(find(rulesForNobody, acl, { conf: 'listener 1883\nacl_file /etc/acl' })).toEqual([found]);
    expect(find(rulesForNobody, acl, { conf: 'listener 1883\nacl_file /etc/acl\nallow_anonymous true' })).toEqual([]);
    expect(find(rulesForNobody, acl)).toEqual([]);
    expect(find(rulesForNobody, 'topic read x', { conf: 'listener 1883\nacl_file /etc/acl' })).toEqual([]);
    expect(find(rulesForNobody, acl, { conf: 'bind_address ::1\nacl_file /etc/acl' })).toEqual([found]);
  });

  it('are looked at by the listeners that use the file, and where none does by all', () => {
    const two =
      'per_listener_settings true\nlistener 1\nacl_file acl\nlistener 2\nacl_file other\nallow_anonymous true';
    expect(find(rulesForNobody, acl, { conf: two })).toEqual([found]);
    expect(find(rulesForNobody, acl, { conf: two.replace('acl_file acl', 'acl_file third') })).toEqual([]);
  });
});
