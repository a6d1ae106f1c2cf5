import { bytesOfText } from './binary-text.ts';
import { childrenOf, type TopicHeard, type TopicNode, topicOf } from './topic-node.ts';
import { createTopicTree } from './topic-tree.ts';

/** What was heard on one topic. Times are ms since 1970. */
export interface TopicEntry {
  readonly topic: string;
  /** Messages that were sent while somebody listened; a retained one is none of these. */
  readonly live: number;
  /** Whether the broker had a retained message for it when it was asked. */
  readonly isRetained: boolean;
  /** When a message last came, of either kind. */
  readonly lastAt: number;
  /** The mean time between two live messages, ms; `null` where there are not two of them that lie apart. */
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

/** Makes an empty book. */
export function createTopicBook(mostTopics?: number): TopicBook {
  const tree = createTopicTree(mostTopics === undefined ? {} : { topics: mostTopics });
  return {
    add: tree.add,
    entries: () => entriesBelow(tree.root),
    counts: () => ({ topics: tree.root.branch?.below.topics ?? 0, messages: tree.counts().messages }),
    unlisted: () => tree.counts().unlisted,
  };
}

function entriesBelow(node: TopicNode): readonly TopicEntry[] {
  const entries: TopicEntry[] = [];
  const visit = (one: TopicNode): void => {
    if (one.self !== null) entries.push(entryOf(topicOf(one), one.self));
    for (const child of childrenOf(one)) visit(child);
  };
  visit(node);
  return entries;
}

function entryOf(topic: string, self: TopicHeard): TopicEntry {
  const { live, lastAt, bytes } = self;
  const payload = bytesOfText(self.payload);
  return { topic, live, isRetained: self.retained > 0, lastAt, intervalMs: intervalOf(self), payload, bytes };
}

/** What comes at a stroke says nothing of how many come in a second: first and last must lie so far apart, ms. */
const LEAST_SPAN_MS = 1_000;

/** The mean time between two live messages, ms; `null` where there are not two of them that lie apart. */
export function intervalOf({
  live,
  firstLiveAt,
  lastLiveAt,
}: Pick<TopicHeard, 'live' | 'firstLiveAt' | 'lastLiveAt'>): number | null {
  const spanMs = lastLiveAt - firstLiveAt;
  return live < 2 || spanMs < LEAST_SPAN_MS ? null : spanMs / (live - 1);
}
