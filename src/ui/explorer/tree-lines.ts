import { cleanText } from '../../core/clean-text.ts';
import { countText, timesText } from '../../core/count-text.ts';
import { formatCadence } from '../../core/duration.ts';
import { bytesOfText } from '../../core/explorer/binary-text.ts';
import type { ListeningExtent } from '../../core/explorer/filter-plan.ts';
import { payloadLine } from '../../core/explorer/payload-kind.ts';
import { intervalOf } from '../../core/explorer/topic-book.ts';
import type { Heard, TopicHeard } from '../../core/explorer/topic-node.ts';
import type { TopicTree } from '../../core/explorer/topic-tree.ts';
import type { TreeRow } from '../../core/explorer/tree-rows.ts';
import { fitText } from '../../core/fit-text.ts';
import { pickText } from '../layout/item-columns.ts';
import { coarseAge } from '../text/age-text.ts';
import { focusMark, type HouseView, type Lines } from '../text/house-view.ts';
import { fitLine, type Line, span } from '../text/line.ts';
import type { StyleName } from '../theme/theme.ts';

/** What the rows of the tree are drawn from. */
export interface TreeLook {
  readonly tree: TopicTree;
  readonly extent: ListeningExtent;
  /** ms since 1970: ages count up to here. */
  readonly now: number;
  readonly width: number;
}

/** How the room is shared: 0 for a column that has none. */
interface Columns {
  readonly name: number;
  readonly value: number;
  readonly pace: number;
  readonly age: number;
  readonly count: number;
}

/** Below this width there is room for names and values only. */
const ROOMY = 64;

function columnsFor(width: number): Columns {
  const [pace, age, count] = width < ROOMY ? [0, 0, 0] : [11, 7, 6];
  const name = Math.min(40, Math.floor(width * (width < ROOMY ? 0.5 : 0.34)));
  const others = [pace, age, count].reduce((sum, one) => sum + (one === 0 ? 0 : one + 1), 0);
  // The mark of the focus, and that of what is retained with a blank on each side.
  return { name, value: Math.max(1, width - name - others - 4), pace, age, count };
}

/** The names of the columns, where there is room for more than two. */
export function treeHeading(width: number): Line {
  const { name, value, pace, age, count } = columnsFor(width);
  const right = (text: string, columns: number): string => (columns === 0 ? '' : ` ${text.padStart(columns)}`);
  const names = `  ${fitText('Topic', name - 1)}   ${fitText('Value (R: retained)', value)}`;
  const cells = `${names}${right('rate', pace)}${right('age', age)}${right('count', count)}`;
  return fitLine([span(cells, 'muted')], width);
}

/** Some rows of the tree; `chosen` is the place of the cursor among them. */
export function treeLines(view: HouseView, rows: readonly TreeRow[], chosen: number, look: TreeLook): Lines {
  return rows.map((row, place) => rowLine(view, row, place === chosen, look));
}

function rowLine(view: HouseView, row: TreeRow, isChosen: boolean, look: TreeLook): Line {
  const { name, value, pace, age, count } = columnsFor(look.width);
  const self = look.tree.selfOf(row.node);
  const below = look.tree.belowOf(row.node);
  const heard = self ?? below;
  const shown = valueText(row, self, below, look, value);
  const right = (text: string, columns: number): string => (columns === 0 ? '' : ` ${text.padStart(columns)}`);
  const isKept = self !== null && self.retained > 0;
  return fitLine(
    [
      focusMark(view.glyphs, isChosen),
      span(fitText(nameOf(row, name), name), isChosen ? 'strong' : 'label'),
      span(` ${isKept ? 'R' : ' '} `, 'retained'),
      span(fitText(shown.text, value), shown.style),
      span(right(paceText(heard, self !== null), pace), 'muted'),
      span(right(heard === null || heard.live === 0 ? '' : ageText(look.now - heard.lastLiveAt), age), 'muted'),
      span(right(heard === null || heard.live === 0 ? '' : shortCount(heard.live), count), 'muted'),
    ],
    look.width,
  );
}

/** An empty level is a level, and is not to look like none. */
function nameOf({ node, depth, isUnfolded }: TreeRow, width: number): string {
  const indent = '  '.repeat(Math.min(depth, Math.floor(width / 6)));
  const sign = node.branch === null ? ' ' : isUnfolded ? '-' : '+';
  const level = node.level === '' ? '(empty)' : cleanText(node.level, width);
  return `${indent}${sign} ${level}${node.branch === null ? '' : '/'}`;
}

function valueText(
  { isUnfolded }: TreeRow,
  self: Readonly<TopicHeard> | null,
  below: Readonly<Heard> | null,
  { extent }: TreeLook,
  width: number,
): { readonly text: string; readonly style: StyleName } {
  if (self !== null) {
    const text = payloadLine(bytesOfText(self.payload), self.bytes, width);
    return { text, style: self.live === 0 ? 'retained' : 'value' };
  }
  const count = below?.topics ?? 0;
  const topics = countText(count, 'topic');
  const isDeaf = extent === 'parts' && !isUnfolded;
  const deaf = [`${topics}, not listened to`, `${count} not listened to`, 'not listened to'];
  return { text: isDeaf ? pickText(deaf, width) : topics, style: 'muted' };
}

/** How often it is said. */
export function paceText(heard: Readonly<Heard> | null, isTopic: boolean): string {
  if (heard === null) return '';
  if (heard.live === 0) return isTopic ? 'retained' : '';
  const interval = intervalOf(heard);
  if (interval === null) return timesText(heard.live);
  if (interval >= 1_000) return `every ${formatCadence(interval).replace(/(\d) (\D+)$/, '$1 $2')}`;
  const rate = 1_000 / Math.max(interval, 0.001);
  return `${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`;
}

/** An age that stands still for a while. */
export const ageText = (ageMs: number): string => (ageMs < 10_000 ? '< 10 s' : coarseAge(ageMs));

function shortCount(count: number): string {
  if (count < 100_000) return String(count);
  return count < 10_000_000 ? `${Math.floor(count / 1_000)}k` : `${Math.floor(count / 1_000_000)}M`;
}
