import { describe, expect, test } from 'vitest';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import { effectsOf, extentOn } from '../../../../src/core/mosquitto/edit/acl-effect.ts';

const extent = (text: string, topic: string, access: 'read' | 'write' = 'read', user = 'u'): string =>
  extentOn(parseAclFile(text, 'acl'), user, access, topic);

describe('how much of an access a user has', () => {
  test.each([
    ['user u\ntopic read a/#\n', 'a/b', 'all'],
    ['user u\ntopic read a/#\n', 'a/#', 'all'],
    ['user u\ntopic read a/#\n', 'b', 'none'],
    ['user u\ntopic read a/b\n', 'a/#', 'some'],
    ['user u\ntopic read a/+\n', 'a/#', 'some'],
    ['user u\ntopic read a/#\ntopic deny a/b\n', 'a/b', 'none'],
    ['user u\ntopic read a/#\ntopic deny a/b\n', 'a/#', 'some'],
    ['user u\ntopic write a/b\n', 'a/b', 'none'],
    ['user u\ntopic readwrite a/b\n', 'a/b', 'all'],
    ['user v\ntopic read a/b\n', 'a/b', 'none'],
    ['topic read a/b\n', 'a/b', 'none'],
  ])('by %j on %s: %s', (text, topic, wanted) => {
    expect(extent(text, topic)).toBe(wanted);
  });

  test.each([
    ['pattern read a/%u', 'a/u', 'all'],
    ['pattern read a/%u', 'a/v', 'none'],
    ['pattern write a/%u', 'a/u', 'none'],
    ['pattern read %c/x', 'c1/x', 'some'],
    ['pattern read %c/x', 'c1/y', 'none'],
    ['pattern read a/%c', 'a/c1', 'some'],
    ['pattern read a/%c', 'b/c1', 'none'],
    ['pattern read a/%c/on', 'a/c1/on', 'some'],
    ['pattern read a/%c/on', 'a/c1/off', 'none'],
    ['pattern read a/%c/+', 'a/c1/off', 'some'],
    ['pattern read a/%c/#', 'a/c1/b/c', 'some'],
    ['pattern read a/%c/on', 'a/#', 'some'],
    ['pattern read a/%c/on', 'b/#', 'none'],
    ['pattern read %u/%c', 'u/c1', 'some'],
    ['pattern read %u/%c', 'v/c1', 'none'],
  ])('by %s on %s: %s', (pattern, topic, wanted) => {
    expect(extent(`user u\ntopic read own\n\n${pattern}\n`, topic)).toBe(wanted);
  });

  test('by a pattern none where the name is like a filter, nothing below $SYS is written, and no shared name is one', () => {
    expect(extent('pattern read a/%u\n', 'a/b', 'read', '+')).toBe('none');
    expect(extent('user u\ntopic readwrite $SYS/#\n', '$SYS/broker/x', 'write')).toBe('none');
    expect(extent('user u\ntopic readwrite $SYS/#\n', '$SYS/broker/x', 'read')).toBe('all');
    expect(extent('user u\ntopic readwrite #\n', '$share/g/a', 'read')).toBe('none');
  });
});

describe('what a change changes', () => {
  const effects = (before: string, after: string, topic: string): readonly string[] =>
    effectsOf(parseAclFile(before, 'acl'), parseAclFile(after, 'acl'), 'u', topic).map(
      ({ access, topic: where, isWhole, before: was, after: is }) => `${access} ${where} ${was} ${is} ${isWhole}`,
    );

  test.each([
    ['user u\ntopic read a\n', 'user u\ntopic read a\n', 'a', []],
    ['user u\n', 'user u\ntopic read a\n', 'a', ['read a none all true']],
    ['user u\ntopic read a\n', 'user u\n', 'a', ['read a all none true']],
    ['user u\ntopic read a\n', 'user u\ntopic readwrite a\n', 'a', ['write a none all true']],
    ['user u\ntopic read a\n', 'user u\ntopic write a\n', 'a', ['read a all none true', 'write a none all true']],
    ['user u\n', 'user u\ntopic read a/#\n', 'a/#', ['read a/# none all true']],
    ['user u\ntopic read a/b\n', 'user u\ntopic read a/b\ntopic read a/#\n', 'a/#', ['read a/# none all false']],
    ['user u\ntopic read a\ntopic read a\n', 'user u\ntopic read a\n', 'a', []],
    ['user u\ntopic deny a\ntopic read #\n', 'user u\ntopic read #\n', 'a', ['read a none all true']],
  ])('from %j to %j, asked for %s: %j', (before, after, topic, wanted) => {
    expect(effects(before, after, topic)).toEqual(wanted);
  });
});
