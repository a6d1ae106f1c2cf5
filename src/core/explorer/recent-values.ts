/** One message on a topic. */
export interface PastValue {
  /** ms since 1970. */
  readonly at: number;
  /** The payload, one character for each byte (see `binaryText`); the begin of a long one. */
  readonly payload: string;
  /** How long it was as a whole. */
  readonly bytes: number;
  readonly isRetained: boolean;
}

/** How much is kept. */
export interface RecentLimits {
  /** Of one topic. */
  readonly values: number;
  /** Of all together: when there is more, the oldest go, of whatever topic. */
  readonly bytes: number;
  readonly messages: number;
}

/** The last values of all topics, in bounded memory. */
export interface RecentValues {
  /** `topic` is whatever stands for it, always the same. */
  readonly add: (topic: object, value: PastValue) => void;
  /** The oldest first. */
  readonly of: (topic: object) => readonly PastValue[];
}

const LIMITS: RecentLimits = { values: 100, bytes: 8_000_000, messages: 65_536 };
/** What a value costs besides its payload, bytes. */
const OVERHEAD = 96;

interface Kept {
  readonly values: PastValue[];
  /** Of its places in the queue, so many oldest ones stand for values that are gone already. */
  gone: number;
}

/** Makes an empty memory. */
export function createRecentValues(limits: Partial<RecentLimits> = {}): RecentValues {
  const most = { ...LIMITS, ...limits };
  const kept = new Map<object, Kept>();
  /** A ring: whose value came when. */
  const queue: (object | undefined)[] = [];
  let [first, length, bytes] = [0, 0, 0];
  const drop = ({ values }: Kept): void => {
    bytes -= OVERHEAD + (values.shift()?.payload.length ?? 0);
  };
  const dropOldest = (): void => {
    const topic = queue[first];
    queue[first] = undefined;
    first = (first + 1) % most.messages;
    length -= 1;
    const one = topic === undefined ? undefined : kept.get(topic);
    if (topic === undefined || one === undefined) return;
    if (one.gone > 0) one.gone -= 1;
    else drop(one);
    if (one.values.length === 0) kept.delete(topic);
  };
  return {
    add: (topic, value) => {
      if (length === most.messages) dropOldest();
      queue[(first + length) % most.messages] = topic;
      length += 1;
      const one = kept.get(topic) ?? { values: [], gone: 0 };
      kept.set(topic, one);
      one.values.push(value);
      bytes += OVERHEAD + value.payload.length;
      if (one.values.length > most.values) {
        drop(one);
        one.gone += 1;
      }
      while (bytes > most.bytes && length > 1) dropOldest();
    },
    of: topic => kept.get(topic)?.values ?? [],
  };
}
