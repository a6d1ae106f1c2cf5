import type { BrokerLogEntry } from './log-line.ts';
import { parseStamp } from './log-prefix.ts';

/** A Go string in quotes (fmt %q): a quote within is escaped, so a name cannot end it. */
const QUOTED = String.raw`"((?:[^"\\]|\\.)*)"`;
const NATS_LINE = /^\[\d+\] (?:(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d+)?) )?\[ERR\] \S+ - mid:\d+ - (.*)$/;
const NATS_VIOLATION = new RegExp(
  `^${QUOTED} - (Publish|Subscription) Violation - User ${QUOTED}, Subject ${QUOTED}(?:, SID .*)?$`,
);
const NATS_LOGIN = new RegExp(`^${QUOTED} - authentication error - User ${QUOTED}$`);
const RABBIT_STAMP = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?) \[\w+\] <[\d.]+> /;
const RABBIT_DENIAL =
  /(?:\b(read|write) )?access to topic '(.*)' in exchange '[^']*' in vhost '[^']*' refused for user '(.*?)'(?:$|[ ,.}])/;

/** The refusals of nats-server 2.9 and RabbitMQ 3.10; their lines look like nobody else's. */
export function readOtherBroker(line: string, utcOffsetMs?: number): BrokerLogEntry | null {
  return readNats(line, utcOffsetMs) ?? readRabbit(line, utcOffsetMs);
}

function readNats(line: string, utcOffsetMs?: number): BrokerLogEntry | null {
  const outer = NATS_LINE.exec(line);
  if (outer === null) return null;
  const [, stamp = '', text = ''] = outer;
  const at = parseStamp(stamp, utcOffsetMs);
  const violation = NATS_VIOLATION.exec(text);
  if (violation !== null) {
    const [, id = '', action, user = '', subject = ''] = violation;
    const who = { at, clientId: unquote(id), user: unquote(user), topic: topicOfSubject(unquote(subject)) };
    if (action === 'Subscription') return { kind: 'denied-subscribe', ...who };
    return { kind: 'denied-publish', ...who, qos: null, isRetained: null, payloadBytes: null };
  }
  const login = NATS_LOGIN.exec(text);
  if (login === null) return null;
  const [, id = '', user = ''] = login;
  return { kind: 'login-refused', at, clientId: unquote(id), user: user === '' ? null : unquote(user) };
}

function readRabbit(line: string, utcOffsetMs?: number): BrokerLogEntry | null {
  const stamp = RABBIT_STAMP.exec(line);
  const match = RABBIT_DENIAL.exec(line);
  if (match === null) return null;
  const [, access, routingKey = '', user = ''] = match;
  const at = stamp === null ? null : parseStamp(stamp[1] ?? '', utcOffsetMs);
  const who = { at, clientId: null, user, topic: topicOfRoutingKey(routingKey) };
  if (access === 'read') return { kind: 'denied-subscribe', ...who };
  if (access === 'write') return { kind: 'denied-publish', ...who, qos: null, isRetained: null, payloadBytes: null };
  return { kind: 'denied-access', ...who };
}

function unquote(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}

/**
 * NATS keeps the topic `a/b` as the subject `a.b`, an empty level as `/`, a dot (from 2.10 on) as `//`, and has `*` and
 * `>` for `+` and `#` (nats.io, MQTT, "Topics and Subjects").
 */
function topicOfSubject(subject: string): string {
  const plain = subject.split('.').map(wildcardOf).join('.');
  return plain.replace(/\/\/|\/\.|\/$|\./g, part => (part === '//' ? '.' : part === '/' ? '' : '/'));
}

/** RabbitMQ keeps `a/b` as `a.b`, with `*` for `+` (rabbitmq.com, MQTT plugin); a dot in the topic cannot be told apart. */
function topicOfRoutingKey(key: string): string {
  return key.split('.').map(wildcardOf).join('/');
}

function wildcardOf(level: string): string {
  if (level === '*') return '+';
  return level === '>' ? '#' : level;
}
