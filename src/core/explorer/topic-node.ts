/** What was heard on a topic, or on all topics below a level. Times are ms since 1970; 0 where nothing was. */
export interface Heard {
  /** How many topics it is about. */
  topics: number;
  /** Messages that were sent while somebody listened; a retained one is none of these. */
  live: number;
  firstLiveAt: number;
  lastLiveAt: number;
  /** When a message last came, of either kind. */
  lastAt: number;
  /** When one came that was the first or said something else than the one before. */
  changedAt: number;
  /** Topics that the broker had a retained message for when it was asked. */
  retained: number;
}

/** What was heard on one topic. */
export interface TopicHeard extends Heard {
  /** The begin of the last payload, one character for each byte (see `binaryText`), and how long it was as a whole. */
  payload: string;
  bytes: number;
}

/** One level of the tree of topics: a topic, a branch with topics below it, or both. */
export interface TopicNode {
  /** Its last level; of what is deeper than the tree goes, all the levels. */
  readonly level: string;
  /** `null` at the root, which is no level. */
  readonly parent: TopicNode | null;
  /** `null` where no message came on it. */
  self: TopicHeard | null;
  /** `null` where nothing is below it. */
  branch: Branch | null;
  /** What it was when the tree was stopped: in which stop, and what then. */
  stoppedIn: number;
  stopped: { readonly self: TopicHeard | null; readonly below: Heard | null } | null;
  /** In which stop it came, 0 for none: while that goes on it is not shown. */
  readonly bornIn: number;
}

/** What is below a level. */
export interface Branch {
  readonly below: Heard;
  readonly byLevel: Map<string, TopicNode>;
  /** By their levels, but for the newest. */
  ordered: TopicNode[];
  newest: TopicNode[];
}

/** An empty level of the tree. */
export function createNode(level: string, parent: TopicNode | null, bornIn: number): TopicNode {
  return { level, parent, self: null, branch: null, stoppedIn: 0, stopped: null, bornIn };
}

/**
 * Nothing heard as yet. Spelled out, as the next one is: in V8 before 12 (Node 20) each object that is spread and then
 * extended has a shape of its own, which took more memory than what it holds.
 */
export const nothingHeard = (): Heard => ({
  topics: 0,
  live: 0,
  firstLiveAt: 0,
  lastLiveAt: 0,
  lastAt: 0,
  changedAt: 0,
  retained: 0,
});

/** A topic of which nothing was heard as yet. */
export const newTopic = (): TopicHeard => ({
  topics: 1,
  live: 0,
  firstLiveAt: 0,
  lastLiveAt: 0,
  lastAt: 0,
  changedAt: 0,
  retained: 0,
  payload: '',
  bytes: 0,
});

/** The name of a topic or a branch, from the root down. */
export function topicOf(node: TopicNode): string {
  return node.parent === null || node.parent.parent === null ? node.level : `${topicOf(node.parent)}/${node.level}`;
}

/** The levels right below, by their names. Those that came since the last call are sorted in: a flood is never sorted anew. */
export function childrenOf({ branch }: TopicNode): readonly TopicNode[] {
  if (branch === null) return [];
  if (branch.newest.length > 0) {
    branch.ordered = merged(branch.ordered, branch.newest.sort(byLevel));
    branch.newest = [];
  }
  return branch.ordered;
}

function byLevel(one: TopicNode, other: TopicNode): number {
  return one.level < other.level ? -1 : 1;
}

function merged(one: readonly TopicNode[], other: readonly TopicNode[]): TopicNode[] {
  const all: TopicNode[] = [];
  let [left, right] = [0, 0];
  for (;;) {
    const [first, second] = [one[left], other[right]];
    if (first === undefined && second === undefined) return all;
    if (second === undefined || (first !== undefined && first.level < second.level)) {
      if (first !== undefined) all.push(first);
      left += 1;
    } else {
      all.push(second);
      right += 1;
    }
  }
}
