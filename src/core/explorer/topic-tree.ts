import { binaryText } from './binary-text.ts';
import {
  type Branch,
  createNode,
  type Heard,
  newTopic,
  nothingHeard,
  type TopicHeard,
  type TopicNode,
} from './topic-node.ts';

/** How much a tree takes in. What is beyond is counted and not kept. */
export interface TreeLimits {
  readonly topics: number;
  /** Of the names of all levels together. */
  readonly nameCharacters: number;
  /** Of the payloads of all topics together, bytes: beyond that only the first `SHORT_BYTES` of a payload are kept. */
  readonly payloadBytes: number;
}

/** So much of a payload is kept for each topic, bytes. */
const KEPT_BYTES = 512;
const SHORT_BYTES = 64;
/** Levels of a topic; the rest of a deeper one stands together in the last. */
const MOST_LEVELS = 32;

const LIMITS: TreeLimits = { topics: 100_000, nameCharacters: 16_000_000, payloadBytes: 16_000_000 };

/** All topics of a broker by their levels, in bounded memory. */
export interface TopicTree {
  /** Above the first level. */
  readonly root: TopicNode;
  /** Notes a message; `at` in ms since 1970. Gives its topic, or `null` where there is no room for another one. */
  readonly add: (topic: string, payload: Uint8Array, isRetained: boolean, at: number) => TopicNode | null;
  readonly find: (topic: string) => TopicNode | null;
  /** The broker has no retained message for a topic any more. */
  readonly forgetRetained: (node: TopicNode) => void;
  /** Messages of both kinds so far, and those on topics that there was no room for. */
  readonly counts: () => { readonly messages: number; readonly unlisted: number };
  /** Changes whenever there is a level more. */
  readonly version: () => number;
  /** From now on it is told as it is now, and the rest is noted behind that; or all is told again. */
  readonly stop: (isStopped: boolean) => void;
  /** What is told of a level: of the topic itself, and of all below it; `null` where there is none, or none as yet. */
  readonly selfOf: (node: TopicNode) => Readonly<TopicHeard> | null;
  readonly belowOf: (node: TopicNode) => Readonly<Heard> | null;
}

interface Tree extends TreeLimits {
  readonly root: TopicNode;
  version: number;
  messages: number;
  unlisted: number;
  known: number;
  characters: number;
  bytes: number;
  /** How often it was stopped, and whether it is. */
  stops: number;
  isStopped: boolean;
}

/** Makes an empty tree. */
export function createTopicTree(limits: Partial<TreeLimits> = {}): TopicTree {
  const root = createNode('', null, 0);
  const counted = { version: 0, messages: 0, unlisted: 0, known: 0, characters: 0, bytes: 0 };
  const tree: Tree = { ...LIMITS, ...limits, ...counted, root, stops: 0, isStopped: false };
  const isThen = ({ stoppedIn }: TopicNode): boolean => tree.isStopped && stoppedIn === tree.stops;
  const isHidden = ({ bornIn }: TopicNode): boolean => tree.isStopped && bornIn === tree.stops;
  return {
    root,
    add: (topic, payload, isRetained, at) => {
      tree.messages += 1;
      const node = placeOf(tree, topic);
      if (node === null) tree.unlisted += 1;
      else note(tree, node, payload, isRetained, at);
      return node;
    },
    find: topic => {
      let node: TopicNode | undefined = root;
      for (const level of levelsOf(topic)) node = node?.branch?.byLevel.get(level);
      return node ?? null;
    },
    forgetRetained: node => forgetRetained(tree, node),
    counts: () => ({ messages: tree.messages, unlisted: tree.unlisted }),
    version: () => tree.version,
    stop: isStopped => {
      if (isStopped && !tree.isStopped) tree.stops += 1;
      tree.isStopped = isStopped;
    },
    selfOf: node => (isHidden(node) ? null : isThen(node) ? (node.stopped?.self ?? null) : node.self),
    belowOf: node =>
      isHidden(node) ? null : isThen(node) ? (node.stopped?.below ?? null) : (node.branch?.below ?? null),
  };
}

/** The levels of a topic, at most `MOST_LEVELS`: one of 65,535 slashes is no reason to make as many. */
function levelsOf(topic: string): readonly string[] {
  const levels: string[] = [];
  let from = 0;
  while (levels.length < MOST_LEVELS - 1) {
    const slash = topic.indexOf('/', from);
    if (slash < 0) break;
    levels.push(topic.slice(from, slash));
    from = slash + 1;
  }
  levels.push(topic.slice(from));
  return levels;
}

function placeOf(tree: Tree, topic: string): TopicNode | null {
  const levels = levelsOf(topic);
  let node = tree.root;
  let depth = 0;
  for (; depth < levels.length; depth += 1) {
    const next = node.branch?.byLevel.get(levels[depth] ?? '');
    if (next === undefined) break;
    node = next;
  }
  if (node.self !== null && depth === levels.length) return node;
  const added = levels.slice(depth).reduce((sum, level) => sum + level.length, 0);
  if (tree.known >= tree.topics || tree.characters + added > tree.nameCharacters) return null;
  tree.characters += added;
  for (; depth < levels.length; depth += 1) node = addLevel(tree, node, levels[depth] ?? '');
  return node;
}

function addLevel(tree: Tree, parent: TopicNode, level: string): TopicNode {
  keepAsItWas(tree, parent);
  const branch: Branch = parent.branch ?? { below: nothingHeard(), byLevel: new Map(), ordered: [], newest: [] };
  parent.branch = branch;
  const node = createNode(level, parent, tree.isStopped ? tree.stops : 0);
  branch.byLevel.set(level, node);
  branch.newest.push(node);
  tree.version += 1;
  return node;
}

function note(tree: Tree, node: TopicNode, payload: Uint8Array, isRetained: boolean, at: number): void {
  keepAsItWas(tree, node);
  const isNew = node.self === null;
  const self: TopicHeard = node.self ?? newTopic();
  node.self = self;
  if (isNew) tree.known += 1;
  const becomesRetained = isRetained && self.retained === 0;
  // Asked again, the broker says again what it keeps; what was said since is newer.
  const isOld = isRetained && self.live > 0;
  const text = isOld ? self.payload : binaryText(payload, tree.bytes < tree.payloadBytes ? KEPT_BYTES : SHORT_BYTES);
  const isChange = isNew || (!isOld && (self.bytes !== payload.length || self.payload !== text));
  if (!isOld) {
    tree.bytes += text.length - self.payload.length;
    self.payload = text;
    self.bytes = payload.length;
  }
  count(self, { isRetained, isChange, becomesRetained, isNew: false, at });
  for (let above = node.parent; above !== null; above = above.parent) {
    keepAsItWas(tree, above);
    if (above.branch !== null) count(above.branch.below, { isRetained, isChange, becomesRetained, isNew, at });
  }
}

interface Said {
  readonly isRetained: boolean;
  readonly isChange: boolean;
  readonly becomesRetained: boolean;
  readonly isNew: boolean;
  readonly at: number;
}

function count(heard: Heard, { isRetained, isChange, becomesRetained, isNew, at }: Said): void {
  if (isNew) heard.topics += 1;
  if (becomesRetained) heard.retained += 1;
  if (!isRetained) {
    if (heard.live === 0) heard.firstLiveAt = at;
    heard.live += 1;
    heard.lastLiveAt = at;
  }
  heard.lastAt = at;
  if (isChange) heard.changedAt = at;
}

function forgetRetained(tree: Tree, node: TopicNode): void {
  if (node.self === null || node.self.retained === 0) return;
  keepAsItWas(tree, node);
  node.self.retained = 0;
  for (let above = node.parent; above !== null; above = above.parent) {
    keepAsItWas(tree, above);
    if (above.branch !== null) above.branch.below.retained -= 1;
  }
}

/** While the tree is stopped, what changes is kept as it was before its first change. */
function keepAsItWas({ isStopped, stops }: Tree, node: TopicNode): void {
  if (!isStopped || node.stoppedIn === stops) return;
  node.stoppedIn = stops;
  node.stopped = {
    self: node.self === null ? null : { ...node.self },
    below: node.branch === null ? null : { ...node.branch.below },
  };
}
