import type { BrokerLogEntry } from './log-entry.ts';
import { parseStamp } from './log-stamp.ts';

/** A Go string in quotes (fmt %q): a quote within is escaped, so a name cannot end it. */
const QUOTED = String.raw`"((?:[^"\\]|\\.)*)"`;
const NATS_LINE = /^\[\d+\] (?:(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d+)?) )?\[(?:ERR|WRN)\] \S+ - mid:\d+ - (.*)/;
const NATS_VIOLATION = new RegExp(
  `^${QUOTED} - (Publish|Subscription) Violation - User ${QUOTED}, Subject ${QUOTED}(?:, SID .*)?$`,
);
const NATS_LOGIN = new RegExp(`^${QUOTED} - authentication error - User ${QUOTED}$`);
const NATS_TAKE_OVER = new RegExp(`^${QUOTED} - Replacing old client .* since both have the same client ID `);
/** Each line of an entry of several has it. */
const RABBIT_LINE = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?) \[\w+\] <[\d.]+> (.*)/;
/**
 * The words before it tell publish from subscription: `write` and `read` from 3.11 on; before, a publish is `operation
 * resulted in an error`, its message in the quotes of an Erlang string, and a subscription fails at `queue.bind`.
 * Other beginnings are of sentences that hold a client identifier, which may be any text.
 */
const RABBIT_DENIAL =
  /^((?:operation [^']{0,200}?|MQTT [a-z ]{1,80} refused: )?)(?:(read|write) )?access to topic '(.*)' in exchange '([^']*' in vhost '.*)/;
const RABBIT_DENIED_USER = /' in vhost '.*' refused for user '(.*)'[" .,}]*$/;
const RABBIT_LOGIN = /^MQTT login failed(?: for user '(.*)'[,:] [^']*|: [^']*)$/;
const RABBIT_TAKE_OVER = /^MQTT disconnecting client "?[\d.:[\]a-fA-F >-]+"? with duplicate id '(.*)'$/;

/** Refusals and take-overs of nats-server 2.9 and RabbitMQ 3.10; their lines look like nobody else's. */
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
  const takeOver = NATS_TAKE_OVER.exec(text);
  if (takeOver !== null) return { kind: 'taken-over', at, clientId: unquote(takeOver[1] ?? ''), peer: null };
  const login = NATS_LOGIN.exec(text);
  if (login === null) return null;
  const [, id = '', user = ''] = login;
  return { kind: 'login-refused', at, clientId: unquote(id), peer: null, user: user === '' ? null : unquote(user) };
}

function readRabbit(line: string, utcOffsetMs?: number): BrokerLogEntry | null {
  const outer = RABBIT_LINE.exec(line);
  if (outer === null) return null;
  const [, stamp = '', text = ''] = outer;
  const at = parseStamp(stamp, utcOffsetMs);
  const denial = readRabbitDenial(text, at);
  if (denial !== null) return denial;
  const login = RABBIT_LOGIN.exec(text);
  if (login !== null) return { kind: 'login-refused', at, clientId: null, peer: null, user: login[1] ?? null };
  const takeOver = RABBIT_TAKE_OVER.exec(text);
  return takeOver === null ? null : { kind: 'taken-over', at, clientId: takeOver[1] ?? '', peer: null };
}

function readRabbitDenial(text: string, at: number | null): BrokerLogEntry | null {
  const [, before = '', word, routingKey = '', behind = ''] = RABBIT_DENIAL.exec(text) ?? [];
  const user = RABBIT_DENIED_USER.exec(behind)?.[1];
  if (user === undefined) return null;
  const isErlang = before.endsWith('"');
  const plain = (name: string): string => (isErlang ? fromErlang(name) : name);
  const who = { at, clientId: null, user: plain(user), topic: topicOfRoutingKey(plain(routingKey)) };
  if (word === 'read' || before.includes('queue.bind')) return { kind: 'denied-subscribe', ...who };
  const isPublish = word === 'write' || before.startsWith('operation resulted in an error');
  if (!isPublish) return { kind: 'denied-access', ...who };
  return { kind: 'denied-publish', ...who, qos: null, isRetained: null, payloadBytes: null };
}

/** Erlang's `~p` writes a quote as `\"`, and each byte of UTF-8 as the character of that number. */
function fromErlang(text: string): string {
  const plain = unquote(text);
  if (/[^\u0000-\u00ff]/.test(plain)) return plain;
  try {
    const bytes = Uint8Array.from(plain, character => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return plain;
  }
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
