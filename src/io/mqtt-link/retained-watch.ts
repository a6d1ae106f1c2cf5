import { ReasonCode } from '../../core/mqtt/reason-code.ts';
import type { Connection } from '../mqtt-connection/connection.ts';

/** Keeps an eye on the command topics where a retained command lies, until it is removed. */
export interface RetainedWatch {
  /** The connection is up, and what was retained has come on it. */
  readonly start: (connection: Connection) => void;
  /** The connection has gone: the next one looks anew. */
  readonly stop: () => void;
  /** Each message that came. `true` where it only says again what is known to lie there. */
  readonly see: (message: { topic: string; payload: Uint8Array; isRetained: boolean }) => boolean;
  /** Other topics from now on; what lies on one of the old ones is nobody's concern any more. */
  readonly watch: (topics: ReadonlySet<string>) => void;
  /** Calls while we are not subscribed to a command topic (MQTT 5): else we would hide that nobody else is. */
  readonly stepAside: (topic: string, publish: () => void) => void;
}

/** One question to the broker about one topic. */
interface Question {
  /** Whether the retained message came again. */
  isThere: boolean;
  /** Whether something has changed since it was asked, so that the answer may be old. */
  isStale: boolean;
}

/**
 * A broker tells of a removal only in that it sends nothing to whoever subscribes anew (MQTT 5, section 3.3.1.3; 3.1.1,
 * section 3.3.1.3): whatever comes by on such a topic, we ask again by subscribing again. With MQTT 5 we are subscribed to
 * it just as long as something lies there; with 3.1.1 always, for our own echo.
 */
export function createRetainedWatch(first: ReadonlySet<string>, onRemoved: (topic: string) => void): RetainedWatch {
  let topics = first;
  const lying = new Map<string, Uint8Array>();
  const questions = new Map<string, Question>();
  let current: Connection | null = null;
  const ask = async (topic: string): Promise<void> => {
    const connection = current;
    const open = questions.get(topic);
    if (open !== undefined) open.isStale = true;
    if (open !== undefined || connection === null) return;
    const question: Question = { isThere: false, isStale: false };
    questions.set(topic, question);
    const code = await connection.subscribe(topic, 0);
    // What is retained there comes before the answer to this.
    await connection.ping();
    if (connection !== current) return;
    questions.delete(topic);
    if (question.isStale) return ask(topic);
    if (question.isThere || code >= ReasonCode.unspecifiedError) return;
    lying.delete(topic);
    if (connection.protocol === '5') void connection.unsubscribe([topic]);
    onRemoved(topic);
  };
  return {
    start: connection => {
      current = connection;
      for (const topic of lying.keys()) void ask(topic);
    },
    stop: () => {
      current = null;
      lying.clear();
      questions.clear();
    },
    see: ({ topic, payload, isRetained }) => {
      if (!topics.has(topic)) return false;
      const known = lying.get(topic);
      const question = questions.get(topic);
      if (isRetained && payload.length > 0) {
        lying.set(topic, payload);
        if (question !== undefined) question.isThere = true;
        return known !== undefined && Buffer.compare(known, payload) === 0;
      }
      if (known !== undefined) void ask(topic);
      return false;
    },
    watch: next => {
      const gone = [...lying.keys()].filter(topic => !next.has(topic));
      topics = next;
      for (const topic of gone) lying.delete(topic);
      if (current?.protocol === '5' && gone.length > 0) void current.unsubscribe(gone);
    },
    stepAside: (topic, publish) => {
      const isSubscribed = current?.protocol === '5' && lying.has(topic);
      if (isSubscribed) void current?.unsubscribe([topic]);
      publish();
      if (isSubscribed) void ask(topic);
    },
  };
}
