import { describe, expect, it } from 'vitest';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import type { BrokerVersion } from '../../../../src/core/mosquitto/broker-version.ts';
import type { LintInput, LintRule } from '../../../../src/core/mosquitto/lint/input.ts';
import {
  keptByBroker,
  keywordAsTopic,
  placeholderInLevel,
  placeholders,
  quotedTopic,
  severalTopics,
  tabInTopic,
} from '../../../../src/core/mosquitto/lint/topics.ts';

function find(rule: LintRule, line: string, version: BrokerVersion | null = null): readonly string[] {
  const others = { passwords: null, conf: null, files: [], needs: [], doubleHashed: [], version };
  const input: LintInput = { acl: parseAclFile(`user a\n${line}\n`, 'acl'), ...others };
  return rule(input).flatMap(({ severity, message, cure, place }) => {
    expect([severity, place]).toEqual(['warning', { file: 'acl', line: 2 }]);
    return [message, cure ?? ''];
  });
}

describe('what is said of one line', () => {
  it.each<[LintRule, string, string, string]>([
    [
      tabInTopic,
      'topic read\theating/#',
      'a tab stands where a space must: mosquitto takes "read\uFFFDheating/#" for the topic, which never comes',
      'Write: topic read heating/#',
    ],
    [
      keywordAsTopic,
      'topic read',
      'the topic is missing: mosquitto takes "read" for the topic and grants readwrite on it',
      'Write the topic behind it, as in: topic read heating/#',
    ],
    [
      keywordAsTopic,
      'pattern deny',
      'the topic is missing: mosquitto takes "deny" for the topic and grants readwrite on it',
      'Write the topic behind it, as in: pattern deny heating/#',
    ],
    [
      severalTopics,
      'topic read a/b  c/d',
      'mosquitto takes "a/b  c/d" for one topic',
      'Write one line each: topic read a/b | topic read c/d',
    ],
    [
      severalTopics,
      'pattern read a/%u b/%u',
      'mosquitto takes "a/%u b/%u" for one topic',
      'Write one line each: pattern read a/%u | pattern read b/%u',
    ],
    [
      quotedTopic,
      'topic read "a/b"',
      'the quotes are part of the topic: it matches none that has no quotes',
      'Write: topic read a/b',
    ],
    [
      placeholders,
      'topic read x/%u',
      '%u and %c stand for the user and the client identifier in pattern lines only; here they are plain text',
      'Write: pattern read x/%u',
    ],
    [
      placeholders,
      'pattern read x/#',
      'a pattern without %u or %c: every client gets read on "x/#", in whatever section it stands',
      'Write "topic read x/#" in the section of each user that needs it.',
    ],
    [
      placeholderInLevel,
      'pattern read x/a%u/#',
      '"a%u" has its placeholder in the middle of a level: mosquitto 2.0 fills it in, 2.1 takes it as it stands',
      'Give %u or %c a level of its own, as in: pattern write devices/%u/#',
    ],
    [
      keptByBroker,
      'topic read $share/g/heating/#',
      'this never matches: a shared subscription is decided by the topic behind $share/NAME/',
      'Write: topic read heating/#',
    ],
    [
      keptByBroker,
      'pattern write $share/g',
      'this never matches: a shared subscription is decided by the topic behind $share/NAME/',
      'Write: pattern write #',
    ],
    [
      keptByBroker,
      'topic write $SYS/broker/uptime',
      'nobody may write below $SYS: this never holds',
      'Write: topic read $SYS/broker/uptime',
    ],
    [
      keptByBroker,
      'pattern write $SYS/%u/x',
      'nobody may write below $SYS: this never holds',
      'Write: pattern read $SYS/%u/x',
    ],
    [
      keptByBroker,
      'topic write $SYS/broker/connection/#',
      'nobody may write below $SYS, but for $SYS/broker/connection/+/state: this never holds elsewhere',
      'Write: topic read $SYS/broker/connection/#',
    ],
  ])('%o of %j', (rule, line, message, cure) => {
    expect(find(rule, line)).toEqual([message, cure]);
  });

  it.each<[LintRule, string]>([
    [tabInTopic, 'topic read a b'],
    [keywordAsTopic, 'topic read read'],
    [keywordAsTopic, 'topic heating'],
    [severalTopics, 'topic read a/b c'],
    [severalTopics, 'topic read a/b'],
    [quotedTopic, `topic read "a/b'`],
    [quotedTopic, 'topic read a"b"'],
    [quotedTopic, 'topic read "b"a'],
    [placeholders, 'topic read x'],
    [placeholders, 'pattern read x/%c'],
    [placeholders, 'pattern deny x'],
    [placeholderInLevel, 'pattern read x/%u/y'],
    [placeholderInLevel, 'topic read x/a%u'],
    [placeholderInLevel, 'pattern read long/#'],
    [keptByBroker, 'topic deny $share/g/x'],
    [keptByBroker, 'topic deny $SYS/x'],
    [keptByBroker, 'topic readwrite $SYS/#'],
    [keptByBroker, 'topic write a/$SYS'],
    [keptByBroker, 'pattern write $SYS/broker/connection/%c/state'],
  ])('%o says nothing of %j', (rule, line) => {
    expect(find(rule, line)).toEqual([]);
  });

  it('is nothing to 2.0 where a placeholder is a part of a level, and to 2.1 what it does', () => {
    expect(find(placeholderInLevel, 'pattern read a%c', '2.0')).toEqual([]);
    expect(find(placeholderInLevel, 'pattern read a%c', '2.1')[0]).toBe(
      '"a%c" has its placeholder in the middle of a level: mosquitto 2.1 takes it as it stands',
    );
  });
});
