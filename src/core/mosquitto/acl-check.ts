import { matchesFilter } from '../mqtt/topic.ts';
import type { AclFile, AclRule } from './acl-file.ts';
import type { BrokerVersion } from './broker-version.ts';

/** One question to an access control list. */
export interface AccessQuestion {
  /** The name of the login, `null` for a client without one. */
  readonly user: string | null;
  readonly clientId: string;
  /** `write` is asked at each PUBLISH, `read` at each delivery; SUBSCRIBE is always granted. */
  readonly access: 'read' | 'write';
  /** A topic name, without wildcards. */
  readonly topic: string;
}

/**
 * Why it was decided so: `rule` a line of the file; `no-rule` none grants it; `broker` mosquitto itself keeps the topic
 * ($SYS cannot be written, $share neither written nor read); `wildcard-name` the user name or client identifier has a
 * `+` or `#`, with which no pattern is looked at.
 */
export type AccessReason = 'rule' | 'no-rule' | 'broker' | 'wildcard-name';

export interface AccessDecision {
  readonly allowed: boolean;
  /** The deciding line, or `null` where none decided. */
  readonly rule: AclRule | null;
  readonly reason: AccessReason;
}

/** The one corner of $SYS that clients may write: bridges say there whether they are up. */
export const BRIDGE_STATE = '$SYS/broker/connection/+/state';
const WILDCARDS = /[+#]/;

/**
 * Decides as mosquitto 2.0 does (mosquitto.conf(5), acl_file, and its behaviour in tests): first the rules of the user's
 * own sections, then the patterns; in each list denials first; no match is a denial. A file that the broker refuses
 * (`isRefused`) decides nothing there; here it decides as it was meant. 2.1 decides in the same way, but for patterns (see
 * `fillPattern`).
 */
export function checkAccess(acl: AclFile, question: AccessQuestion, version: BrokerVersion = '2.0'): AccessDecision {
  if (isKeptByBroker(question)) return { allowed: false, rule: null, reason: 'broker' };
  const own = question.user === null ? acl.order.anonymous : (acl.order.users.get(question.user) ?? []);
  const decided = firstMatch(own, question, rule => rule.topic);
  if (decided !== null) return decided;
  if (acl.order.patterns.length === 0) return { allowed: false, rule: null, reason: 'no-rule' };
  if (WILDCARDS.test(question.user ?? '') || WILDCARDS.test(question.clientId)) {
    return { allowed: false, rule: null, reason: 'wildcard-name' };
  }
  const byPattern = firstMatch(acl.order.patterns, question, rule => fillPattern(rule.topic, question, version));
  return byPattern ?? { allowed: false, rule: null, reason: 'no-rule' };
}

/**
 * The topic filter that a pattern stands for with this client, or `null` where it is passed over: `%u` is there and the
 * client has no user name, or what comes out is empty. 2.0 fills in wherever `%u` and `%c` stand; 2.1 only where they are
 * a level of their own, and a name that is empty or has a `/` is no level.
 */
export function fillPattern(
  pattern: string,
  client: Pick<AccessQuestion, 'user' | 'clientId'>,
  version: BrokerVersion = '2.0',
): string | null {
  const { user, clientId } = client;
  if (user === null && pattern.includes('%u')) return null;
  const nameOf = (placeholder: string): string => (placeholder === '%c' ? clientId : (user ?? ''));
  if (version === '2.0') return pattern.replace(/%[cu]/g, nameOf) || null;
  const levels = pattern.split('/');
  const isPlaceholder = (level: string): boolean => level === '%c' || level === '%u';
  if (levels.some(level => isPlaceholder(level) && /^$|\//.test(nameOf(level)))) return null;
  return levels.map(level => (isPlaceholder(level) ? nameOf(level) : level)).join('/');
}

function isKeptByBroker({ access, topic }: AccessQuestion): boolean {
  if (topic.startsWith('$share')) return true;
  return access === 'write' && topic.startsWith('$SYS') && !matchesFilter(BRIDGE_STATE, topic);
}

function firstMatch(
  rules: readonly AclRule[],
  question: AccessQuestion,
  filterOf: (rule: AclRule) => string | null,
): AccessDecision | null {
  for (const rule of rules) {
    if (rule.access !== 'deny' && rule.access !== 'readwrite' && rule.access !== question.access) continue;
    const filter = filterOf(rule);
    if (filter === null || !matchesFilter(filter, question.topic)) continue;
    return { allowed: rule.access !== 'deny', rule, reason: 'rule' };
  }
  return null;
}
