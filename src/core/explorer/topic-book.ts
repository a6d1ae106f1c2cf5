/** What was heard on one topic. Times are ms since 1970. */
export interface TopicEntry {
  readonly topic: string;
  /** Messages that were sent while somebody listened; a retained one is none of these. */
  readonly live: number;
  /** Whether the broker had a retained message for it when it was asked. */
  readonly isRetained: boolean;
  /** When a message last came, of either kind. */
  readonly lastAt: number;
  /** The mean time between two live messages, ms; `null` for fewer than two. */
  readonly intervalMs: number | null;
  /** The last payload, up to `KEPT_BYTES`, and how long it was as a whole. */
  readonly payload: Uint8Array;
  readonly bytes: number;
}

/** Everything that is heard on a broker, in bounded memory. */
export interface TopicBook {
  /** Notes a message; `at` in ms since 1970. */
  readonly add: (topic: string, payload: Uint8Array, isRetained: boolean, at: number) => void;
  /** Of each topic, by their names level by level. */
  readonly entries: () => readonly TopicEntry[];
  /** Topics, and messages of both kinds, so far. */
  readonly counts: () => { readonly topics: number; readonly messages: number };
  /** Messages on topics that came when the book was full. */
  readonly unlisted: () => number;
}

/** So much of a payload is kept for each topic, bytes. */
const KEPT_BYTES = 512;
/** So many topics are kept. */
const MOST_TOPICS = 100_000;

interface Page {
  live: number;
  isRetained: boolean;
  firstLiveAt: number;
  lastLiveAt: number;
  lastAt: number;
  payload: Uint8Array;
  bytes: number;
}

/** Makes an empty book. */
export function createTopicBook(mostTopics = MOST_TOPICS): TopicBook {
  const pages = new Map<string, Page>();
  let messages = 0;
  let unlisted = 0;
  const pageOf = (topic: string): Page | null => {
    const known = pages.get(topic);
    if (known !== undefined) return known;
    if (pages.size >= mostTopics) return null;
    const page = { live: 0, isRetained: false, firstLiveAt: 0, lastLiveAt: 0, lastAt: 0, payload: NOTHING, bytes: 0 };
    pages.set(topic, page);
    return page;
  };
  return {
    add: (topic, payload, isRetained, at) => {
      messages++;
      const page = pageOf(topic);
      if (page === null) {
        unlisted++;
        return;
      }
      if (isRetained) page.isRetained = true;
      else {
        if (page.live === 0) page.firstLiveAt = at;
        page.live++;
        page.lastLiveAt = at;
      }
      page.lastAt = at;
      // A copy: what is handed over may be a part of a large packet, which would be kept with it.
      page.payload = payload.slice(0, KEPT_BYTES);
      page.bytes = payload.length;
    },
    entries: () =>
      [...pages]
        .map(([topic, { firstLiveAt, lastLiveAt, ...page }]) => ({
          ...{ topic, ...page },
          intervalMs: page.live < 2 ? null : (lastLiveAt - firstLiveAt) / (page.live - 1),
        }))
        .sort((one, other) => compareTopics(one.topic, other.topic)),
    counts: () => ({ topics: pages.size, messages }),
    unlisted: () => unlisted,
  };
}

const NOTHING = new Uint8Array();

/** By levels, so that what is under a topic follows it, whatever signs are in the names beside it. */
function compareTopics(one: string, other: string): number {
  const [left, right] = [one.split('/'), other.split('/')];
  for (const [place, level] of left.entries()) {
    const against = right[place];
    if (against === undefined) return 1;
    if (level !== against) return level < against ? -1 : 1;
  }
  return left.length - right.length;
}
