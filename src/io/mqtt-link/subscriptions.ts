import { VERSION_TOPIC } from '../../core/home/broker-log/broker-life.ts';
import type { ProtocolVersion } from '../../core/home/state/link.ts';
import type { House } from '../../core/house/house.ts';
import { commandTopics, readTopics } from '../../core/house/house.ts';
import { ReasonCode } from '../../core/mqtt/reason-code.ts';
import { matchesFilter } from '../../core/mqtt/topic.ts';
import type { Connection } from '../mqtt-connection/connection.ts';

/** Where mosquitto publishes its log to those who may read it (mosquitto.conf(5), `log_dest topic`). */
const BROKER_LOG_FILTER = '$SYS/broker/log/#';

/** What a SUBACK said of a filter that the house asked for; `null`: it is left out and not asked for. */
export type OnAnswer = (filter: string, code: number | null) => void;

/** What is subscribed on each new connection. */
export interface Subscriptions {
  /** One SUBSCRIBE per filter; resolves when all are answered and the retained check is over. */
  readonly start: (connection: Connection, onAnswer: OnAnswer) => Promise<void>;
  /**
   * The house is another one from now on: on this connection, if there is one that has begun with what is now the old
   * one, what is new is subscribed and what is gone is left; resolves as `start` does.
   */
  readonly change: (house: House, connection: Connection | null, onAnswer: OnAnswer) => Promise<void>;
  /**
   * The broker closed the connection. `true` where that came of subscribing: a new connection, made at once, is then
   * asked another way. RabbitMQ closes on a filter that it denies, and so one filter would cost all others.
   */
  readonly onClosed: () => boolean;
}

interface Wanted {
  readonly filter: string;
  readonly qos: 0 | 1;
  readonly use:
    | 'read'
    /** Our own echo, with MQTT 3.1.1: a gift, its refusal is nobody's loss. */
    | 'echo'
    /** Only to see whether a retained command lies there. */
    | 'check';
}

/**
 * What of a house is listened to: all that there is to know of it; the same without the commands of others, for an
 * `onlooker` who commands nothing and is always there, and must not hide that nobody else has subscribed to them; or the
 * values, feedback and availability alone.
 */
export type ListeningScope = 'all' | 'onlooker' | 'values';

/** Makes the plan for a house. */
export function createSubscriptions(first: House, scope: ListeningScope): Subscriptions {
  let house = first;
  /** Filters on whose way the connection went twice, the second time with nothing else under way: refused, or chance. */
  const given = new Set<string>();
  let isOneByOne = false;
  let unanswered = new Set<string>();
  const plan = (protocol: ProtocolVersion): readonly Wanted[] =>
    scope === 'values' ? planValues(house) : planAll(house, protocol, scope);
  const askAll = async (connection: Connection, wanted: readonly Wanted[], onAnswer: OnAnswer): Promise<void> => {
    const waiting = new Set(wanted.map(({ filter }) => filter));
    // A broker that closes although nothing is asked of it, as one that is starting or full, blames no filter.
    unanswered = new Set();
    if (isOneByOne) await connection.ping();
    unanswered = waiting;
    const ask = async ({ filter, qos, use }: Wanted): Promise<void> => {
      const code = await connection.subscribe(filter, qos);
      waiting.delete(filter);
      if (use === 'read') onAnswer(filter, code);
      // Who may read its log may read its version: asked on its own, it would cost a broker that denies by closing.
      if (filter === BROKER_LOG_FILTER && code < ReasonCode.unspecifiedError)
        void connection.subscribe(VERSION_TOPIC, 0);
    };
    const checks = wanted.flatMap(({ filter, use }) => (use === 'check' ? [filter] : []));
    connection.hurry(true);
    await (isOneByOne ? askOneByOne(wanted, ask) : Promise.all(wanted.map(ask)));
    // The connection holds without them: only now is it said that they are left out.
    if (given.size > 0) await connection.ping();
    for (const filter of given) onAnswer(filter, null);
    // What is retained there comes before the answer to this: the broker works off one after the other.
    if (checks.length > 0) await connection.unsubscribe(checks);
    connection.hurry(false);
  };
  return {
    start: (connection, onAnswer) => {
      const wanted = plan(connection.protocol).filter(({ filter }) => !given.has(filter));
      return askAll(connection, wanted, onAnswer);
    },
    change: async (next, connection, onAnswer) => {
      const before = connection === null ? [] : plan(connection.protocol);
      house = next;
      if (connection === null) return;
      const after = plan(connection.protocol);
      const gone = before.filter(one => one.use !== 'check' && !isAmong(after, one)).map(({ filter }) => filter);
      const fresh = after.filter(one => !isAmong(before, one) && !given.has(one.filter));
      if (gone.length > 0) await connection.unsubscribe(gone);
      if (fresh.length > 0) await askAll(connection, fresh, onAnswer);
    },
    onClosed: () => {
      const [suspect] = unanswered;
      unanswered = new Set();
      if (suspect === undefined) {
        // It closed on something else: the next connection finds out anew what it lets us read.
        given.clear();
        isOneByOne = false;
        return false;
      }
      if (isOneByOne) given.add(suspect);
      isOneByOne = true;
      return true;
    },
  };
}

function isAmong(plan: readonly Wanted[], { filter, use }: Wanted): boolean {
  return plan.some(one => one.filter === filter && one.use === use);
}

async function askOneByOne(wanted: readonly Wanted[], ask: (one: Wanted) => Promise<void>): Promise<void> {
  for (const one of wanted) await ask(one);
}

/**
 * With MQTT 5 command topics are subscribed for a moment only: an own subscription would hide that nobody else has one
 * (broker-facts 3). Echoes are read at QoS 0: at QoS 1 a full window could hold one back until after its PUBACK.
 */
function planAll(house: House, protocol: ProtocolVersion, scope: ListeningScope): readonly Wanted[] {
  const use = protocol === '5' || scope === 'onlooker' ? 'check' : 'echo';
  return [
    ...planValues(house),
    ...unreadCommandTopics(house).map((filter): Wanted => ({ filter, qos: 0, use })),
    { filter: BROKER_LOG_FILTER, qos: 0, use: 'read' },
  ];
}

function planValues(house: House): readonly Wanted[] {
  return readTopics(house).map(filter => ({ filter, qos: 1, use: 'read' }));
}

/** The command topics that nothing else subscribes to: what comes on them is ours only as an echo or in the check. */
export function unreadCommandTopics(house: House): readonly string[] {
  const read = readTopics(house);
  return commandTopics(house).filter(topic => !read.some(filter => matchesFilter(filter, topic)));
}
