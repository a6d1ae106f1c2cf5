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
  /** `topic` is whatever stands for it, always the same; a few bytes are kept of each. */
  readonly add: (topic: object, value: PastValue) => void;
  /** The oldest first; the same object for the same value each time. */
  readonly of: (topic: object) => readonly PastValue[];
}

const LIMITS: RecentLimits = { values: 100, bytes: 8_000_000, messages: 65_536 };
/** What a value costs besides its payload, bytes. */
const OVERHEAD = 96;

/** The places of a topic's values in the ring, and how many they are. */
interface Places {
  oldest: number;
  newest: number;
  count: number;
}

/**
 * All values in one ring of numbers, each with the place of the next one of its topic. As objects, of which all live for
 * some seconds in a flood, they would be what the garbage collector is for most of the time.
 */
interface Ring {
  readonly at: Float64Array;
  readonly bytes: Uint32Array;
  readonly isRetained: Uint8Array;
  readonly next: Uint32Array;
  readonly payloads: string[];
  /** Whose value it is; `null` where it has gone before its turn. */
  readonly owners: (Places | null)[];
  /** What was asked for already. */
  readonly given: Map<number, PastValue>;
}

function createRing(size: number): Ring {
  return {
    at: new Float64Array(size),
    bytes: new Uint32Array(size),
    isRetained: new Uint8Array(size),
    next: new Uint32Array(size),
    payloads: [],
    owners: [],
    given: new Map(),
  };
}

/** Makes an empty memory. */
export function createRecentValues(limits: Partial<RecentLimits> = {}): RecentValues {
  const most = { ...LIMITS, ...limits };
  const ring = createRing(most.messages);
  const known = new Map<object, Places>();
  let [first, length, bytes] = [0, 0, 0];
  /** Each topic's values go in the order in which they came. */
  const dropOf = (topic: Places): void => {
    const place = topic.oldest;
    bytes -= OVERHEAD + (ring.payloads[place]?.length ?? 0);
    ring.payloads[place] = '';
    ring.owners[place] = null;
    ring.given.delete(place);
    topic.oldest = ring.next[place] ?? 0;
    topic.count -= 1;
  };
  const dropOldest = (): void => {
    const owner = ring.owners[first] ?? null;
    if (owner !== null) dropOf(owner);
    first = (first + 1) % most.messages;
    length -= 1;
  };
  const append = (topic: Places, place: number): void => {
    if (topic.count === 0) topic.oldest = place;
    else ring.next[topic.newest] = place;
    topic.newest = place;
    topic.count += 1;
  };
  return {
    add: (topic, value) => {
      if (length === most.messages) dropOldest();
      const place = (first + length) % most.messages;
      length += 1;
      ring.at[place] = value.at;
      ring.bytes[place] = value.bytes;
      ring.isRetained[place] = Number(value.isRetained);
      ring.payloads[place] = value.payload;
      const owner = known.get(topic) ?? { oldest: 0, newest: 0, count: 0 };
      if (owner.count === 0) known.set(topic, owner);
      ring.owners[place] = owner;
      append(owner, place);
      bytes += OVERHEAD + value.payload.length;
      if (owner.count > most.values) dropOf(owner);
      while (bytes > most.bytes && length > 1) dropOldest();
    },
    of: topic => valuesAt(ring, known.get(topic)),
  };
}

function valuesAt(ring: Ring, topic: Places | undefined): readonly PastValue[] {
  const values: PastValue[] = [];
  let place = topic?.oldest ?? 0;
  for (let left = topic?.count ?? 0; left > 0; left -= 1) {
    const value = ring.given.get(place) ?? valueAt(ring, place);
    ring.given.set(place, value);
    values.push(value);
    place = ring.next[place] ?? 0;
  }
  return values;
}

function valueAt({ at, payloads, bytes, isRetained }: Ring, place: number): PastValue {
  return {
    at: at[place] ?? 0,
    payload: payloads[place] ?? '',
    bytes: bytes[place] ?? 0,
    isRetained: isRetained[place] === 1,
  };
}
