import type { BrokerLogEntry } from './log-entry.ts';
import { GOODBYES } from './log-goodbye.ts';
import { readOtherBroker } from './log-line-others.ts';
import { takePrefix } from './log-prefix.ts';
import { by, cutLast, type Match, nameOf, readSentence, type SentenceReader } from './log-reader.ts';

/**
 * Longer lines are not looked at, in characters: mosquitto cuts its own at 1,000 bytes, and the others' have little more
 * than a topic, which is rarely longer.
 */
const MAX_LINE = 8_192;

/**
 * The sentences of mosquitto 2.0.11 to 2.1.2, whole lines only. Client identifiers, user names and topics are the
 * clients' own choice and may hold anything but control characters: each is taken greedily, up to the last place where
 * the sentence can go on, so that a name made to look like a log line stays a name.
 */
const READERS: readonly SentenceReader[] = [
  {
    starts: 'New client connected from ',
    ends: "').",
    read: by(/^(\S+):(\d+) as (.*) \(p\d+, c[01], k(\d+), u'(.*)/, login),
  },
  {
    starts: 'New client connected from ',
    ends: ').',
    read: by(/^(\S+):(\d+) as (.*) \(p\d+, c[01], k(\d+)$/, login),
  },
  {
    starts: 'New connection from ',
    ends: '.',
    read: by(/^(\S+):(\d+) on port \d+$/, ([, address = '', port], at) => ({
      kind: 'connection-opened',
      at,
      clientId: null,
      address,
      port: Number(port),
    })),
  },
  { starts: 'Denied PUBLISH from ', ends: ' bytes))', read: deniedPublish },
  ...GOODBYES,
  {
    starts: 'Client from ',
    ends: ' appears to be using TLS to connect to a non-TLS listener.',
    read: (peer, at) => ({ kind: 'wrong-transport', at, spoken: 'tls', peer }),
  },
  {
    starts: 'Connection from ',
    ends: ' rejected, client did not connect using TLS.',
    read: (peer, at) => ({ kind: 'wrong-transport', at, spoken: 'plain', peer }),
  },
  {
    // OpenSSL's words for a first byte that is none of TLS; whose it was stands on the next line, if anywhere.
    starts: 'OpenSSL Error',
    ends: ':wrong version number',
    read: (_, at) => ({ kind: 'wrong-transport', at, spoken: 'plain', peer: null }),
  },
  {
    starts: 'ACL denying access to client with dangerous username "',
    ends: '"',
    read: (user, at) => ({ kind: 'wildcard-name', at, clientId: null, user }),
  },
  {
    starts: 'ACL denying access to client with dangerous client id "',
    ends: '"',
    read: (clientId, at) => ({ kind: 'wildcard-name', at, clientId, user: null }),
  },
  {
    starts: 'Outgoing messages are being dropped for client ',
    ends: '.',
    read: (id, at) => ({ kind: 'messages-dropped', at, clientId: nameOf(id) }),
  },
  { starts: 'Reloading config.', ends: '', read: (more, at) => (more === '' ? { kind: 'reload', at } : null) },
  {
    starts: 'Error: ',
    ends: '.',
    read: (detail, at) => {
      const file = / acl_file "([^"]*)"(?:: .*)?$/.exec(detail)?.[1];
      return file === undefined ? null : { kind: 'acl-broken', at, file, detail };
    },
  },
  {
    starts: 'Error opening acl file "',
    ends: '".',
    read: (file, at) => ({ kind: 'acl-broken', at, file, detail: `Error opening acl file "${file}"` }),
  },
  ...['Error: Unable to open pwfile "', 'Unable to open pwfile "', 'Error opening password file "'].map(
    (starts): SentenceReader => ({
      starts,
      ends: '".',
      read: (file, at) => ({
        ...{ kind: 'passwords-broken', at, file, user: null },
        detail: `${starts.replace('Error: ', '')}${file}"`,
      }),
    }),
  ),
  {
    starts: 'Error: ',
    ends: ', removing entry.',
    read: (between, at) => {
      const user = / for user (.*)/.exec(between)?.[1];
      const detail = `${between}, removing entry`;
      return user === undefined ? null : { kind: 'passwords-broken', at, file: null, user, detail };
    },
  },
  {
    starts: "password-file: Error: Duplicate user '",
    ends: "'.",
    read: (between, at) => {
      const cut = cutLast(between, "' in password file '");
      if (cut === null) return null;
      const [user, file] = cut;
      return { kind: 'passwords-broken', at, file, user, detail: `Duplicate user '${between}'` };
    },
  },
  {
    starts: 'password-file: Error: ',
    ends: '',
    read: (between, at) => {
      const file = /["'](.*?)["']/.exec(between)?.[1];
      if (file === undefined) return null;
      return { kind: 'passwords-broken', at, file, user: null, detail: between.replace(/\.$/, '') };
    },
  },
  ...(['starting', 'running', 'terminating'] as const).map(
    (word): SentenceReader => ({
      starts: 'mosquitto version ',
      ends: ` ${word}`,
      read: (version, at) => ({ kind: LIFE[word], at, version }),
    }),
  ),
];

const LIFE = { starting: 'starting', running: 'started', terminating: 'stopped' } as const;

/**
 * What a line of a broker's log says, or `null` where it says nothing that hometui uses. It knows mosquitto 2.0 and 2.1
 * with and without time stamps, in a file, in the dress of syslog, the journal and containers and on
 * `$SYS/broker/log/#`, and the refusals of nats-server and RabbitMQ. `utcOffsetMs`: the broker's offset to UTC, for
 * stamps that name no zone.
 */
export function parseLogLine(line: string, utcOffsetMs?: number): BrokerLogEntry | null {
  if (line.length > MAX_LINE) return null;
  const whole = line.replace(/\r?\n$/, '');
  const { at, text } = takePrefix(whole, utcOffsetMs);
  return readSentence(READERS, text, at) ?? readOtherBroker(whole, utcOffsetMs);
}

/** How the lines of brokers begin that we know, also where they say nothing that is used. */
const BROKER_LINE =
  /^(?:\t|(?:ACL|Bad|Bridge|Client|Config|Connection|Denied|Error|Invalid|New|No will|OpenSSL|Opening|Outgoing|Persistence|Plugin|Protocol error|Received|Reloading|Saving|Sending|Socket|Warning|Will message)\b|mosquitto version )/;
/** nats-server and RabbitMQ. */
const OTHER_BROKER_LINE =
  /^(?:\[\d+\] (?:[\d/]+ [\d:.]+ )?\[(?:INF|DBG|TRC|WRN|ERR|FTL)\] |[\d-]+ [\dZ:.+-]+ \[\w+\] <[\d.]+> )/;

/** Whether a line can be read as a broker's, whatever it says. */
export function isBrokerLine(line: string): boolean {
  const head = line.slice(0, MAX_LINE);
  return BROKER_LINE.test(takePrefix(head).text) || OTHER_BROKER_LINE.test(head);
}

function login([, address = '', port, clientId = '', keepalive, user]: Match, at: number | null): BrokerLogEntry {
  return {
    kind: 'login',
    at,
    clientId,
    user: user ?? null,
    address,
    port: Number(port),
    keepaliveSeconds: Number(keepalive),
  };
}

function deniedPublish(between: string, at: number | null): BrokerLogEntry | null {
  const cut = cutLast(between, "', ... (");
  if (cut === null || !/^\d+$/.test(cut[1])) return null;
  const match = /^(.*) \(d[01], q([012]), r([01]), m\d+, '(.*)/.exec(cut[0]);
  if (match === null) return null;
  const [, id = '', qos, retain, topic = ''] = match;
  return {
    kind: 'denied-publish',
    at,
    clientId: nameOf(id),
    user: null,
    topic,
    qos: qos === '2' ? 2 : qos === '1' ? 1 : 0,
    isRetained: retain === '1',
    payloadBytes: Number(cut[1]),
  };
}
