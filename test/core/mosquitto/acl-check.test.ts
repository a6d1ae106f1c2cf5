import { describe, expect, it } from 'vitest';
import { type AccessQuestion, checkAccess, fillPattern } from '../../../src/core/mosquitto/acl-check.ts';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';

const ask = (text: string, question: Partial<AccessQuestion>) => {
  const acl = parseAclFile(text, 'acl');
  const decision = checkAccess(acl, { user: 'a', clientId: 'c', access: 'read', topic: 'x', ...question });
  return { allowed: decision.allowed, line: decision.rule?.line ?? null, reason: decision.reason };
};

describe('checkAccess', () => {
  it('asks the rules of the own section, and names the deciding line', () => {
    expect(ask('user a\ntopic write y\ntopic read x\n', {})).toEqual({ allowed: true, line: 3, reason: 'rule' });
    expect(ask('user b\ntopic read x\n', {})).toEqual({ allowed: false, line: null, reason: 'no-rule' });
  });

  it('gives the rules before the first user line to clients without a name only', () => {
    expect(ask('topic read x\n', { user: null }).allowed).toBe(true);
    expect(ask('topic read x\n', {}).allowed).toBe(false);
    expect(ask('user a\ntopic read x\n', { user: null }).allowed).toBe(false);
  });

  it('lets a denial beat each allowance of its list, wherever it stands', () => {
    expect(ask('user a\ntopic read x\ntopic deny #\n', {})).toEqual({ allowed: false, line: 3, reason: 'rule' });
    expect(ask('topic deny #\nuser a\ntopic read x\n', {}).allowed).toBe(true);
    expect(ask('pattern deny #\nuser a\ntopic read x\n', {})).toMatchObject({ allowed: true, line: 3 });
    expect(ask('user a\ntopic deny x\npattern readwrite #\n', {})).toMatchObject({ allowed: false, line: 2 });
  });

  it('tells read from write, and a rule without a keyword grants both', () => {
    for (const access of ['read', 'write'] as const) {
      expect(ask('user a\ntopic x\n', { access }).allowed).toBe(true);
      expect(ask('user a\ntopic read x\n', { access }).allowed).toBe(access === 'read');
      expect(ask('user a\ntopic write x\n', { access }).allowed).toBe(access === 'write');
    }
  });

  it('distinguishes capitals in users and topics', () => {
    expect(ask('user A\ntopic x\n', {}).allowed).toBe(false);
    expect(ask('user a\ntopic X\n', {}).allowed).toBe(false);
  });

  it('fills patterns with the user name and the client identifier', () => {
    const question = { user: 'heating', clientId: 'h1', topic: 'heating/h1/flow' };
    expect(ask('pattern read %u/%c/#\n', question).allowed).toBe(true);
    expect(ask('pattern read %u/%c/#\n', { ...question, user: null }).allowed).toBe(false);
    expect(ask('pattern read +/%c/#\n', { ...question, user: null }).allowed).toBe(true);
  });

  it('denies by patterns nothing but their topics, yet a wildcard in a name all of them', () => {
    expect(ask('pattern read x\n', { clientId: 'c#' })).toMatchObject({ allowed: false, reason: 'wildcard-name' });
    expect(ask('pattern read x\n', { user: 'a+' })).toMatchObject({ allowed: false, reason: 'wildcard-name' });
    expect(ask('user a\ntopic read x\npattern read y\n', { clientId: 'c#' }).allowed).toBe(true);
    expect(ask('user a\ntopic read x\n', { clientId: 'c#', topic: 'y' }).reason).toBe('no-rule');
  });

  it('keeps $ topics to $ rules, $SYS unwritten but for the bridges, and $share closed', () => {
    expect(ask('user a\ntopic #\n', { topic: '$SYS/broker/version' }).allowed).toBe(false);
    expect(ask('user a\ntopic $SYS/#\n', { topic: '$SYS/broker/version' }).allowed).toBe(true);
    expect(ask('user a\ntopic $SYS/#\n', { topic: '$SYS/x', access: 'write' })).toMatchObject({
      allowed: false,
      reason: 'broker',
    });
    expect(ask('user a\ntopic $SYSx/#\n', { topic: '$SYSx/x', access: 'write' }).allowed).toBe(false);
    expect(ask('user a\ntopic $SYS/#\n', { topic: '$SYS/broker/connection/b/state', access: 'write' }).allowed).toBe(
      true,
    );
    expect(ask('user a\ntopic $share/#\n', { topic: '$share/x' })).toMatchObject({ allowed: false, reason: 'broker' });
  });

  it('denies everything by an empty file', () => {
    expect(ask('', {})).toEqual({ allowed: false, line: null, reason: 'no-rule' });
    expect(ask('user a\n', {}).allowed).toBe(false);
  });
});

describe('fillPattern', () => {
  it.each([
    ['%u/%c', 'a/c'],
    ['%%u', '%a'],
    ['%u%', 'a%'],
    ['%x', '%x'],
    ['%uc', 'ac'],
  ])('makes %j of %j', (pattern, filled) => {
    expect(fillPattern(pattern, { user: 'a', clientId: 'c' })).toBe(filled);
  });

  it('does not fill what it filled in', () => {
    expect(fillPattern('%u/%c', { user: '%c', clientId: '%u' })).toBe('%c/%u');
    expect(fillPattern('%c', { user: 'a', clientId: '$&' })).toBe('$&');
  });

  it('passes over what cannot be filled', () => {
    expect(fillPattern('%u/x', { user: null, clientId: 'c' })).toBeNull();
    expect(fillPattern('%c', { user: 'a', clientId: '' })).toBeNull();
  });
});

describe('fillPattern of mosquitto 2.1', () => {
  it.each([
    ['%u/%c', 'a/c'],
    ['x/%c', 'x/c'],
    ['%u/x', 'a/x'],
    ['x%u/%%c/%x', 'x%u/%%c/%x'],
    ['/x//', '/x//'],
  ])('fills %s where a placeholder is a level of its own: %s', (pattern, filter) => {
    expect(fillPattern(pattern, { user: 'a', clientId: 'c' }, '2.1')).toBe(filter);
  });

  it('passes over a pattern whose name is empty or has levels, and only such', () => {
    const bad = ['', 'a/b', '/a', 'a/'];
    expect(bad.map(user => fillPattern('%u/x', { user, clientId: 'c' }, '2.1'))).toEqual(bad.map(() => null));
    expect(bad.map(clientId => fillPattern('x/%c', { user: 'a', clientId }, '2.1'))).toEqual(bad.map(() => null));
    expect(bad.map(user => fillPattern('x/%c', { user, clientId: 'c' }, '2.1'))).toEqual(bad.map(() => 'x/c'));
    expect(fillPattern('%u/x', { user: null, clientId: 'c' }, '2.1')).toBeNull();
  });
});
