import { matchesFilter } from '../mqtt/topic.ts';

/** What somebody looks at. */
export interface LookedAt {
  /** Branches that are unfolded, and seen. */
  readonly unfolded: readonly string[];
  /** Topics that are looked at or were searched. */
  readonly topics: readonly string[];
  /** A topic filter that is searched; `null` for none. */
  readonly filter: string | null;
  /** Whether the broker's own topics are wanted. */
  readonly withSystem: boolean;
}

/** `all` of the broker, or on a busy one only the `parts` that are looked at. */
export type ListeningExtent = 'all' | 'parts';

/** What the broker says of itself. */
const SYSTEM_FILTER = '$SYS/#';
/** So many filters at the most: each is a packet. */
const MOST_FILTERS = 200;

/**
 * The filters to be subscribed. No two of them match the same topic: a broker may then send each message twice
 * (MQTT 5, section 3.3.4). `roots` stands for `#` where the broker refused that.
 */
export function filtersFor(
  extent: ListeningExtent,
  looked: LookedAt,
  roots: readonly string[] | null,
): readonly string[] {
  const system = looked.withSystem ? [SYSTEM_FILTER] : [];
  if (extent === 'all') return [...disjoint(roots ?? ['#']), ...system];
  if (looked.filter !== null) return [looked.filter, ...system].slice(0, looked.filter.startsWith('$') ? 1 : 2);
  const isSystem = (topic: string): boolean => topic === '$SYS' || topic.startsWith('$SYS/');
  const branches = ['+', ...looked.unfolded.filter(topic => !isSystem(topic)).map(topic => `${topic}/+`)];
  const topics = looked.topics.filter(
    topic => !isSystem(topic) && !branches.some(filter => matchesFilter(filter, topic)),
  );
  return [...new Set([...branches, ...topics, ...system])].slice(0, MOST_FILTERS);
}

/** Without those that another one takes in. */
function disjoint(filters: readonly string[]): readonly string[] {
  const all = [...new Set(filters)];
  return all.filter(filter => !all.some(other => other !== filter && matchesFilter(other, filter)));
}
