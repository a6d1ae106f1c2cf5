import { describe, expect, it } from 'vitest';
import { createAccessTable, formatAccessTable, tableTexts } from '../../../src/core/mosquitto/access-table.ts';
import { checkAccess } from '../../../src/core/mosquitto/acl-check.ts';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';

const cell = (text: string, topic: string, user = 'a'): string => {
  const table = createAccessTable(parseAclFile(text, 'acl'), [user], [topic]);
  const row = tableTexts(table).rows.find(([first]) => first === topic);
  return row?.[1 + table.users.indexOf(user)] ?? 'no cell';
};

describe('createAccessTable', () => {
  it('has a column per user, those of the password file too, and one for clients without a name where a rule is theirs', () => {
    const table = createAccessTable(parseAclFile('topic read x\nuser a\ntopic y\n', 'acl'), ['b', 'a'], ['z']);
    expect(table.users).toEqual([null, 'a', 'b']);
    expect(table.rows.map(row => row.topic)).toEqual(['z', 'x', 'y']);
  });

  it.each([
    ['user a\ntopic read x\n', 'x', 'r'],
    ['user a\ntopic x\n', 'x', 'rw'],
    ['user a\ntopic read x\n', 'y', '-'],
    ['user a\ntopic #\n', '$SYS/#', '-'],
    ['user a\ntopic $SYS/#\n', '$SYS/#', 'r(w)'],
    ['user a\ntopic read a/#\n', 'a/+', 'r'],
    ['user a\ntopic read a/b\n', 'a/#', '(r)'],
    ['user a\ntopic read a/#\ntopic deny a/b\n', 'a/#', '(r)'],
    ['user a\ntopic deny #\ntopic read a/#\n', 'a/#', '-'],
    ['user a\ntopic deny a/b\npattern read a/#\n', 'a/#', '(r)'],
    ['user a\ntopic write a/b\npattern read a/#\n', 'a/#', 'r(w)'],
    ['pattern write %u/#\n', 'a/#', 'w'],
    ['pattern write %u/#\n', 'b/#', '-'],
    ['pattern write x/%c\n', 'x/y', '(w)'],
    ['pattern write x/%c\n', 'x/+', '(w)'],
    ['user a\ntopic $share/g/x\n', '$share/g/x', '-'],
    ['user a\ntopic $share/g/#\n', '$share/g/#', '-'],
  ])('%j on %s: %s', (text, topic, expected) => {
    expect(cell(text, topic)).toBe(expected);
  });

  it('lets the state of a bridge be written below $SYS, and nothing else, as explain has it', () => {
    const acl = parseAclFile('user a\ntopic readwrite $SYS/#\n', 'acl');
    const topics = ['$SYS/broker/connection/b/state', '$SYS/broker/connection/b', '$SYS/x'];
    for (const topic of topics) {
      const { allowed } = checkAccess(acl, { user: 'a', clientId: 'c', access: 'write', topic });
      expect(cell('user a\ntopic readwrite $SYS/#\n', topic)).toBe(allowed ? 'rw' : 'r');
    }
    expect(cell('user a\ntopic readwrite $SYS/#\n', '$SYS/broker/connection/+/state')).toBe('rw');
    expect(cell('user a\ntopic readwrite $SYS/#\n', '$SYS/#')).toBe('r(w)');
    expect(cell('user a\ntopic readwrite $SYS/#\n', '$SYS/broker/log/#')).toBe('r');
  });

  it('gives a user with a wildcard in its name nothing by patterns', () => {
    expect(cell('pattern write x\n', 'x', 'a+')).toBe('-');
    expect(cell('pattern write x/#\n', 'x/#', 'a+')).toBe('-');
  });
});

describe('formatAccessTable', () => {
  it('aligns the columns and explains brackets only where there are some', () => {
    const plain = createAccessTable(parseAclFile('user a\ntopic read heating/flow\nuser b\ntopic x\n', 'acl'), [], []);
    expect(formatAccessTable(tableTexts(plain))).toEqual([
      'topic         a  b',
      'heating/flow  r  -',
      'x             -  rw',
    ]);
    const partly = createAccessTable(parseAclFile('user a\ntopic read x/#\nuser b\ntopic x/y\n', 'acl'), [], []);
    expect(formatAccessTable(tableTexts(partly)).at(-1)).toContain('on some of these topics only');
  });

  it('shows nothing that moves a cursor', () => {
    const table = createAccessTable(parseAclFile('user a\u001b[31m\ntopic x\u0007\n', 'acl'), [], []);
    expect(formatAccessTable(tableTexts(table)).join('')).not.toMatch(/[\u0007\u001b]/);
  });

  it('comes in several tables where it is wider than the terminal', () => {
    const table = { heading: ['topic', 'one', 'two', 'three'], rows: [['cellar/fan', 'r', 'w', 'rw']], legend: null };
    expect(formatAccessTable(table, 20)).toEqual([
      ...['topic       one  two', 'cellar/fan  r    w', '', 'topic       three', 'cellar/fan  rw'],
    ]);
    expect(formatAccessTable(table, 1)).toHaveLength(8);
    expect(formatAccessTable({ ...table, heading: ['topic'], rows: [['a']] }, 1)).toEqual(['topic', 'a']);
  });
});
