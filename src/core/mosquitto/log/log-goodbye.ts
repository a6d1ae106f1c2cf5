import type { BrokerLogEntry } from './log-entry.ts';
import { cutLast, nameOf, type SentenceReader } from './log-reader.ts';

/** How a connection ended. */
interface Ended {
  readonly at: number | null;
  readonly clientId: string | null;
  readonly peer: string | null;
}

type Reason = (ended: Ended) => BrokerLogEntry;

/**
 * How mosquitto says that a connection ended: 2.0 in a sentence for each reason, 2.1 in one sentence for all, with the
 * other end of the connection in brackets. Both say the same, so both give the same entries. A reason of 2.1 that is not
 * known may be the end of a sentence of 2.0 about a client that calls itself like one of 2.1: that one is asked first.
 */
export const GOODBYES: readonly SentenceReader[] = [
  of21(words => REASONS.get(words) ?? null),
  of20('Client ', ' disconnected, not authorised.', ended => ({ kind: 'login-refused', ...ended, user: null })),
  of20('Client ', ' been disconnected by administrative action.', broken('administrative action')),
  of20('Client ', ' disconnected.', ended => ({ kind: 'left', ...ended })),
  of20('Client ', ' closed its connection.', lost(null)),
  of20('Client ', ' has exceeded timeout, disconnecting.', ended => ({ kind: 'keepalive-expired', ...ended })),
  of20('Client ', ' already connected, closing old connection.', ended => ({ kind: 'taken-over', ...ended })),
  of21(readWords),
  ofReason('Client ', '.', ' disconnected due to ', words => (words.includes('.') ? null : broken(words))),
  ofReason('Client ', '.', ' disconnected: ', words => (/^[A-Z][^.:]*$/.test(words) ? lost(words) : null)),
  ofReason('Bad socket read/write on client ', '', ': ', lost),
  {
    starts: 'Bad client ',
    ends: ' sending multiple CONNECT messages.',
    // 2.1 names the other end here and not the client.
    read: (id, at) =>
      broken('sending multiple CONNECT messages')({ at, clientId: PEER.test(id) ? null : nameOf(id), peer: null }),
  },
  of20('Protocol error from ', ': password without username, closing connection.', broken('password without username')),
  of20('Invalid QoS in PUBLISH from ', ', disconnecting.', broken('bad QoS')),
  of20('Too high QoS in PUBLISH from ', ', disconnecting.', broken('bad QoS')),
];

/** An address, IPv4 or IPv6, with its port. */
const PEER = /^[\dA-Fa-f:.]+:\d+$/;

/** The reasons of 2.1 that 2.0 has sentences of another kind for, as they follow `disconnected`. */
const REASONS: ReadonlyMap<string, Reason> = new Map<string, Reason>([
  ['.', ended => ({ kind: 'left', ...ended })],
  [': connection closed by client.', ended => ({ kind: 'connection-lost', ...ended, detail: null })],
  [': exceeded timeout.', ended => ({ kind: 'keepalive-expired', ...ended })],
  [': not authorised.', ended => ({ kind: 'login-refused', ...ended, user: null })],
  [': bad username or password.', ended => ({ kind: 'login-refused', ...ended, user: null })],
  [': session taken over.', ended => ({ kind: 'taken-over', ...ended })],
]);

/** The system's words for what is wrong with a socket begin with a capital letter, mosquitto's own reasons do not. */
function readWords(words: string): Reason | null {
  const [, socket, own] = /^: (?:(?:bad socket read\/write: )?([A-Z][^:]*)|([a-z][\w ,()-]+)\.)$/.exec(words) ?? [];
  if (socket !== undefined) return lost(socket);
  return own === undefined ? null : broken(own);
}

/** A sentence of 2.0 that says why in words of its own. */
function of20(starts: string, ends: string, reason: Reason): SentenceReader {
  return { starts, ends, read: (id, at) => reason({ at, clientId: nameOf(id), peer: null }) };
}

/** One in which the reason stands behind the client identifier and a mark. */
function ofReason(
  starts: string,
  ends: string,
  mark: string,
  reasonOf: (words: string) => Reason | null,
): SentenceReader {
  return {
    starts,
    ends,
    read: (between, at) => {
      const cut = cutLast(between, mark);
      if (cut === null) return null;
      const [id, words] = cut;
      return reasonOf(words)?.({ at, clientId: nameOf(id), peer: null }) ?? null;
    },
  };
}

/** The sentence of 2.1, `Client ID [ADDRESS:PORT] disconnected…`. */
function of21(reasonOf: (words: string) => Reason | null): SentenceReader {
  return {
    starts: 'Client ',
    ends: '',
    read: (between, at) => {
      const cut = cutLast(between, '] disconnected');
      const who = cut === null ? null : cutLast(cut[0], ' [');
      if (cut === null || who === null) return null;
      const [id, peer] = who;
      const address = /^(\S+):\d+$/.exec(peer)?.[1];
      if (address === undefined) return null;
      // Where no identifier was given, the address stands for it.
      return reasonOf(cut[1])?.({ at, clientId: id === address ? null : id, peer }) ?? null;
    },
  };
}

function broken(detail: string): Reason {
  return ended => ({ kind: 'protocol-error', ...ended, detail });
}

/** mosquitto 2.0 writes the last error of the system, also where there was none. */
function lost(words: string | null): Reason {
  const detail = words === null || words === 'Success' ? null : words.replace(/\.$/, '');
  return ended => ({ kind: 'connection-lost', ...ended, detail });
}
