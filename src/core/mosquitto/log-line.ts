import { readOtherBroker } from './log-line-others.ts';
import { takePrefix } from './log-prefix.ts';

/** What every entry has. */
interface Entry<Kind extends string> {
  readonly kind: Kind;
  /** When the broker wrote it, ms since 1970; `null` where the line does not say. */
  readonly at: number | null;
}

/** An entry about one client; `clientId` is `null` where the broker did not know it, or did not say. */
interface ClientEntry<Kind extends string> extends Entry<Kind> {
  readonly clientId: string | null;
}

/** An entry about something that was refused; `user` is `null` where the line does not name it, as mosquitto's never do. */
interface DenialEntry<Kind extends string> extends ClientEntry<Kind> {
  readonly user: string | null;
  /** The topic name, or for a subscription the topic filter. */
  readonly topic: string;
}

/** One line of a broker's log that says something about a client, the ACL or the broker itself. */
export type BrokerLogEntry =
  | (ClientEntry<'connection-opened'> & { readonly clientId: null; readonly address: string; readonly port: number })
  | (Entry<'login'> & {
      readonly clientId: string;
      /** `null`: logged in without a user name. */
      readonly user: string | null;
      readonly address: string;
      readonly port: number;
      readonly protocol: '3.1' | '3.1.1' | '5';
      readonly isCleanStart: boolean;
      /** 0: the broker never notices that this client is gone. */
      readonly keepaliveSeconds: number;
    })
  /** `user` is `null` with mosquitto, which never says who it was. */
  | (ClientEntry<'login-refused'> & { readonly user: string | null })
  /** It said goodbye, or (mosquitto uses the same words) was sent away because its password changed. */
  | ClientEntry<'left'>
  /** Its socket closed without a goodbye; `detail` the system's words, where there are some. */
  | (ClientEntry<'connection-lost'> & { readonly detail: string | null })
  | ClientEntry<'keepalive-expired'>
  /** Another client came with the same client identifier. */
  | ClientEntry<'taken-over'>
  | (ClientEntry<'protocol-error'> & { readonly detail: string })
  | (DenialEntry<'denied-publish'> & {
      readonly qos: 0 | 1 | 2 | null;
      readonly isRetained: boolean | null;
      readonly payloadBytes: number | null;
    })
  | DenialEntry<'denied-subscribe'>
  /** The line does not say whether it was a publish or a subscription (RabbitMQ before 3.11). */
  | DenialEntry<'denied-access'>
  /** A `+` or `#` in the user name or client identifier: mosquitto denies all that only a pattern could grant. */
  | (ClientEntry<'wildcard-name'> & { readonly user: string | null })
  /** The broker drops messages because this client does not take them fast enough. */
  | ClientEntry<'messages-dropped'>
  | Entry<'reload'>
  /** After a SIGHUP: the broker goes on with no ACL at all. `file` as the broker names it, `detail` its words. */
  | (Entry<'acl-broken'> & { readonly file: string; readonly detail: string })
  | (Entry<'passwords-broken'> & {
      readonly file: string | null;
      readonly user: string | null;
      readonly detail: string;
    })
  | (Entry<'started'> & { readonly version: string })
  | (Entry<'stopped'> & { readonly version: string });

type Match = readonly (string | undefined)[];
type Reader = readonly [pattern: RegExp, read: (match: Match, at: number | null) => BrokerLogEntry];

/** What stands for the client identifier where mosquitto does not know it yet. */
const UNKNOWN = '<unknown>';

/**
 * The sentences of mosquitto 2.0.11 to 2.0.21, whole lines only. Client identifiers, user names and topics are the
 * clients' own choice and may hold anything but control characters: each is taken greedily, up to the last place where
 * the sentence can go on, so that a name made to look like a log line stays a name.
 */
const READERS: readonly Reader[] = [
  [
    /^New client connected from (\S+):(\d+) as (.*) \(p(\d+), c([01]), k(\d+)(?:, u'(.*)')?\)\.$/,
    ([, address, port, clientId, protocol, clean, keepalive, user], at) => ({
      kind: 'login',
      at,
      clientId: clientId ?? '',
      user: user ?? null,
      address: address ?? '',
      port: Number(port),
      protocol: protocol === '5' ? '5' : protocol === '1' || protocol === '3' ? '3.1' : '3.1.1',
      isCleanStart: clean === '1',
      keepaliveSeconds: Number(keepalive),
    }),
  ],
  [
    /^New connection from (\S+):(\d+) on port \d+\.$/,
    ([, address = '', port], at) => ({ kind: 'connection-opened', at, clientId: null, address, port: Number(port) }),
  ],
  [
    /^Denied PUBLISH from (.*) \(d[01], q([012]), r([01]), m\d+, '(.*)', \.\.\. \((\d+) bytes\)\)$/,
    ([, id, qos, retain, topic = '', bytes], at) => ({
      kind: 'denied-publish',
      at,
      clientId: nameOf(id),
      user: null,
      topic,
      qos: qos === '2' ? 2 : qos === '1' ? 1 : 0,
      isRetained: retain === '1',
      payloadBytes: Number(bytes),
    }),
  ],
  [
    /^Client (.*) disconnected, not authorised\.$/,
    ([, id], at) => ({ kind: 'login-refused', at, clientId: nameOf(id), user: null }),
  ],
  [/^Client (.*) disconnected\.$/, ([, id], at) => ({ kind: 'left', at, clientId: nameOf(id) })],
  [
    /^Client (.*) closed its connection\.$/,
    ([, id], at) => ({ kind: 'connection-lost', at, clientId: nameOf(id), detail: null }),
  ],
  [
    /^Bad socket read\/write on client (.*): ([A-Z][^:]*)$/,
    ([, id, detail = ''], at) => ({ kind: 'connection-lost', at, clientId: nameOf(id), detail }),
  ],
  [
    /^Client (.*) has exceeded timeout, disconnecting\.$/,
    ([, id], at) => ({ kind: 'keepalive-expired', at, clientId: nameOf(id) }),
  ],
  [
    /^Client (.*) already connected, closing old connection\.$/,
    ([, id], at) => ({ kind: 'taken-over', at, clientId: nameOf(id) }),
  ],
  [/^Client (.*) disconnected due to ([a-z][^.]*)\.$/, protocolError],
  [/^Client (.*) disconnected: ([A-Z][^:.]*)\.$/, lostWithReason],
  [/^Bad client (.*) (sending multiple CONNECT messages)\.$/, protocolError],
  [/^Protocol error from (.*): (password without username), closing connection\.$/, protocolError],
  [
    /^(?:Invalid|Too high) (QoS) in PUBLISH from (.*), disconnecting\.$/,
    ([, what, id], at) => protocolError(['', id, `bad ${what}`], at),
  ],
  [
    /^ACL denying access to client with dangerous username "(.*)"$/,
    ([, user = ''], at) => ({ kind: 'wildcard-name', at, clientId: null, user }),
  ],
  [
    /^ACL denying access to client with dangerous client id "(.*)"$/,
    ([, id = ''], at) => ({ kind: 'wildcard-name', at, clientId: id, user: null }),
  ],
  [
    /^Outgoing messages are being dropped for client (.*)\.$/,
    ([, id], at) => ({ kind: 'messages-dropped', at, clientId: nameOf(id) }),
  ],
  [/^Reloading config\.$/, (_, at) => ({ kind: 'reload', at })],
  [/^Error: ([A-Z][^"]* in acl_file "(.*)"(?:: .*)?)\.$/, aclBroken],
  [/^Error: ([A-Z][^"]* "[^"]*" in acl_file "(.*)")\.$/, aclBroken],
  [/^Error: (Unable to open acl_file "(.*)")\.$/, aclBroken],
  [/^(Error opening acl file "(.*)")\.$/, aclBroken],
  [
    /^(?:Error: )?((?:Unable to open pwfile|Error opening password file) "(.*)")\.$/,
    ([, detail = '', file], at) => ({ kind: 'passwords-broken', at, file: file ?? null, user: null, detail }),
  ],
  [
    /^Error: ((?:Missing|Invalid|Unable to decode) (?:password|hash)[a-z ]* for user (.*), removing entry)\.$/,
    ([, detail = '', user], at) => ({ kind: 'passwords-broken', at, file: null, user: user ?? null, detail }),
  ],
  [/^mosquitto version (\S+) running$/, ([, version = ''], at) => ({ kind: 'started', at, version })],
  [/^mosquitto version (\S+) terminating$/, ([, version = ''], at) => ({ kind: 'stopped', at, version })],
];

/**
 * What a line of a broker's log says, or `null` where it says nothing that hometui uses. It knows mosquitto 2.0 with and
 * without time stamps, in a file, in syslog's and the journal's dress and on `$SYS/broker/log/#`, and the refusals of
 * nats-server and RabbitMQ. `utcOffsetMs`: the broker's offset to UTC, for stamps that name no zone.
 */
export function parseLogLine(line: string, utcOffsetMs?: number): BrokerLogEntry | null {
  const whole = line.replace(/\r?\n$/, '');
  const { at, text } = takePrefix(whole, utcOffsetMs);
  for (const [pattern, read] of READERS) {
    const match = pattern.exec(text);
    if (match !== null) return read(match, at);
  }
  return readOtherBroker(whole, utcOffsetMs);
}

function nameOf(id: string | undefined): string | null {
  return id === undefined || id === UNKNOWN ? null : id;
}

function protocolError([, id, detail = '']: Match, at: number | null): BrokerLogEntry {
  return { kind: 'protocol-error', at, clientId: nameOf(id), detail };
}

function lostWithReason([, id, detail = '']: Match, at: number | null): BrokerLogEntry {
  return { kind: 'connection-lost', at, clientId: nameOf(id), detail };
}

function aclBroken([, detail = '', file = '']: Match, at: number | null): BrokerLogEntry {
  return { kind: 'acl-broken', at, file, detail };
}
