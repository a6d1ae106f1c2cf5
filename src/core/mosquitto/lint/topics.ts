import { BRIDGE_STATE } from '../acl-check.ts';
import { isAccess, quote } from '../acl-line.ts';
import { byVersion } from '../broker-version.ts';
import { filterCovers, filtersOverlap } from '../filter-relation.ts';
import { keywordOf, type LintRule, warnAt } from './input.ts';

/** `topic read<tab>x`: mosquitto takes "read<tab>x" for the topic. */
export const tabInTopic: LintRule = ({ acl }) =>
  acl.rules.flatMap(rule => {
    if (!/[\t\r\v\f]/.test(rule.topic)) return [];
    const words = rule.text.split(/\s+/).join(' ');
    const message = `a tab stands where a space must: mosquitto takes ${quote(rule.topic)} for the topic, which never comes`;
    return [warnAt(acl, rule.line, message, `Write: ${words}`)];
  });

/** `topic read`: the single word is the topic, and both accesses are granted on it. */
export const keywordAsTopic: LintRule = ({ acl }) =>
  acl.rules.flatMap(rule => {
    if (rule.hasKeyword || !isAccess(rule.topic)) return [];
    const message = `the topic is missing: mosquitto takes "${rule.topic}" for the topic and grants readwrite on it`;
    const line = `${keywordOf(rule)} ${rule.topic} heating/#`;
    return [warnAt(acl, rule.line, message, `Write the topic behind it, as in: ${line}`)];
  });

/** `topic read a/b c/d`: all up to the end of the line is one topic. */
export const severalTopics: LintRule = ({ acl }) =>
  acl.rules.flatMap(rule => {
    const parts = rule.topic.split(/\s+/).filter(part => part !== '');
    if (parts.length < 2 || !parts.every(part => part.includes('/'))) return [];
    const lines = parts.map(part => `${keywordOf(rule)} ${rule.access} ${part}`).join(' | ');
    return [
      warnAt(acl, rule.line, `mosquitto takes ${quote(rule.topic)} for one topic`, `Write one line each: ${lines}`),
    ];
  });

/** Quotes belong to the topic. */
export const quotedTopic: LintRule = ({ acl }) =>
  acl.rules.flatMap(rule => {
    const inner = /^(["'])(.*)\1$/.exec(rule.topic)?.[2];
    if (inner === undefined) return [];
    return [
      warnAt(
        acl,
        rule.line,
        'the quotes are part of the topic: it matches none that has no quotes',
        `Write: ${rule.text.replace(rule.topic, () => inner)}`,
      ),
    ];
  });

/** `%u` and `%c` mean something in `pattern` lines only, and a pattern without them is everybody's. */
export const placeholders: LintRule = ({ acl }) =>
  acl.rules.flatMap(rule => {
    const hasPlaceholder = /%[uc]/.test(rule.topic);
    if (rule.owner.kind !== 'pattern' && hasPlaceholder) {
      const message = `%u and %c stand for the user and the client identifier in pattern lines only; here they are plain text`;
      return [warnAt(acl, rule.line, message, `Write: ${rule.text.replace(/^topic/, 'pattern')}`)];
    }
    if (rule.owner.kind !== 'pattern' || hasPlaceholder || rule.access === 'deny') return [];
    const message = `a pattern without %u or %c: every client gets ${rule.access} on ${quote(rule.topic)}, in whatever section it stands`;
    return [
      warnAt(
        acl,
        rule.line,
        message,
        `Write "topic ${rule.access} ${rule.topic}" in the section of each user that needs it.`,
      ),
    ];
  });

/** `%u` or `%c` as a part of a level: 2.0 fills it in, to 2.1 it is plain text. */
export const placeholderInLevel: LintRule = ({ acl, version }) =>
  acl.rules.flatMap(rule => {
    const level = rule.topic.split('/').find(part => /%[uc]/.test(part) && part.length > 2);
    if (rule.owner.kind !== 'pattern' || level === undefined || version === '2.0') return [];
    const what = byVersion(version, 'fills it in', 'takes it as it stands');
    const message = `${quote(level)} has its placeholder in the middle of a level: ${what}`;
    return [warnAt(acl, rule.line, message, 'Give %u or %c a level of its own, as in: pattern write devices/%u/#')];
  });

/** mosquitto keeps `$SYS` and `$share` to itself, whatever the file grants. */
export const keptByBroker: LintRule = ({ acl }) =>
  acl.rules.flatMap(rule => {
    if (rule.access === 'deny') return [];
    if (rule.topic.startsWith('$share')) {
      const message = 'this never matches: a shared subscription is decided by the topic behind $share/NAME/';
      return [
        warnAt(
          acl,
          rule.line,
          message,
          `Write: ${keywordOf(rule)} ${rule.access} ${rule.topic.split('/').slice(2).join('/') || '#'}`,
        ),
      ];
    }
    const filter = rule.topic.replace(/%[cu]/g, '+');
    if (rule.access !== 'write' || !rule.topic.startsWith('$SYS') || filterCovers(BRIDGE_STATE, filter)) return [];
    const rest = filtersOverlap(BRIDGE_STATE, filter) ? `, but for ${BRIDGE_STATE}` : '';
    const message = `nobody may write below $SYS${rest}: this never holds${rest === '' ? '' : ' elsewhere'}`;
    return [warnAt(acl, rule.line, message, `Write: ${keywordOf(rule)} read ${rule.topic}`)];
  });
