import type { Explorer } from '../../app/explorer/explorer.ts';
import { type TopicNode, topicOf } from '../../core/explorer/topic-node.ts';
import type { TopicTree } from '../../core/explorer/topic-tree.ts';
import { foundTopics, isFilter, type TreeRow, type TreeSight, treeRows } from '../../core/explorer/tree-rows.ts';
import type { TopicSight } from './topic-sight.ts';

/** What somebody has chosen in the topic explorer. */
export interface ExplorerView extends TreeSight {
  /** The level that is chosen; `null` before anything was heard. */
  readonly cursor: TopicNode | null;
  /** Its place among the rows when it was last seen: where the cursor goes when it is not among them any more. */
  readonly place: number;
  /** Its row on the screen, 0 for the first: what comes in above must not move it. */
  readonly offset: number;
  readonly isSearching: boolean;
  /** Since when the screen stands still, ms; `null` where it does not. */
  readonly stoppedAt: number | null;
  /** Whether the broker's own topics are listened to. */
  readonly withSystem: boolean;
  /** The topic that is looked at; `null` where it is the tree. */
  readonly topic: TopicSight | null;
}

/** The explorer as it begins. */
export const firstView: ExplorerView = {
  ...{ unfolded: new Set(), search: '', changedSince: null, cursor: null, place: 0, offset: 0 },
  ...{ isSearching: false, stoppedAt: null, withSystem: false, topic: null },
};

/** The rows as they are now; the same array as long as nothing has changed. */
export function openRows(tree: TopicTree): (sight: ExplorerView) => readonly TreeRow[] {
  let made: { readonly key: readonly unknown[]; readonly rows: readonly TreeRow[] } | null = null;
  return sight => {
    const messages = sight.changedSince === null ? 0 : tree.counts().messages;
    const key = [sight.unfolded, sight.search, sight.changedSince, sight.stoppedAt, tree.version(), messages];
    if (made === null || key.some((part, place) => part !== made?.key[place]))
      made = { key, rows: treeRows(tree, sight) };
    return made.rows;
  };
}

/** Where the cursor is among the rows, and which row is the first on a screen of so many. */
export function windowOf(
  { cursor, place, offset }: ExplorerView,
  rows: readonly TreeRow[],
  height: number,
): { readonly place: number; readonly top: number } {
  const found = cursor === null ? -1 : rows.findIndex(({ node }) => node === cursor);
  const at = found >= 0 ? found : Math.max(0, Math.min(place, rows.length - 1));
  const top = Math.max(0, Math.min(at - Math.min(offset, height - 1), rows.length - height));
  return { place: at, top };
}

/** Of what is searched so many topics are listened to on a busy broker. */
const MOST_SEARCHED = 50;

function topicsOf({ search, topic }: ExplorerView, rows: readonly TreeRow[]): readonly string[] {
  const found = search === '' ? [] : foundTopics(rows, MOST_SEARCHED);
  return topic === null ? found : [topicOf(topic.node), ...found];
}

/** Tells the explorer what is looked at, so that it listens to that. */
export function lookWith({ look, status }: Explorer, view: ExplorerView, rows: readonly TreeRow[]): void {
  // Of all, nothing is left out: the rest need not be named.
  const isPart = status().extent === 'parts';
  const filter = isFilter(view.search) ? view.search : null;
  look({
    unfolded: isPart && filter === null ? rows.filter(row => row.isUnfolded).map(({ node }) => topicOf(node)) : [],
    topics: isPart && filter === null ? topicsOf(view, rows) : [],
    filter: isPart ? filter : null,
    withSystem: view.withSystem,
  });
}
