import { assertNever } from '../../core/assert-never.ts';
import type { ListeningExtent } from '../../core/explorer/filter-plan.ts';
import type { PastValue } from '../../core/explorer/recent-values.ts';
import { childrenOf, type TopicNode } from '../../core/explorer/topic-node.ts';
import type { TreeRow } from '../../core/explorer/tree-rows.ts';
import type { KeyEvent } from '../../terminal/input/key-event.ts';
import type { ExploreAsk } from '../keys/intent.ts';
import { typeText } from '../state/typed-text.ts';
import { type ExplorerView, windowOf } from './explorer-view.ts';
import { firstSight, lookAtTopic, type SightAsk, type TopicSight } from './topic-sight.ts';

/** What the explorer's decisions look at besides what was chosen. */
export interface ExploreContext {
  readonly rows: readonly TreeRow[];
  /** Rows of the tree on the screen. */
  readonly height: number;
  /** ms since 1970. */
  readonly now: number;
  readonly extent: ListeningExtent;
  /** Of the topic that is looked at: its values, the rows of its part on the screen, and those there are. */
  readonly page: { readonly values: readonly PastValue[]; readonly height: number; readonly most: number };
}

/** The explorer after a key: what is chosen then, what is to be said, and whether to listen to more or to less. */
export interface ExploreStep {
  readonly view: ExplorerView;
  readonly say?: string;
  readonly extent?: ListeningExtent;
}

/** All but what is to be published. */
type SightOrTree = Exclude<ExploreAsk, 'publish' | 'clear' | 'add'>;

/** What a key of the key table does. Pure and total. */
export function explore(view: ExplorerView, ask: SightOrTree, context: ExploreContext): ExploreStep {
  const looked = view.topic === null ? null : onTopic(view, view.topic, ask, context);
  if (looked !== null) return { view: looked };
  switch (ask) {
    case 'up':
    case 'down':
    case 'page-up':
    case 'page-down':
    case 'first':
    case 'last':
    case 'left':
    case 'right':
      return { view: move(view, ask, context) };
    case 'open':
      return { view: open(view, context) };
    case 'unfold':
    case 'fold':
    case 'unfold-all':
      return { view: turn(view, ask, context) };
    case 'show':
    case 'form':
    case 'older':
    case 'newer':
    case 'mark':
    case 'number':
      return show(view, context);
    case 'search':
      return { view: { ...view, topic: null, isSearching: true } };
    case 'changed':
      return { view: { ...view, changedSince: view.changedSince === null ? context.now : null } };
    case 'freeze':
      return { view: { ...view, stoppedAt: view.stoppedAt === null ? context.now : null } };
    case 'system':
      return { view: { ...view, withSystem: !view.withSystem } };
    case 'extent':
      return { view, extent: context.extent === 'all' ? 'parts' : 'all' };
    case 'back':
      return { view: back(view) };
    default:
      return assertNever(ask);
  }
}

/** Whether there is something to go back from within the explorer. */
export const isDeep = ({ search, changedSince, topic }: ExplorerView): boolean =>
  topic !== null || search !== '' || changedSince !== null;

/** What a key does while a topic is looked at; `null` where it does what it does elsewhere. */
function onTopic(
  view: ExplorerView,
  topic: TopicSight,
  ask: SightOrTree,
  { page }: ExploreContext,
): ExplorerView | null {
  const look = (asked: SightAsk): ExplorerView => ({ ...view, topic: lookAtTopic(topic, asked, page.values, page) });
  switch (ask) {
    case 'show':
    case 'open':
      return look('form');
    case 'back':
    case 'fold':
      return { ...view, topic: null };
    case 'unfold':
    case 'unfold-all':
    case 'left':
    case 'right':
      return view;
    case 'search':
    case 'changed':
    case 'freeze':
    case 'system':
    case 'extent':
      return null;
    default:
      return look(ask);
  }
}

/** Shows what the chosen topic says. */
function show(view: ExplorerView, { rows, height }: ExploreContext): ExploreStep {
  const { place, top } = windowOf(view, rows, height);
  const node = rows[place]?.node;
  if (node === undefined || node.self === null)
    return { view, say: 'Nothing was heard on this itself: choose a topic below it' };
  return { view: { ...view, cursor: node, place, offset: place - top, topic: firstSight(node) } };
}

/** A branch is unfolded or folded; a topic is looked at. */
function open(view: ExplorerView, context: ExploreContext): ExplorerView {
  const row = context.rows[windowOf(view, context.rows, context.height).place];
  return row?.node.branch === null ? show(view, context).view : turn(view, 'open', context);
}

function back(view: ExplorerView): ExplorerView {
  return view.search !== '' ? { ...view, search: '', isSearching: false } : { ...view, changedSince: null };
}

/** A search takes no longer text than this. */
const LONGEST = 200;

/** What a key does while a search is typed: each letter shows at once what is found. */
export function typeSearch(view: ExplorerView, key: KeyEvent, context: ExploreContext): ExploreStep {
  const made = typeText(view.search, key, LONGEST);
  switch (made.type) {
    case 'text':
      return { view: { ...view, search: made.text } };
    case 'enter':
      return { view: { ...view, isSearching: false } };
    case 'escape':
      return { view: { ...view, search: '', isSearching: false } };
    case 'key': {
      const to = key.type === 'key' ? MOVES[key.name] : undefined;
      return { view: to === undefined ? view : move(view, to, context) };
    }
  }
}

const MOVES: Readonly<Partial<Record<string, Direction>>> = {
  ...{ up: 'up', down: 'down', pageUp: 'page-up', pageDown: 'page-down' },
};

type Direction = Extract<ExploreAsk, 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last' | 'left' | 'right'>;

function move(view: ExplorerView, to: Direction, { rows, height }: ExploreContext): ExplorerView {
  const { place, top } = windowOf(view, rows, height);
  const last = rows.length - 1;
  const steps: Readonly<Record<Direction, number>> = {
    ...{
      up: -1,
      down: 1,
      left: 0,
      right: 0,
      'page-up': -height,
      'page-down': height,
      first: -rows.length,
      last: rows.length,
    },
  };
  const next = Math.max(0, Math.min(place + steps[to], last));
  return goTo(view, rows, next, next - top, height);
}

function goTo(
  view: ExplorerView,
  rows: readonly TreeRow[],
  place: number,
  offset: number,
  height: number,
): ExplorerView {
  const within = Math.max(0, Math.min(offset, height - 1));
  return { ...view, cursor: rows[place]?.node ?? null, place, offset: within };
}

function turn(
  view: ExplorerView,
  ask: 'open' | 'unfold' | 'fold' | 'unfold-all',
  context: ExploreContext,
): ExplorerView {
  const { rows, height } = context;
  const { place, top } = windowOf(view, rows, height);
  const row = rows[place];
  if (row === undefined) return view;
  const { node, isUnfolded } = row;
  const here = { ...view, cursor: node, place, offset: place - top };
  if (ask === 'unfold-all') return { ...here, unfolded: withAllBelow(view.unfolded, node) };
  const wantsFold = ask === 'fold' || (ask === 'open' && isUnfolded);
  if (node.branch !== null && wantsFold === isUnfolded) return { ...here, unfolded: toggled(view.unfolded, node) };
  if (ask !== 'fold') return here;
  // From within a branch to where it can be folded.
  const above = rows.findIndex(other => other.node === node.parent);
  return above < 0 ? here : goTo(view, rows, above, above - top, height);
}

function toggled(unfolded: ReadonlySet<TopicNode>, node: TopicNode): ReadonlySet<TopicNode> {
  const next = new Set(unfolded);
  if (!next.delete(node)) next.add(node);
  return next;
}

/** More than this nobody reads, and on a busy broker each costs a subscription. */
const MOST_UNFOLDED = 200;

function withAllBelow(unfolded: ReadonlySet<TopicNode>, node: TopicNode): ReadonlySet<TopicNode> {
  const next = new Set(unfolded);
  let left = MOST_UNFOLDED;
  const visit = (one: TopicNode): void => {
    if (one.branch === null || left <= 0) return;
    left -= 1;
    next.add(one);
    for (const child of childrenOf(one)) visit(child);
  };
  visit(node);
  return next;
}
