import { parseLogLine } from '../mosquitto/log/log-line.ts';
import { takePrefix } from '../mosquitto/log/log-prefix.ts';

/** What a broker's log tells of who speaks and who listens, as mosquitto writes it with `log_type debug`. */
export interface LogFacts {
  /** The MQTT user that publishes on a topic, its client identifier where it has none; `null` where the log does not say. */
  readonly whoPublishes: (topic: string) => string | null;
  /** The same of all who have subscribed to a topic by its name, or have got a message on it. */
  readonly whoTakes: (topic: string) => ReadonlySet<string>;
  /** Topics that a device takes and nobody was seen publishing on: where it is commanded, most likely. */
  readonly commanded: readonly string[];
  /** Whether any line told who publishes or subscribes. */
  readonly isTelling: boolean;
}

/** Collects these facts from lines, whichever way they come. */
export interface LogCollector {
  readonly add: (line: string) => void;
  readonly facts: () => LogFacts;
}

const PUBLISHED = /^Received PUBLISH from (.*) \(d[01], q[012], r[01], m\d+, '(.*)', \.\.\. \(\d+ bytes\)\)$/;
const SENT = /^Sending PUBLISH to (.*) \(d[01], q[012], r[01], m\d+, '(.*)', \.\.\. \(\d+ bytes\)\)$/;
const SUBSCRIBING = /^Received SUBSCRIBE from (.*)$/;
/** The line below it: a tab, the filter, and its QoS. */
const FILTER = /^\t(.*) \(QoS [012]\)$/;
/** So many topics and filters are kept. */
const MOST = 20_000;

/** Makes a collector. `own` is our client identifier: what we take ourselves is no fact about the house. */
export function createLogCollector(own: string): LogCollector {
  const users = new Map<string, string>();
  const publishers = new Map<string, string>();
  const takers = new Map<string, Set<string>>();
  let subscribing: string | null = null;
  const addTaker = (client: string, topic: string): void => {
    // What begins with $ is the broker's own (MQTT 5, section 4.7.2), and who reads it is no device that is commanded.
    if (client === own || /^\$|[+#]/.test(topic) || takers.size >= MOST) return;
    takers.set(topic, (takers.get(topic) ?? new Set()).add(client));
  };
  const nameOf = (client: string): string => users.get(client) ?? client;
  return {
    add: line => {
      const { text } = takePrefix(line);
      const filter = FILTER.exec(text);
      if (filter !== null && subscribing !== null) {
        addTaker(subscribing, filter[1] ?? '');
        return;
      }
      const [, client = '', topic] = PUBLISHED.exec(text) ?? SENT.exec(text) ?? [];
      if (topic !== undefined && text.startsWith('Sending')) addTaker(client, topic);
      else if (topic !== undefined && publishers.size < MOST) publishers.set(topic, client);
      subscribing = SUBSCRIBING.exec(text)?.[1] ?? null;
      const entry = topic === undefined && subscribing === null ? parseLogLine(line) : null;
      if (entry?.kind === 'login' && entry.user !== null) users.set(entry.clientId, entry.user);
    },
    facts: () => {
      const speaking = new Set(publishers.values());
      return {
        whoPublishes: topic => {
          const client = publishers.get(topic);
          return client === undefined ? null : nameOf(client);
        },
        whoTakes: topic => new Set([...(takers.get(topic) ?? [])].map(nameOf)),
        commanded: [...takers].flatMap(([topic, clients]) => {
          const isOfDevice = [...clients].some(client => speaking.has(client));
          return isOfDevice && !publishers.has(topic) ? [topic] : [];
        }),
        isTelling: publishers.size > 0 || takers.size > 0,
      };
    },
  };
}
