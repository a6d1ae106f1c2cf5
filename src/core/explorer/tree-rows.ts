import { matchesFilter } from '../mqtt/topic.ts';
import { childrenOf, type TopicNode, topicOf } from './topic-node.ts';
import type { TopicTree } from './topic-tree.ts';

/** What of a tree is to be seen. */
export interface TreeSight {
  readonly unfolded: ReadonlySet<TopicNode>;
  /** A part of a topic, in small or capital letters, or a topic filter with + or #; '' for all. */
  readonly search: string;
  /** Only what has changed since, ms; `null` for all. */
  readonly changedSince: number | null;
}

/** One row of the tree. */
export interface TreeRow {
  readonly node: TopicNode;
  /** 0 for the first level. */
  readonly depth: number;
  readonly isUnfolded: boolean;
}

/** So many rows are shown of what is searched: more is no answer. */
export const MOST_FOUND = 2_000;

/** Whether a search is a topic filter of the protocol. */
export const isFilter = (search: string): boolean => /(^|\/)[+#](\/|$)/.test(search);

/** The rows of a tree from the top, each branch before what is below it. */
export function treeRows(tree: TopicTree, sight: TreeSight): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  if (sight.search === '') addRows(tree, sight, tree.root, 0, rows);
  else addFound(tree, sight, finderOf(sight.search), rows);
  return rows;
}

function addRows(tree: TopicTree, sight: TreeSight, parent: TopicNode, depth: number, rows: TreeRow[]): void {
  for (const node of childrenOf(parent)) {
    if (!isShown(tree, sight, node)) continue;
    const isUnfolded = node.branch !== null && sight.unfolded.has(node);
    rows.push({ node, depth, isUnfolded });
    if (isUnfolded) addRows(tree, sight, node, depth + 1, rows);
  }
}

function isShown(tree: TopicTree, { changedSince }: TreeSight, node: TopicNode): boolean {
  const [self, below] = [tree.selfOf(node), tree.belowOf(node)];
  if (self === null && below === null) return false;
  return changedSince === null || Math.max(self?.changedAt ?? 0, below?.changedAt ?? 0) > changedSince;
}

type Finder = (topic: string, level: string) => boolean;

function finderOf(search: string): Finder {
  if (isFilter(search)) return topic => matchesFilter(search, topic);
  const wanted = search.toLowerCase();
  return search.includes('/')
    ? topic => topic.toLowerCase().includes(wanted)
    : (_, level) => level.toLowerCase().includes(wanted);
}

/** What is found, with the branches that lead to it; below a branch that is found itself only where it is unfolded. */
function addFound(tree: TopicTree, sight: TreeSight, isFound: Finder, rows: TreeRow[]): void {
  const visitAll = (parent: TopicNode, path: string, depth: number): void => {
    for (const node of childrenOf(parent)) {
      if (rows.length >= MOST_FOUND) return;
      if (isShown(tree, sight, node)) visit(node, path, depth);
    }
  };
  const visit = (node: TopicNode, path: string, depth: number): void => {
    const topic = depth === 0 ? node.level : `${path}/${node.level}`;
    const isMatch = isFound(topic, node.level);
    const isUnfolded = node.branch !== null && (!isMatch || sight.unfolded.has(node));
    const before = rows.push({ node, depth, isUnfolded });
    if (isMatch && isUnfolded) addRows(tree, sight, node, depth + 1, rows);
    if (isMatch) return;
    visitAll(node, topic, depth + 1);
    if (rows.length === before) rows.pop();
  };
  visitAll(tree.root, '', 0);
}

/** The topics that a search finds, as many as are asked for. */
export function foundTopics(rows: readonly TreeRow[], most: number): readonly string[] {
  const found: string[] = [];
  for (const { node } of rows) {
    if (found.length >= most) break;
    if (node.self !== null) found.push(topicOf(node));
  }
  return found;
}
