import { describe, expect, it } from 'vitest';
import { aclUsers, isRefused, parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';

const rulesOf = (text: string) =>
  parseAclFile(text, 'acl').rules.map(({ line, owner, access, topic }) => ({
    line,
    owner: owner.kind === 'user' ? owner.name : owner.kind,
    access,
    topic,
  }));

describe('parseAclFile', () => {
  it('gives each rule its line, its owner, its access and its topic', () => {
    const text =
      '# the house\ntopic read a/#\n\nuser heating\ntopic write heating/flow\ntopic x\npattern deny %u/%c\nuser b\ntopic readwrite #\n';
    expect(rulesOf(text)).toEqual([
      { line: 2, owner: 'anonymous', access: 'read', topic: 'a/#' },
      { line: 5, owner: 'heating', access: 'write', topic: 'heating/flow' },
      { line: 6, owner: 'heating', access: 'readwrite', topic: 'x' },
      { line: 7, owner: 'pattern', access: 'deny', topic: '%u/%c' },
      { line: 9, owner: 'b', access: 'readwrite', topic: '#' },
    ]);
  });

  it('joins the sections of one user and keeps the order of asking: the last denial first', () => {
    const acl = parseAclFile(
      'user a\ntopic read 1\ntopic deny 2\nuser b\nuser a\ntopic deny 3\ntopic write 4\n',
      'acl',
    );
    expect(acl.order.users.get('a')?.map(rule => rule.topic)).toEqual(['3', '2', '1', '4']);
    expect(acl.sections.map(section => section.line)).toEqual([1, 4, 5]);
    expect(aclUsers(acl)).toEqual(['a', 'b']);
  });

  it.each([
    ['topic read x\r\n', 'x', 'read'],
    ['   topic    read    a b  c  \t\r\n', 'a b  c', 'read'],
    ['topic read \t x', 'x', 'read'],
    ['topic read\tx\n', 'read\tx', 'readwrite'],
    ['topic deny\n', 'deny', 'readwrite'],
    ['topic read  \n', 'read', 'readwrite'],
    ['topic deny x y\n', 'x y', 'deny'],
    ['topic read x\rtopic write y\n', 'x\rtopic write y', 'read'],
    ['topic read x # all\n', 'x # all', 'read'],
  ])('reads %j as mosquitto does', (text, topic, access) => {
    const acl = parseAclFile(text, 'acl');
    // "# all" is no comment but part of the topic, and no valid one.
    if (topic.includes('#')) expect(isRefused(acl)).toBe(true);
    else expect(acl.rules).toMatchObject([{ topic, access }]);
  });

  it.each([
    ['user  a b \t\n', 'a b'],
    ['user \ta\n', 'a'],
    ['user # x\n', '# x'],
  ])('reads the name of %j', (text, name) => {
    expect(aclUsers(parseAclFile(text, 'acl'))).toEqual([name]);
  });

  it.each([
    ['Topic read x', 1, 'Write: topic read x'],
    ['topic Read x', 1, 'Write: topic read x'],
    ['User a', 1, 'Write: user a'],
    ['user a\ntopic\tread\tx', 2, 'Write: topic read x'],
    ['\ufefftopic read x', 1, 'Write: topic read x'],
    ['\ufeff# the house', 1, 'Write: # the house'],
    ['\n  # indented', 2, 'Write: # indented'],
    ['\t# indented', 1, 'Write: # indented'],
    ['user', 1, 'as in: user heating'],
    ['user \t ', 1, 'as in: user heating'],
    ['topic  ', 1, 'as in: topic read heating/#'],
    ['topic rw x', 1, 'read, write, readwrite or deny'],
    ['topic living room/light', 1, '"living room/light"'],
    ['topic read a#', 1, 'whole levels'],
    ['topic read a/#/b', 1, 'whole levels'],
    ['topic read a+/b', 1, 'whole levels'],
    ['pattern read a/+%u', 1, 'whole levels'],
    [`topic read ${'/'.repeat(201)}`, 1, 'whole levels'],
    ['allow x', 1, 'user, topic or pattern'],
  ])('refuses %j with its line and the cure', (text, line, cure) => {
    const acl = parseAclFile(`${text}\n`, 'acl');
    expect(acl.issues).toMatchObject([{ severity: 'error', place: { file: 'acl', line } }]);
    expect(acl.issues[0]?.cure).toContain(cure);
    expect(isRefused(acl)).toBe(true);
  });

  it.each([
    '',
    '\n',
    ' \t \n',
    '#\n',
    '#topic Foo\n',
    'user a\n',
    `topic read ${'/'.repeat(200)}\n`,
    'topic read $SYS/#',
  ])('takes %j', text => {
    expect(parseAclFile(text, 'acl').issues).toEqual([]);
  });

  it('lists every line that is refused, though the broker stops at the first', () => {
    expect(parseAclFile('Topic a\ntopic read b\nTopic c\n', 'acl').issues.map(issue => issue.place?.line)).toEqual([
      1, 3,
    ]);
  });

  it('shows nothing that moves a cursor', () => {
    const [issue] = parseAclFile('\u001b[31mtopic x\n', 'acl').issues;
    expect(`${issue?.message}${issue?.cure}`).not.toContain('\u001b');
  });
});

describe('lines that mosquitto drops without a word', () => {
  const lineOf = (bytes: number): string => `topic read ${'x'.repeat(bytes - 11)}`;

  it.each([255, 1255])('a last line of %d bytes without a line feed', bytes => {
    const acl = parseAclFile(`topic read a\n${lineOf(bytes)}`, 'acl');
    expect(acl.rules).toHaveLength(1);
    expect(acl.issues).toMatchObject([
      { severity: 'warning', place: { line: 2 }, cure: 'End the file with a line feed.' },
    ]);
  });

  it.each([254, 256, 1254, 1256])('but not one of %d bytes', bytes => {
    expect(parseAclFile(`topic read a\n${lineOf(bytes)}`, 'acl').rules).toHaveLength(2);
  });

  it('but not with a line feed, and not where a longer line made the buffer grow', () => {
    expect(parseAclFile(`${lineOf(255)}\n`, 'acl').rules).toHaveLength(1);
    expect(parseAclFile(`${lineOf(300)}\n${lineOf(255)}`, 'acl').rules).toHaveLength(2);
  });

  it('counts bytes, not characters', () => {
    expect(parseAclFile(`topic read ${'ü'.repeat(122)}`, 'acl').rules).toHaveLength(0);
  });

  it('everything from a null character on', () => {
    const acl = parseAclFile('topic read a\ntopic read b\0\ntopic read c\nfoo\n', 'acl');
    expect(acl.rules).toHaveLength(1);
    expect(acl.issues).toMatchObject([{ severity: 'warning', place: { line: 2 } }]);
  });
});
