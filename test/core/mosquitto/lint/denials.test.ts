import { describe, expect, it } from 'vitest';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import { denyBeatsAllow, denyBeforeFirstUser, grantedTwice } from '../../../../src/core/mosquitto/lint/denials.ts';
import type { LintInput, LintRule } from '../../../../src/core/mosquitto/lint/input.ts';

function find(rule: LintRule, acl: string): readonly string[] {
  const others = { passwords: null, conf: null, files: [], needs: [], doubleHashed: [], version: null };
  const input: LintInput = { acl: parseAclFile(acl, 'acl'), ...others };
  return rule(input).map(({ message, cure, place }) => `${place?.line} ${message} | ${cure}`);
}

describe('a denial', () => {
  it('before the first user line is for clients without a name', () => {
    const found =
      '1 this denial stands before the first user line: it holds for clients without a user name only, not for all | Write "topic deny x" in each section that it is meant for, or delete it: what no line grants is denied.';
    expect(find(denyBeforeFirstUser, 'topic deny x\ntopic read y\nuser a\ntopic deny z')).toEqual([found]);
    expect(find(denyBeforeFirstUser, 'topic deny x')).toEqual([]);
  });

  it('beats each line of its list that it covers', () => {
    expect(find(denyBeatsAllow, 'user a\ntopic read a/b\ntopic write c\ntopic deny a/#\ntopic deny a/b')).toEqual([
      '2 "topic read a/b" never holds: the denial "topic deny a/b" in line 5 beats it | Delete line 5 (what no line grants "a" is denied anyhow), or this one.',
    ]);
    expect(find(denyBeatsAllow, 'pattern deny %u\npattern read %u')).toEqual([
      '2 "pattern read %u" never holds: the denial "pattern deny %u" in line 1 beats it | Delete line 1 (what no line grants every client is denied anyhow), or this one.',
    ]);
    expect(find(denyBeatsAllow, 'topic deny a\nuser a\ntopic read a\ntopic read #\ntopic deny b')).toEqual([]);
  });
});

describe('a line that grants what another grants', () => {
  it.each([
    ['user a\ntopic x\ntopic read x', '3 "topic read x" adds nothing: line 2 grants it already | Delete the line.'],
    ['user a\ntopic x\ntopic write x', '3 "topic write x" adds nothing: line 2 grants it already | Delete the line.'],
    [
      'user a\ntopic read x\ntopic read x',
      '3 "topic read x" adds nothing: line 2 grants it already | Delete the line.',
    ],
    ['user a\ntopic x\nuser a\ntopic x', '4 "topic x" adds nothing: line 2 grants it already | Delete the line.'],
  ])('%j adds nothing', (acl, found) => {
    expect(find(grantedTwice, acl)).toEqual([found]);
  });

  it.each([
    'user a\ntopic read x\ntopic write x',
    'user a\ntopic write x\ntopic read x',
    'user a\ntopic read x\ntopic readwrite x',
    'user a\ntopic write x\ntopic readwrite x',
    'user a\ntopic deny x\ntopic read x',
    'user a\ntopic deny x\ntopic deny x',
    'user a\ntopic read #\ntopic read x',
    'user a\ntopic read x\nuser b\ntopic read x',
  ])('%j has no such line', acl => {
    expect(find(grantedTwice, acl)).toEqual([]);
  });
});
