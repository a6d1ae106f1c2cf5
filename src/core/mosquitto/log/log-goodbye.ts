import type { BrokerLogEntry } from './log-entry.ts';
import { type Match, nameOf, type SentenceReader } from './log-reader.ts';

/** How a connection ended. */
interface Ended {
  readonly at: number | null;
  readonly clientId: string | null;
  readonly peer: string | null;
}

/**
 * How mosquitto says that a connection ended: 2.0 in a sentence for each reason, 2.1 in one sentence for all, with the
 * other end of the connection in brackets. Both say the same, so both give the same entries.
 */
export const GOODBYES: readonly SentenceReader[] = [
  {
    starts: 'Client ',
    ends: '',
    pattern: /^Client (.*) \[(\S{1,64}):(\d{1,5})\] disconnected(?:\.|: (.*))$/,
    read: ([, id = '', address = '', port = '', reason = ''], at) =>
      // Where no identifier was given, the address stands for it.
      readReason({ at, clientId: id === address ? null : id, peer: `${address}:${port}` }, reason),
  },
  {
    starts: 'Client ',
    ends: ' disconnected, not authorised.',
    pattern: /^Client (.*) disconnected, not authorised\.$/,
    read: ([, id], at) => ({ kind: 'login-refused', at, clientId: nameOf(id), peer: null, user: null }),
  },
  {
    starts: 'Client ',
    ends: ' been disconnected by administrative action.',
    pattern: /^Client (.*) been disconnected by (administrative action)\.$/,
    read: protocolError,
  },
  {
    starts: 'Client ',
    ends: ' disconnected.',
    pattern: /^Client (.*) disconnected\.$/,
    read: ([, id], at) => ({ kind: 'left', at, clientId: nameOf(id), peer: null }),
  },
  {
    starts: 'Client ',
    ends: ' closed its connection.',
    pattern: /^Client (.*) closed its connection\.$/,
    read: ([, id], at) => ({ kind: 'connection-lost', at, clientId: nameOf(id), peer: null, detail: null }),
  },
  {
    starts: 'Bad socket read/write on client ',
    ends: '',
    pattern: /^Bad socket read\/write on client (.*): ([A-Z][^:]{0,120})$/,
    read: lostWithReason,
  },
  {
    starts: 'Client ',
    ends: ' has exceeded timeout, disconnecting.',
    pattern: /^Client (.*) has exceeded timeout, disconnecting\.$/,
    read: ([, id], at) => ({ kind: 'keepalive-expired', at, clientId: nameOf(id), peer: null }),
  },
  {
    starts: 'Client ',
    ends: ' already connected, closing old connection.',
    pattern: /^Client (.*) already connected, closing old connection\.$/,
    read: ([, id], at) => ({ kind: 'taken-over', at, clientId: nameOf(id), peer: null }),
  },
  {
    starts: 'Client ',
    ends: '.',
    pattern: /^Client (.*) disconnected due to ([A-Za-z][^.]{0,120})\.$/,
    read: protocolError,
  },
  {
    starts: 'Client ',
    ends: '.',
    pattern: /^Client (.*) disconnected: ([A-Z][^:.]{0,120})\.$/,
    read: lostWithReason,
  },
  {
    starts: 'Bad client ',
    ends: ' sending multiple CONNECT messages.',
    pattern: /^Bad client (.*) (sending multiple CONNECT messages)\.$/,
    // 2.1 names the other end here and not the client.
    read: ([, id = '', detail], at) => protocolError(['', PEER.test(id) ? undefined : id, detail], at),
  },
  {
    starts: 'Protocol error from ',
    ends: ': password without username, closing connection.',
    pattern: /^Protocol error from (.*): (password without username), closing connection\.$/,
    read: protocolError,
  },
  ...['Invalid', 'Too high'].map(
    (how): SentenceReader => ({
      starts: `${how} QoS in PUBLISH from `,
      ends: ', disconnecting.',
      pattern: /(QoS) in PUBLISH from (.*), disconnecting\.$/,
      read: ([, what, id], at) => protocolError(['', id, `bad ${what}`], at),
    }),
  ),
];

/** An address, IPv4 or IPv6, with its port. */
const PEER = /^(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-fA-F:.]{2,45}):[0-9]{1,5}$/;

/** The reasons of 2.1 that 2.0 has sentences of another kind for. */
const REASONS: ReadonlyMap<string, (ended: Ended) => BrokerLogEntry> = new Map([
  ['', (ended: Ended): BrokerLogEntry => ({ kind: 'left', ...ended })],
  ['connection closed by client', ended => ({ kind: 'connection-lost', ...ended, detail: null })],
  ['exceeded timeout', ended => ({ kind: 'keepalive-expired', ...ended })],
  ['not authorised', ended => ({ kind: 'login-refused', ...ended, user: null })],
  ['bad username or password', ended => ({ kind: 'login-refused', ...ended, user: null })],
  ['session taken over', ended => ({ kind: 'taken-over', ...ended })],
]);

/** The system's words for what is wrong with a socket begin with a capital letter, mosquitto's own reasons do not. */
function readReason(ended: Ended, words: string): BrokerLogEntry | null {
  const reason = words.replace(/\.$/, '');
  const read = REASONS.get(reason);
  if (read !== undefined) return words === reason && reason !== '' ? null : read(ended);
  const socket = /^(?:bad socket read\/write: )?([A-Z][^:]{0,120})$/.exec(reason);
  if (socket !== null) return { kind: 'connection-lost', ...ended, detail: detailOf(socket[1]) };
  const isOwn = words !== reason && /^[a-z][\w -]{2,60}(?:\([\w ,]{1,100}\))?$/.test(reason);
  return isOwn ? { kind: 'protocol-error', ...ended, detail: reason } : null;
}

function protocolError([, id, detail = '']: Match, at: number | null): BrokerLogEntry {
  return { kind: 'protocol-error', at, clientId: nameOf(id), peer: null, detail };
}

function lostWithReason([, id, detail]: Match, at: number | null): BrokerLogEntry {
  return { kind: 'connection-lost', at, clientId: nameOf(id), peer: null, detail: detailOf(detail) };
}

/** mosquitto 2.0 writes the last error of the system, also where there was none. */
function detailOf(words = ''): string | null {
  return words === 'Success' ? null : words.replace(/\.$/, '');
}
