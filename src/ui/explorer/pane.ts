import type { Explorer } from '../../app/explorer/explorer.ts';
import { cleanText } from '../../core/clean-text.ts';
import { countText } from '../../core/count-text.ts';
import { isFilter, MOST_FOUND, type TreeRow } from '../../core/explorer/tree-rows.ts';
import { tailText } from '../../core/fit-text.ts';
import { keyHints } from '../keys/key-hints.ts';
import { pickText } from '../layout/item-columns.ts';
import { roomInFrame } from '../layout/layout.ts';
import { frameLines } from '../panels/frame-lines.ts';
import { fillRows } from '../panels/section-lines.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { fitLine, type Line, span } from '../text/line.ts';
import { type ExplorerView, windowOf } from './explorer-view.ts';
import { type Said, silenceHint, stateOf, waitingFor } from './state-texts.ts';
import { treeHeading, treeLines } from './tree-lines.ts';

/** What the explorer's picture is made from. */
export interface ExplorerScene {
  readonly explorer: Explorer;
  readonly shown: ExplorerView;
  readonly rows: readonly TreeRow[];
  /** ms since 1970. */
  readonly now: number;
}

/** From so many rows on there is one for the names of the columns, and one for what is missing. */
const ROOMY_ROWS = 9;

/** Rows of the tree on a screen so large. */
export function treeHeight({ columns, rows }: Size): number {
  const room = roomInFrame(columns, rows).rows;
  return Math.max(1, room - 1 - (room < ROOMY_ROWS ? 0 : 2));
}

/** All between header and footer: how the listening goes, the tree, and what its silence does not mean. */
export function explorerLines(view: HouseView, size: Size, { explorer, shown, rows, now }: ExplorerScene): Lines {
  const room = roomInFrame(size.columns, size.rows);
  const height = treeHeight(size);
  const { place, top } = windowOf(shown, rows, height);
  const { tree } = explorer;
  const status = explorer.status();
  const look = { tree, extent: status.extent, now: shown.stoppedAt ?? now, width: room.width };
  const seen = rows.slice(top, top + height);
  const topics = tree.belowOf(tree.root)?.topics ?? 0;
  const waiting = topics === 0 ? waitingFor(view, status, now) : null;
  const drawn = waiting === null ? treeLines(view, seen, place - top, look) : [saidLine(waiting, room.width)];
  const body = fillRows(drawn, height, room.width);
  const head =
    shown.isSearching || shown.search !== ''
      ? searchLine(shown, rows, room.width)
      : saidLine(stateOf(view, shown, status, tree), room.width);
  const isRoomy = room.rows >= ROOMY_ROWS;
  const lines = [
    head,
    ...(isRoomy ? [treeHeading(room.width)] : []),
    ...body,
    ...(isRoomy ? [saidLine(silenceHint(view, tree), room.width)] : []),
  ];
  return frameLines(view, { text: 'Topics', remark: countText(topics, 'topic') }, lines, {
    width: size.columns,
    rows: size.rows,
  });
}

function saidLine({ texts, style }: Said, width: number): Line {
  return fitLine([span(pickText(texts, width), style)], width);
}

/** What is typed so far, its end where it is long, and how much is found. */
function searchLine({ search, isSearching }: ExplorerView, rows: readonly TreeRow[], width: number): Line {
  const found =
    rows.length >= MOST_FOUND
      ? `the first ${MOST_FOUND} rows`
      : countText(rows.filter(({ node }) => node.self !== null).length, 'topic');
  const tail = `  ${isFilter(search) ? 'filter: ' : ''}${found}`;
  const room = Math.max(1, width - 'Search: '.length - tail.length - 1);
  const typed = tailText(cleanText(search, 400), room);
  return fitLine(
    [span('Search: ', 'label'), span(typed, 'input'), span(isSearching ? ' ' : '', 'focus'), span(tail, 'muted')],
    width,
  );
}

/** The keys while a search is typed. */
export function searchKeys({ glyphs }: HouseView, width: number): Line {
  const keys = [
    ['Enter', 'keep it'],
    ['↑ ↓', 'choose'],
    ['Esc', 'all topics'],
  ] as const;
  return fitLine(keyHints(keys, glyphs), width);
}
