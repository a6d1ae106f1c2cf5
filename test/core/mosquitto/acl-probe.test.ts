import { describe, expect, it } from 'vitest';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';
import { judgeProbe, planProbe } from '../../../src/core/mosquitto/acl-probe.ts';

const plan = (text: string, user: string | null = 'u') =>
  planProbe(parseAclFile(text, 'acl'), { user, clientId: 'c' }, 'tag');

describe('planProbe', () => {
  it.each([
    ['a user with topics of its own', 'user u\ntopic write heating/flow\n', 'hometui-probe/tag'],
    ['a user who is not in the file', 'user other\ntopic #\n', 'hometui-probe/tag'],
    ['a user who may write two levels', 'user u\ntopic write +/+\n', 'hometui-probe-tag'],
    ['a user who may write one and two levels', 'user u\ntopic write +/+\ntopic +\n', 'hometui-probe/tag/acl'],
    ['a user who may read everything', 'user u\ntopic read #\n', 'hometui-probe/tag'],
    ['a user for whom a pattern opens a branch', 'pattern write %u/#\n', 'hometui-probe/tag'],
    ['a denial that beats the right to all', 'user u\ntopic #\ntopic deny hometui-probe/#\n', 'hometui-probe/tag'],
  ])('finds a topic for %s', (_, text, topic) => {
    expect(plan(text)).toEqual({ kind: 'topic', topic });
  });

  it('names the line by which a user may write everything', () => {
    expect(plan('user u\ntopic read $SYS/#\ntopic readwrite #\n')).toMatchObject({
      kind: 'may-write-all',
      rule: { line: 3 },
    });
    expect(plan('pattern write #\n', null)).toMatchObject({ kind: 'may-write-all', rule: { line: 1 } });
  });
});

describe('judgeProbe', () => {
  it.each([
    [135, 'in-force'],
    [0, 'not-in-force'],
    [16, 'not-in-force'],
    [128, 'unknown'],
    [131, 'unknown'],
    [144, 'unknown'],
    [151, 'unknown'],
  ])('takes %i for %s', (code, verdict) => {
    expect(judgeProbe(code)).toBe(verdict);
  });
});
